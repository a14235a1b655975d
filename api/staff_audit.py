"""Who saw or changed what."""

from typing import Any

from flask.views import MethodView

from api.auth import staff
from api.smorest import Blueprint, ports
from models.sought import Sought
from models.values.page import Page
from models.values.permission import Permission
from schemas.audit import (
    AuditPageQuerySchema,
    AuditPageSchema,
    AuditQuerySchema,
    AuditSearchSchema,
)
from services.audit import listing
from services.audit.listing import AccountNotFound, AuditQuery, Entry
from services.callers import StaffCaller

blp = Blueprint(
    "staff-audit",
    __name__,
    url_prefix="/v1/staff/audit-events",
    description="Who of our staff saw or changed what",
)


@blp.route("")
class AuditEvents(MethodView):
    @staff(Permission.AUDIT)
    @blp.arguments(AuditQuerySchema, location="query")
    @blp.response(200, AuditPageSchema)
    @blp.problems(AccountNotFound)
    def get(self, query: dict[str, Any], caller: StaffCaller) -> Page[Entry]:
        """Who saw or changed what?

        Everything that staff did or tried to, the newest first: when, from where, why, and with
        which error it ended. Filters are joined by *and*. Each list is one event however many rows
        it had, and reading this one is an event as well.
        """
        page = query.pop("page")
        return listing.listed(ports(), caller, AuditQuery(**query), page)


@blp.route("/searches")
class AuditSearches(MethodView):
    @staff(Permission.AUDIT)
    @blp.arguments(AuditSearchSchema)
    @blp.arguments(AuditPageQuerySchema, location="query")
    @blp.response(200, AuditPageSchema)
    def post(self, sought: Sought, query: dict[str, Any], caller: StaffCaller) -> Page[Entry]:
        """Was somebody searched for?

        The look-ups that went by exactly this key, the newest first, whoever was found by it, and
        whenever auditors asked the same. What a search went by is kept as a digest only: a number
        may be written as people type it, a name with its parts in any order, but otherwise as it
        was searched for. Whatever was done about a worker is `GET /v1/staff/audit-events?worker_id=`.

        A POST, so that nothing personal stands in a URL; it makes nothing.
        """
        return listing.listed(ports(), caller, AuditQuery(sought=sought), query["page"])
