"""Proof of a payment."""

from schemas.base import Schema
from schemas.fields import Day, Identifier, Instant, RupiahField, Text
from schemas.nesting import Inner, Listed
from schemas.quote import PricedMonthSchema


class ReceiptSchema(Schema):
    invoice_id = Identifier(required=True)
    full_name = Text(required=True, dump_only=True, example="Siti Aminah")
    nik_masked = Text(required=True, dump_only=True, example="**************01")
    member_number = Text(required=True, dump_only=True, allow_none=True, example="48201937465")
    registration_number = Text(required=True, dump_only=True, example="572018463917")
    months = Listed(
        Inner(PricedMonthSchema),
        required=True,
        about="What was paid for; empty where the money became credit.",
    )
    total = RupiahField(required=True, example=8_400, about="The price of the months.")
    credit_used = RupiahField(required=True, example=0)
    amount = RupiahField(required=True, example=8_400, about="What was paid at the bank.")
    credited = RupiahField(
        required=True,
        example=0,
        about="What was kept as credit for the next invoice, because the months had been settled "
        "before we heard of the payment.",
    )
    virtual_account_no = Text(required=True, dump_only=True, example="988100731904526183")
    bank_reference = Text(
        required=True,
        dump_only=True,
        allow_none=True,
        example="2026112200001234",
        about="The bank's own number; null where credit paid for everything.",
    )
    paid_at = Instant(
        required=True,
        about="When the bank took the money, as far as that is between the invoice and the moment "
        "we heard of it. Protection starts then.",
    )
    protected_until = Day(required=True, allow_none=True, example="2026-11-30")
