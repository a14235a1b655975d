"""Partners' files, as our staff look at them."""

from datetime import datetime
from uuid import UUID

from models.batch_inspection import TrialState
from models.enrolment_batch import BatchStatus
from models.file_limits import MOST_ROWS
from models.values.plan import Plan
from schemas.base import Schema
from schemas.batch import BatchSchema
from schemas.fields import Choice, Flag, Identifier, Instant, Text, WholeNumber
from schemas.nesting import Inner, Listed
from schemas.note import NoteField
from schemas.paging import CursorField, PageQuerySchema, PageSchema
from schemas.speaking import WordsField


class TrialSchema(Schema):
    state = Choice(TrialState, required=True, example="paused")
    checks = WholeNumber(0, MOST_ROWS, required=True, example=500, about="So many are the trial.")
    most_not_found = WholeNumber(
        0, MOST_ROWS, required=True, example=100, about="More than these pause the file."
    )
    answered = WholeNumber(0, MOST_ROWS, required=True, example=212)
    not_found = WholeNumber(0, MOST_ROWS, required=True, example=101)
    paused_at = Instant(required=True, allow_none=True)
    resumed_at = Instant(required=True, allow_none=True, example=None)
    said = WordsField(
        required=True,
        example="Pemeriksaan dijeda: dari 212 jawaban pertama, 101 orang tidak ditemukan Dukcapil, "
        "lebih dari 100 yang diperbolehkan. Tanyakan kepada mitra dari mana datanya sebelum "
        "melanjutkan.",
    )


class StaffBatchSchema(BatchSchema):
    partner_id = Identifier(required=True)
    partner = Text(required=True, dump_only=True, example="Ojek Kita", about="The name.")
    plan = Choice(Plan, required=True)
    checks_paused_at = Instant(required=True, allow_none=True, about="As in `trial`.")
    paused = Flag(required=True, example=True, about="Its people are not checked any further.")
    trial = Inner(TrialSchema, required=True, about="What the registry said of its first people.")


class FaultCountSchema(Schema):
    field = Text(
        required=True, dump_only=True, example="nik", about="The column; `row` is the whole row."
    )
    code = Text(required=True, dump_only=True, example="serial-zero")
    words = WordsField(required=True, example="Empat angka terakhir NIK tidak boleh 0000.")
    rows = WholeNumber(1, MOST_ROWS, required=True, example=87)
    first_rows = Listed(
        WholeNumber(1, MOST_ROWS, example=12),
        required=True,
        about="The numbers of the first few of them in the file.",
    )


class FaultsSchema(Schema):
    counts = Listed(Inner(FaultCountSchema), required=True, about="The most frequent first.")
    rejected_rows = WholeNumber(
        0,
        MOST_ROWS,
        required=True,
        example=87,
        about="In how many rejected rows they were counted.",
    )
    all_counted = Flag(
        required=True,
        example=True,
        about="False: more rows were rejected than are counted, or results by row are forgotten.",
    )


class InspectedBatchSchema(Schema):
    batch = Inner(StaffBatchSchema, required=True)
    faults = Inner(FaultsSchema, required=True)


class BatchResumptionSchema(Schema):
    note = NoteField(required=True)


class StaffBatchesQuerySchema(PageQuerySchema):
    partner_id = Identifier(about="Only those of this partner.")
    status = Choice(BatchStatus, about="Only those that stand so.")
    paused = Flag(
        written=True,
        about="`true`: only those whose checks are paused; `false`: only the others.",
    )
    cursor = CursorField(datetime, UUID)


class StaffBatchesSchema(PageSchema):
    items = Listed(Inner(StaffBatchSchema), required=True)
