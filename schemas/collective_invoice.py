"""Invoices that a partner pays for many of its drivers."""

from datetime import datetime
from typing import Any
from uuid import UUID

import marshmallow as ma

from models.collective_order import FIRST_LEFT_OUT, MOST_LINES, Order
from models.invoice import LIFETIME
from models.partner_invoice import CollectiveStatus
from models.partner_invoice_line import LineStatus
from models.values.faults import Fault
from models.values.words import Words
from schemas.base import Schema
from schemas.fields import Choice, Flag, Identifier, Instant, RupiahField, Text, WholeNumber
from schemas.month_field import MonthField
from schemas.nesting import Inner, Listed
from schemas.paging import CursorField, PageQuerySchema, PageSchema

MOST_NAMED = 10_000
_SECONDS = int(LIFETIME.total_seconds())
_MANY = 2**31 - 1
_EXTERNAL_ID = "D-000417"
_ONE_OF_TWO = Fault(
    "one-of-two",
    Words(
        'Isi salah satu: "external_ids", atau "all" dengan nilai true.',
        'Give one of the two: "external_ids", or "all" as true.',
    ),
)


class CollectiveRequestSchema(Schema):
    month = MonthField(
        required=True,
        about="Of each driver the oldest unpaid month is paid that is not after it. At most 12 "
        "months ahead.",
    )
    external_ids = Listed(
        Text(max_length=200, example=_EXTERNAL_ID),
        minimum=1,
        maximum=MOST_NAMED,
        about="For whom. One that is named twice is paid for once.",
    )
    all = Flag(
        load_default=False,
        example=False,
        about="true: for every driver whose link has not ended. Then leave `external_ids` out.",
    )

    @ma.validates_schema(skip_on_field_errors=True)
    def _one_of_two(self, data: dict[str, Any], **_: Any) -> None:
        if ("external_ids" in data) == data["all"]:
            raise ma.ValidationError({"external_ids": [_ONE_OF_TWO]})

    @ma.post_load
    def _as_order(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        named = None if data["all"] else tuple(data["external_ids"])
        return {"order": Order(data["month"], named)}


class LeftOutSchema(Schema):
    external_id = Text(required=True, dump_only=True, example="D-000418")
    code = Text(
        required=True,
        dump_only=True,
        example="not-payable-now",
        about="Always the same, whatever the reason.",
    )


class CollectiveSchema(Schema):
    id = Identifier(required=True)
    virtual_account_no = Text(required=True, dump_only=True, example="988100731904526183")
    month = MonthField(required=True)
    status = Choice(
        CollectiveStatus,
        required=True,
        about="`settling`: the bank's money is here, and the months are being posted; `paid`: all "
        "of them are. `superseded`: the credit that it counted on was used by another; money that "
        "a bank took for it is credit. `empty`: nobody can be paid for.",
    )
    lines = WholeNumber(0, MOST_LINES, required=True, example=1, about="Drivers it pays for.")
    left_out_count = WholeNumber(
        0, _MANY, required=True, example=1, about="Drivers it could not pay for."
    )
    more = Flag(
        required=True,
        example=False,
        about=f"There are more drivers than one invoice holds ({MOST_LINES:,}): ask for another "
        "one, which begins with them.",
    )
    amount = RupiahField(required=True, example=8_400, about="What is to be paid at the bank.")
    credit_used = RupiahField(
        required=True, example=0, about="Paid earlier, and used for these lines."
    )
    credited = RupiahField(
        required=True,
        example=0,
        about="What of its money became your credit, used first on your next invoice: months that "
        "somebody else had settled meanwhile, or that will not begin.",
    )
    rates_version = Text(required=True, dump_only=True, example="2025-12")
    bank_reference = Text(
        required=True,
        dump_only=True,
        allow_none=True,
        example="2026112200001234",
        about="The bank's own number for the payment.",
    )
    created_at = Instant(required=True)
    expires_at = Instant(required=True, example="2026-11-23T02:00:00Z")
    expires_in = WholeNumber(
        0, _SECONDS, required=True, about="Seconds; 0 when it cannot be paid.", example=_SECONDS
    )
    paid_at = Instant(
        required=True,
        allow_none=True,
        metadata={"examples": [None]},
        about="When it was paid at the bank: from then on its months protect.",
    )
    posted_at = Instant(
        required=True,
        allow_none=True,
        metadata={"examples": [None]},
        about="When the last of its months had been posted.",
    )


class CollectiveInvoiceSchema(CollectiveSchema):
    left_out = Listed(
        Inner(LeftOutSchema),
        required=True,
        about=f"The first {FIRST_LEFT_OUT:,} of them; all are under `/left-out`.",
    )


class CollectiveInvoicesQuerySchema(PageQuerySchema):
    cursor = CursorField(datetime, UUID)


class CollectiveInvoicesSchema(PageSchema):
    items = Listed(Inner(CollectiveSchema), required=True)


class CollectiveLineSchema(Schema):
    worker_id = Identifier(
        required=True, attribute="enrolment_id", about="Of `/v1/partner/workers/{id}`."
    )
    external_id = Text(
        required=True,
        dump_only=True,
        allow_none=True,
        example=_EXTERNAL_ID,
        about="Your own name for the worker; null once their data has been erased.",
    )
    month = MonthField(required=True)
    amount = RupiahField(required=True, example=8_400)
    status = Choice(
        LineStatus,
        required=True,
        about="`waiting` until it is posted. `credited`: the month had been settled meanwhile, so "
        "its price is your credit. `returned`: it was paid, and will not begin because the "
        "identity was refused, so its price is your credit again.",
    )


class CollectiveLinesQuerySchema(PageQuerySchema):
    cursor = CursorField(UUID)


class CollectiveLinesSchema(PageSchema):
    items = Listed(Inner(CollectiveLineSchema), required=True)


class LeftOutQuerySchema(PageQuerySchema):
    cursor = CursorField(int)


class LeftOutListSchema(PageSchema):
    items = Listed(Inner(LeftOutSchema), required=True)
