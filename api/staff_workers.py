"""Staff open a worker's record."""

from typing import Any
from uuid import UUID

from flask.views import MethodView

from api.auth import staff
from api.smorest import Blueprint, ports
from models.values.permission import Permission
from schemas.staff_look import ReasonSchema
from schemas.staff_record import RevealedSchema, RevealSchema, StaffRecordSchema
from services.callers import StaffCaller
from services.lookup import record_view, revealing
from services.lookup.errors import FieldNotRevealed, WorkerNotFound
from services.lookup.pacing import TooManyReveals, TooManyViews
from services.lookup.record import Record
from services.lookup.revealing import Revealed

blp = Blueprint(
    "staff-workers",
    __name__,
    url_prefix="/v1/staff/workers",
    description="Staff open a worker's record",
)


@blp.route("/<uuid:worker_id>")
class StaffWorker(MethodView):
    @staff(Permission.LOOK_UP)
    @blp.arguments(ReasonSchema, location="query")
    @blp.response(200, StaffRecordSchema)
    @blp.problems(WorkerNotFound, TooManyViews)
    def get(self, look: dict[str, Any], caller: StaffCaller, worker_id: UUID) -> Record:
        """Open a worker's record

        What your role needs for this reason, with the numbers masked. What is not shown for it is
        left out and named in `withheld`; what can be had in clear is named in `revealable`. The
        worker sees in their access log that you looked, and why.
        """
        return record_view.view(ports(), caller, worker_id, look["reason"])


@blp.route("/<uuid:worker_id>/reveal")
class Reveal(MethodView):
    @staff(Permission.LOOK_UP)
    @blp.arguments(RevealSchema)
    @blp.response(200, RevealedSchema)
    @blp.problems(WorkerNotFound, FieldNotRevealed, TooManyReveals)
    def post(self, body: dict[str, Any], caller: StaffCaller, worker_id: UUID) -> Revealed:
        """Have fields in clear

        Only those that you name, and only what your role may see for this reason: 403
        `field-not-revealed` if it never may, 422 `not-for-this-reason` if the reason is another's.
        Each is on record, and the worker sees in their access log what you saw, and why. Nothing is
        made, so it needs no `Idempotency-Key`: asked again, it is seen again.
        """
        return revealing.reveal(
            ports(), caller, worker_id, body["fields_"], body["reason"], body["note"]
        )
