"""Enrolling one driver, and what a file of many looks like."""

from typing import Any

from flask import Response
from flask.views import MethodView

from api.auth import partner
from api.idempotency import idempotent
from api.located import located
from api.smorest import Blueprint, ports
from api.uploads import CSV, XLSX
from api.whole_forms import whole_form
from models.values.scope import Scope
from schemas.batch_template import template_csv, template_xlsx
from schemas.partner_driver import DriverSchema, EnrolledSchema, EnrolQuerySchema
from services.callers import PartnerCaller
from services.enrolment import single
from services.enrolment.single import Cells, Enrolled
from services.once import Once

blp = Blueprint(
    "partner_enrolment",
    __name__,
    url_prefix="/v1/partner",
    description="Enrolling one driver at once",
)


@blp.route("/workers")
class Enrolment(MethodView):
    @partner(Scope.ENROL)
    @whole_form(lambda values, caller: single.other_faults(ports(), values))
    @located("/v1/partner/workers/{worker_id}")
    @blp.arguments(DriverSchema)
    @blp.arguments(EnrolQuerySchema, location="query")
    @idempotent(EnrolledSchema)
    @blp.response(201, EnrolledSchema)
    def post(
        self, cells: Cells, query: dict[str, Any], caller: PartnerCaller, once: Once[Enrolled]
    ) -> Enrolled:
        """Enrol one driver

        At once, while you take them on; for many there is `POST /v1/partner/batches`, with the
        same fields, rules and outcomes. 201 whenever the driver is enrolled: `outcome` says whether
        that is new (`accepted`) or was so before (`unchanged`). What a file would reject is 422
        here, with the same codes: `external-id-taken` at `/external_id` and `nik-under-other-id` at
        `/nik` too. The driver is told by message, and the data is compared with the population
        registry within seconds, as far as your daily quotas go.
        """
        return single.enrol(ports(), caller, query["plan"], cells, once)


@blp.route("/batch-template")
class Template(MethodView):
    @partner(Scope.ENROL)
    @blp.produces(CSV, XLSX)
    @blp.response(200)
    @blp.sends("Content-Disposition")
    def get(self, caller: PartnerCaller, media_type: str) -> Response:
        """Get an empty file of drivers

        Its columns, and a row as an example: replace it. As a workbook (`Accept:
        application/vnd.openxmlformats-officedocument.spreadsheetml.sheet`) all cells are texts, so
        that no NIK turns into a number, and a second sheet explains the columns.
        """
        body, ending = (template_xlsx(), "xlsx") if media_type == XLSX else (template_csv(), "csv")
        kind = XLSX if media_type == XLSX else f"{CSV}; charset=utf-8"
        shown = f'attachment; filename="drivers.{ending}"'
        return Response(body, content_type=kind, headers={"Content-Disposition": shown})
