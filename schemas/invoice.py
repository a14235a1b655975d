"""Bills."""

from datetime import datetime
from uuid import UUID

from models.invoice import LIFETIME, InvoiceStatus
from schemas.base import Schema
from schemas.fields import Choice, Day, Identifier, Instant, RupiahField, Text, WholeNumber
from schemas.nesting import Inner, Listed
from schemas.paging import CursorField, PageQuerySchema, PageSchema
from schemas.period import PeriodField
from schemas.quote import PricedMonthSchema

_SECONDS = int(LIFETIME.total_seconds())


class InvoiceRequestSchema(Schema):
    months = PeriodField(required=True, about="How many months to settle in all, arrears first.")


class InvoiceSchema(Schema):
    id = Identifier(required=True)
    virtual_account_no = Text(required=True, dump_only=True, example="988100731904526183")
    status = Choice(
        InvoiceStatus,
        required=True,
        about="`superseded`: other money has settled months or used credit that it counted on, so "
        "it can no longer be paid.",
    )
    months = Listed(Inner(PricedMonthSchema), required=True, about="Each at its own price.")
    amount = RupiahField(required=True, example=8_400, about="What is to be paid at the bank.")
    credit_used = RupiahField(
        required=True, example=0, about="Paid earlier, and used for these months."
    )
    rates_version = Text(required=True, dump_only=True, example="2025-12")
    created_at = Instant(required=True)
    protected_until = Day(
        required=True,
        allow_none=True,
        example="2026-11-30",
        about="The last day that it protects: while open, if it were paid now. Null if it only "
        "settles months gone by, and when it has expired, was cancelled or superseded, or is to be "
        "paid back as a whole.",
    )
    expires_at = Instant(required=True, example="2026-11-23T02:00:00Z")
    expires_in = WholeNumber(
        0, _SECONDS, required=True, about="Seconds; 0 when it cannot be paid.", example=_SECONDS
    )


class InvoicesQuerySchema(PageQuerySchema):
    cursor = CursorField(datetime, UUID)


class InvoicesSchema(PageSchema):
    items = Listed(Inner(InvoiceSchema), required=True)
