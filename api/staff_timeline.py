"""Staff read what has happened to a worker."""

from typing import Any
from uuid import UUID

from flask.views import MethodView

from api.auth import staff
from api.smorest import Blueprint, ports
from models.values.permission import Permission
from schemas.staff_timeline import StaffTimelineQuerySchema, StaffTimelineSchema
from services.callers import StaffCaller
from services.lookup.errors import WorkerNotFound
from services.lookup.pacing import TooManyViews
from services.timeline import for_staff
from services.timeline.for_staff import StaffPage

blp = Blueprint(
    "staff-timeline",
    __name__,
    url_prefix="/v1/staff/workers/<uuid:worker_id>/timeline",
    description="Staff read what has happened to a worker",
)


@blp.route("")
class StaffTimeline(MethodView):
    @staff(Permission.LOOK_UP)
    @blp.arguments(StaffTimelineQuerySchema, location="query")
    @blp.response(200, StaffTimelineSchema)
    @blp.problems(WorkerNotFound, TooManyViews)
    def get(self, query: dict[str, Any], caller: StaffCaller, worker_id: UUID) -> StaffPage:
        """Read what has happened to a worker

        The newest first, each in a few plain sentences. Who paid and sees the invoice unpaid is
        answered with `topic=money`: whether any bank has called about the number
        (`invoice_made`, `invoice_expired`), what it asked (`bank_inquired`), what it told us and why
        we could not take it (`payment_refused`), and what became of the money that we took
        (`payment_received`, `months_paid`, `credit_added`). The worker sees in their access log that
        you looked, and why: once, however many pages you read on.
        """
        return for_staff.listed(
            ports(), caller, worker_id, query["page"], query["reason"], query.get("topic")
        )
