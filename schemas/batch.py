"""Files of drivers: what is asked of them, and how far they are."""

from datetime import datetime
from uuid import UUID

from models.batch_trial import TRIAL
from models.enrolment_batch import BatchStatus
from models.file_limits import MOST_ROWS
from models.row_result import Outcome
from models.values.plan import Plan
from schemas.base import Schema
from schemas.fields import Choice, Flag, Identifier, Instant, WholeNumber
from schemas.nesting import Inner, Listed
from schemas.paging import CursorField, PageQuerySchema, PageSchema


class UploadQuerySchema(Schema):
    plan = Choice(Plan, required=True, about="`basic` is JKK and JKM, `complete` adds JHT.")
    dry_run = Flag(
        written=True,
        load_default=False,
        about="`true`: every row is judged and nobody is enrolled. One thing it cannot know: of two "
        "drivers under one `external_id`, some 4,000 rows or more apart, it accepts both, and the "
        "upload itself rejects one with `external-id-taken`. `jaring upload --dry-run` tells.",
    )


class ResultsQuerySchema(Schema):
    outcome = Choice(Outcome, about="Only these rows. `rejected` is the file to be mended.")


class BatchSchema(Schema):
    id = Identifier(required=True)
    status = Choice(
        BatchStatus,
        required=True,
        example="processing",
        about="`receiving` while it is uploaded; `completed` when every row has its outcome; "
        "`cancelled` when the rest was called off; `failed` when we had to give up the rest: send the "
        "same file again under another `Idempotency-Key`, what was accepted comes out `unchanged`.",
    )
    dry_run = Flag(required=True, example=False, about="Rows are judged, and nobody is enrolled.")
    rows = WholeNumber(
        0,
        MOST_ROWS,
        required=True,
        example=100_000,
        about="Once it has ended: the sum of `accepted`, `unchanged`, `rejected` and "
        "`not_processed`. While it is received: those that have arrived.",
    )
    processed = WholeNumber(
        0, MOST_ROWS, required=True, example=40_000, about="How many have an outcome."
    )
    accepted = WholeNumber(0, MOST_ROWS, required=True, example=38_500)
    unchanged = WholeNumber(
        0, MOST_ROWS, required=True, example=300, about="Were here before, from you."
    )
    rejected = WholeNumber(0, MOST_ROWS, required=True, example=1_200)
    not_processed = WholeNumber(
        0, MOST_ROWS, required=True, example=0, about="Called off or given up."
    )
    created_at = Instant(required=True)
    started_at = Instant(required=True, allow_none=True)
    completed_at = Instant(
        required=True, allow_none=True, example=None, about="Null while anything is left to do."
    )
    checks_paused_at = Instant(
        required=True,
        allow_none=True,
        example=None,
        about="Null unless its people are not compared with the population registry any more, because "
        f"it did not find more than {TRIAL.value.most_not_found} of the first {TRIAL.value.checks}; that may "
        "come after the batch has ended. Who was not compared stays `pending`. Look where the data "
        "comes from, and write with the `id` to whoever opened your account with us: only our staff "
        "can let it go on.",
    )


class BatchesQuerySchema(PageQuerySchema):
    cursor = CursorField(datetime, UUID)


class BatchesSchema(PageSchema):
    items = Listed(Inner(BatchSchema), required=True)
