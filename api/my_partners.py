"""Platforms that enrolled a worker."""

from uuid import UUID

from flask.views import MethodView

from api.auth import signed_in
from api.smorest import Blueprint, ports
from models.values.page import Page, PageRequest
from models.worker_links import WorkerLink
from schemas.worker_link import WorkerLinkSchema, WorkerLinksQuerySchema, WorkerLinksSchema
from services.callers import SignedIn
from services.links import own
from services.links.errors import LinkEnded, LinkNotFound

blp = Blueprint(
    "my-partners",
    __name__,
    url_prefix="/v1/me/partners",
    description="Platforms that enrolled me, and what they see",
)


@blp.route("")
class MyPartners(MethodView):
    @signed_in
    @blp.arguments(WorkerLinksQuerySchema, location="query")
    @blp.response(200, WorkerLinksSchema)
    def get(self, query: dict[str, PageRequest], caller: SignedIn) -> Page[WorkerLink]:
        """Which platforms enrolled me?

        The newest first, those that have ended too. One that is `unconfirmed` waits for me:
        confirm it, or end it if I do not know that platform.
        """
        return own.listed(ports(), caller, query["page"])


@blp.route("/<uuid:link_id>")
class MyPartner(MethodView):
    @signed_in
    @blp.response(204)
    @blp.problems(LinkNotFound)
    def delete(self, link_id: UUID, caller: SignedIn) -> None:
        """Share nothing with a platform any more

        At once, whether or not it was confirmed. My registration and my cover stay mine. Doing it
        again changes nothing.
        """
        own.end(ports(), caller, link_id)


@blp.route("/<uuid:link_id>/confirmation")
class MyPartnerConfirmation(MethodView):
    @signed_in
    @blp.response(200, WorkerLinkSchema)
    @blp.problems(LinkNotFound, LinkEnded)
    def post(self, link_id: UUID, caller: SignedIn) -> WorkerLink:
        """Share my cover with a platform

        From now on, and until I end it, the platform sees whether and until when I am protected.
        When it looked is in my access log. Doing it again changes nothing.
        """
        return own.confirm(ports(), caller, link_id)
