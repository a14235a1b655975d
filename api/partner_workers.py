"""A partner's workers: its own links only."""

from typing import Any
from uuid import UUID

from flask.views import MethodView

from api.auth import partner
from api.smorest import Blueprint, ports
from models.values.page import Page
from models.values.scope import Scope
from schemas.partner_link import PartnerLinkSchema, PartnerLinksQuerySchema, PartnerLinksSchema
from services.callers import PartnerCaller
from services.links import shown
from services.links.errors import LinkNotFound
from services.links.shown import SeenLink

blp = Blueprint(
    "partner-workers",
    __name__,
    url_prefix="/v1/partner/workers",
    description="A partner's links to workers",
)


@blp.route("")
class PartnerWorkers(MethodView):
    @partner(Scope.READ)
    @blp.arguments(PartnerLinksQuerySchema, location="query")
    @blp.response(200, PartnerLinksSchema)
    def get(self, query: dict[str, Any], caller: PartnerCaller) -> Page[SeenLink]:
        """List my links to workers

        In the order in which they were made, those that have ended too; new ones come at the end.
        To look up some hundred by your own names, `POST /v1/partner/coverage-queries`.
        """
        return shown.listed(ports(), caller, query["wanted"], query["page"])


@blp.route("/<uuid:link_id>")
class PartnerWorker(MethodView):
    @partner(Scope.READ)
    @blp.response(200, PartnerLinkSchema)
    @blp.problems(LinkNotFound)
    def get(self, link_id: UUID, caller: PartnerCaller) -> SeenLink:
        """Look at one link"""
        return shown.show(ports(), caller, link_id)

    @partner(Scope.ENROL)
    @blp.response(204)
    @blp.problems(LinkNotFound)
    def delete(self, link_id: UUID, caller: PartnerCaller) -> None:
        """End a link

        As when somebody stops driving for you. The worker's registration and cover stay theirs.
        Doing it again changes nothing; enrolling them again makes a new link.
        """
        shown.end(ports(), caller, link_id)
