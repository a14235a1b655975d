"""What can be chosen, and what it costs: for everybody."""

from typing import Any

from flask.views import MethodView

from api.conditional import PUBLIC_FOR_NOW
from api.smorest import Blueprint, ports
from api.whole_forms import whole_form
from models.pricing import Quote
from schemas.plan import PlansSchema
from schemas.quote import QuestionSchema, QuoteSchema
from services import plans
from services.plans import PlanOffered, Question

blp = Blueprint(
    "plans", __name__, url_prefix="/v1/plans", description="What can be chosen, and what it costs"
)


@blp.route("")
class Plans(MethodView):
    @blp.conditional(public=True)
    @blp.response(200, PlansSchema)
    def get(self) -> dict[str, tuple[PlanOffered, ...]]:
        """List the plans

        With their programmes and benefits in words. Benefits that are multiples of the income
        have no amount here: a worker's own are under `/v1/me/coverage`.
        """
        return {"items": plans.offered()}


@blp.route("/quote")
class Quotes(MethodView):
    @whole_form(lambda values: plans.other_faults(ports(), values))
    @blp.arguments(QuestionSchema, location="query")
    @blp.conditional(public=True)
    @blp.response(200, QuoteSchema)
    def get(self, question: dict[str, Any]) -> tuple[Quote, dict[str, str]]:
        """Ask what some months cost

        Every month is priced by itself: relief follows the month paid for, the sector and the
        payer. The same `rates_version` and `from` give the same answer for ever, which may be
        kept; without both it is that of today's month and rates, to be asked for each time.
        """
        for_ever = {"start", "rates_version"} <= question.keys()
        answer = plans.quote(ports(), Question(**question))
        return answer, {} if for_ever else {"Cache-Control": PUBLIC_FOR_NOW}
