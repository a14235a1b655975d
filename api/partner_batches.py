"""Files of drivers that a partner sends, and what became of them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.auth import partner
from api.located import located
from api.smorest import Blueprint, ports
from api.uploads import CSV, NDJSON, XLSX, Sent, file_sent
from models.row_result import Outcome
from models.values.page import Page, PageRequest
from models.values.scope import Scope
from schemas.batch import (
    BatchesQuerySchema,
    BatchesSchema,
    BatchSchema,
    ResultsQuerySchema,
    UploadQuerySchema,
)
from schemas.row_results import csv_text, ndjson
from schemas.row_results_xlsx import xlsx
from schemas.speaking import spoken_language
from services.callers import PartnerCaller
from services.enrolment import batches, receiving, results
from services.enrolment.batches import BatchArriving, BatchFinished, BatchNotFound, Standing
from services.enrolment.places import Offer
from services.enrolment.results import ResultsForgotten, SheetTooLarge

_FILE_ENDINGS = {CSV: "csv", XLSX: "xlsx"}
_CSV_UTF_8 = f"{CSV}; charset=utf-8"

blp = Blueprint(
    "partner_batches",
    __name__,
    url_prefix="/v1/partner/batches",
    description="Enrolling drivers by file",
)


@blp.route("")
class Batches(MethodView):
    @partner(Scope.ENROL)
    @blp.arguments(BatchesQuerySchema, location="query")
    @blp.response(200, BatchesSchema)
    def get(self, query: dict[str, PageRequest], caller: PartnerCaller) -> Page[Standing]:
        """List my batches

        The newest first.
        """
        return batches.listed(ports(), caller, query["page"])

    @partner(Scope.ENROL)
    @located("/v1/partner/batches/{id}")
    @blp.arguments(UploadQuerySchema, location="query")
    @file_sent
    @blp.response(202, BatchSchema)
    def post(
        self, query: dict[str, Any], caller: PartnerCaller, sent: Sent
    ) -> tuple[Standing, Mapping[str, str]]:
        """Send a file of drivers

        CSV (commas or semicolons) or NDJSON in UTF-8, plain or gzip, up to 1,000,000 rows and 512
        MiB decompressed; XLSX up to 20,000 rows of its first sheet, and 8 MiB. No row is longer than
        16 KiB. Names of columns stand in any order and case; `row`, `outcome`, `worker_id` and
        `errors` are passed over, so that a mended file of results can be sent as it is. Empty rows
        do not count, nor do those in which results tell of an accepted or unchanged driver: an
        `external_id` without the driver's data.

        When 202 is answered, all of it is kept safely and will be worked on, whatever happens. A
        fault of the file as a whole (422, 413) keeps nothing of it; faults of single rows fail
        those rows only, and are told by `results`. If the answer gets lost, send the same again
        with the same `Idempotency-Key`: it is the same batch. At most 2 files arrive at once.
        """
        offer = Offer(query["plan"], query["dry_run"], sent.key)
        received = receiving.receive(ports(), caller, offer, sent.upload)
        return received.batch, {"Idempotency-Replayed": "true"} if received.again else {}


@blp.route("/<uuid:batch_id>")
class OneBatch(MethodView):
    @partner(Scope.ENROL)
    @blp.response(200, BatchSchema)
    @blp.problems(BatchNotFound)
    def get(self, batch_id: UUID, caller: PartnerCaller) -> Standing:
        """Look at one batch, and how far it is"""
        return batches.show(ports(), caller, batch_id)


@blp.route("/<uuid:batch_id>/cancel")
class Cancellation(MethodView):
    @partner(Scope.ENROL)
    @blp.response(200, BatchSchema)
    @blp.problems(BatchNotFound, BatchFinished, BatchArriving)
    def post(self, batch_id: UUID, caller: PartnerCaller) -> Standing:
        """Call off what has not been done

        What was accepted stays; the rest is `not_processed`, and is not kept.
        """
        return batches.cancel(ports(), caller, batch_id)


@blp.route("/<uuid:batch_id>/results")
class Results(MethodView):
    @partner(Scope.ENROL)
    @blp.arguments(ResultsQuerySchema, location="query")
    @blp.produces(NDJSON, CSV, XLSX)
    @blp.response(200)
    @blp.sends("Content-Disposition")
    @blp.problems(BatchNotFound, ResultsForgotten, SheetTooLarge)
    def get(
        self,
        query: dict[str, Outcome],
        batch_id: UUID,
        caller: PartnerCaller,
        media_type: str,
    ) -> Response:
        """Get what became of each row

        In the order of the file, of the rows that have an outcome so far; kept for 30 days after
        the batch has ended. NDJSON has an object per row: `row` (from 1, below the names of the
        columns), `external_id`, `outcome`, `worker_id`, `errors` (`field`, `code`, `detail`; a field
        `row` stands for the whole row) and `ignored` (columns whose values were not taken over).

        CSV and XLSX have all columns of the file, filled in for rejected rows, and `row`,
        `outcome`, `worker_id` and `errors`. With `?outcome=rejected` that is the file to mend and
        send again. An apostrophe stands before cells that a spreadsheet would take for a formula
        or, in CSV, for a number or a date: such as NIKs, and phones with a plus. It is taken off
        again when the file is sent.
        """
        only = query.get("outcome")
        if media_type == XLSX:
            results.refuse_long_sheet(ports(), caller, batch_id, only)
        portions = results.results(ports(), caller, batch_id, only)
        language = spoken_language.get()
        if media_type == NDJSON:
            return Response(ndjson(portions, language), content_type=NDJSON)
        if media_type == CSV:
            return _file(csv_text(portions, language), batch_id, CSV, _CSV_UTF_8)
        return _file(xlsx(portions, language), batch_id, XLSX, XLSX)


def _file(body: Any, batch_id: UUID, media_type: str, content_type: str) -> Response:
    shown = f'attachment; filename="results-{batch_id}.{_FILE_ENDINGS[media_type]}"'
    return Response(body, content_type=content_type, headers={"Content-Disposition": shown})
