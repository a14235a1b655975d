"""Staff look at partners' files, and let one go on."""

from typing import Any
from uuid import UUID

from flask.views import MethodView

from api.auth import staff
from api.smorest import Blueprint, ports
from models.values.page import Page
from models.values.permission import Permission
from schemas.staff_batch import (
    BatchResumptionSchema,
    InspectedBatchSchema,
    StaffBatchesQuerySchema,
    StaffBatchesSchema,
    StaffBatchSchema,
)
from services import batches_for_staff
from services.batches_for_staff import BatchNotPaused, Inspected, StaffBatch
from services.callers import StaffCaller
from services.enrolment.batches import BatchNotFound

blp = Blueprint(
    "staff-batches",
    __name__,
    url_prefix="/v1/staff/batches",
    description="Staff look at partners' files, and let one go on",
)


@blp.route("")
class StaffBatches(MethodView):
    @staff(Permission.BATCHES)
    @blp.arguments(StaffBatchesQuerySchema, location="query")
    @blp.response(200, StaffBatchesSchema)
    def get(self, query: dict[str, Any], caller: StaffCaller) -> Page[StaffBatch]:
        """List all partners' batches

        The newest first. `paused=true` are those that wait for somebody to look at them.
        """
        page = query.pop("page")
        return batches_for_staff.listed(ports(), caller, page, **query)


@blp.route("/<uuid:batch_id>")
class OneStaffBatch(MethodView):
    @staff(Permission.BATCHES)
    @blp.response(200, InspectedBatchSchema)
    @blp.problems(BatchNotFound)
    def get(self, batch_id: UUID, caller: StaffCaller) -> Inspected:
        """Look at one batch, and at what is wrong with it

        Faults are counted by column and code over its first hundred thousand rows that may hold any;
        of the drivers themselves nothing is shown.
        """
        return batches_for_staff.one(ports(), caller, batch_id)


@blp.route("/<uuid:batch_id>/resume")
class Resumption(MethodView):
    @staff(Permission.RESUME_BATCH)
    @blp.arguments(BatchResumptionSchema)
    @blp.response(200, StaffBatchSchema)
    @blp.problems(BatchNotFound, BatchNotPaused)
    def post(self, body: dict[str, Any], batch_id: UUID, caller: StaffCaller) -> StaffBatch:
        """Let the checks of a paused batch go on

        All the rest of it is compared with the population registry, whatever that finds. Ask the
        partner first where the data comes from, and say in the `note` what you learnt.
        """
        return batches_for_staff.resume(ports(), caller, batch_id, body["note"])
