"""Whether a worker is covered."""

from datetime import date

from flask.views import MethodView

from api.auth import session_shown
from api.smorest import Blueprint, ports
from schemas.coverage import CoverageQuerySchema, CoverageSchema
from services import coverage
from services.callers import SessionShown
from services.coverage import CoverageReport

blp = Blueprint(
    "coverage", __name__, url_prefix="/v1/me/coverage", description="Whether a worker is covered"
)


@blp.route("")
class Coverage(MethodView):
    @session_shown
    @blp.arguments(CoverageQuerySchema, location="query")
    @blp.conditional(leaving_out=["as_of"])
    @blp.response(200, CoverageSchema)
    def get(self, query: dict[str, date | None], caller: SessionShown) -> CoverageReport:
        """Am I covered?

        As of now, or of the end of a day. A past day's answer counts only what had been paid by
        then; a coming day's assumes that nothing more is paid. In `grace` nothing is protected:
        the explanation says what to pay and until when.
        """
        return coverage.show(ports(), caller, query["on"])
