"""What has happened to a worker."""

from flask.views import MethodView

from api.auth import signed_in
from api.smorest import Blueprint, ports
from models.values.page import Page, PageRequest
from schemas.timeline import TimelineQuerySchema, TimelineSchema
from services.callers import SignedIn
from services.timeline import own
from services.timeline.own import Entry

blp = Blueprint(
    "timeline", __name__, url_prefix="/v1/me/timeline", description="What has happened, and when"
)


@blp.route("")
class Timeline(MethodView):
    @signed_in
    @blp.arguments(TimelineQuerySchema, location="query")
    @blp.response(200, TimelineSchema)
    def get(self, query: dict[str, PageRequest], caller: SignedIn) -> Page[Entry]:
        """What has happened?

        Everything that happened to me, the newest first, each in one plain sentence. Whoever paid
        and sees the invoice unpaid finds here what the bank has told us: `payment_received`,
        `payment_refused` and why, or nothing yet.
        """
        return own.listed(ports(), caller, query["page"])
