"""A worker's choice of plan."""

from typing import Any

from flask.views import MethodView

from api.auth import signed_in
from api.smorest import Blueprint, ports
from schemas.plan import ChosenPlanSchema, PlanChoiceSchema
from services import plan_choice
from services.callers import SignedIn
from services.errors import InvoiceOpen
from services.plan_choice import ChosenPlan

blp = Blueprint("my-plan", __name__, url_prefix="/v1/me/plan", description="A worker's own plan")


@blp.route("")
class MyPlan(MethodView):
    @signed_in
    @blp.arguments(PlanChoiceSchema)
    @blp.response(200, ChosenPlanSchema)
    @blp.problems(InvoiceOpen)
    def put(self, body: dict[str, Any], caller: SignedIn) -> ChosenPlan:
        """Choose a plan, or change it

        Counts from the first unpaid month, but never from one before the current: arrears keep
        the plan, income and occupation of their month. `monthly_income` replaces the one on the
        register. Sending the same choice again changes nothing. While an invoice is open, 409: its
        months are priced already.
        """
        return plan_choice.choose(ports(), caller, **body)
