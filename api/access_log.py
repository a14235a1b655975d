"""Who has seen a worker's data."""

from flask.views import MethodView

from api.auth import signed_in
from api.smorest import Blueprint, ports
from models.values.page import Page, PageRequest
from schemas.access_log import AccessLogQuerySchema, AccessLogSchema
from services import access_log
from services.access_log import Entry
from services.callers import SignedIn

blp = Blueprint(
    "access-log", __name__, url_prefix="/v1/me/access-log", description="Who has seen my data"
)


@blp.route("")
class AccessLog(MethodView):
    @signed_in
    @blp.arguments(AccessLogQuerySchema, location="query")
    @blp.response(200, AccessLogSchema)
    def get(self, query: dict[str, PageRequest], caller: SignedIn) -> Page[Entry]:
        """Who has seen my data?

        The newest first: our staff by their role, partners by their name, the population registry,
        banks, and myself where I had my data exported. However often a bank calls about one
        invoice, it is told once a day.
        """
        return access_log.listed(ports(), caller, query["page"])
