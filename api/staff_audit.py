"""Who saw or changed what."""

from typing import Any

from flask.views import MethodView

from api.auth import staff
from api.smorest import Blueprint, ports
from models.values.page import Page
from models.values.permission import Permission
from schemas.audit import AuditPageSchema, AuditQuerySchema
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
