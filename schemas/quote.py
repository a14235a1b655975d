"""What months cost, and why."""

from typing import Any

from models.values.faults import Fault
from models.values.month import Month
from models.values.payer import PayerKind
from models.values.plan import Plan, Programme
from models.values.words import Words
from schemas.base import Schema
from schemas.fields import Choice, RupiahField, Text, WholeNumber
from schemas.income import IncomeField
from schemas.month_field import MonthField
from schemas.nesting import Inner, Listed
from schemas.period import PeriodField

LAST = Month(2099, 12)
TOO_LATE = Fault(
    "too-late", Words("Pilih bulan sampai {last} saja.", "Choose a month up to {last}.")
)


class StartField(MonthField):
    """A month that can still be counted on from."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Month:
        month = super()._deserialize(value, attr, data, **options)
        if month > LAST:
            raise self.refuse(TOO_LATE, last=LAST)
        return month


class QuestionSchema(Schema):
    plan = Choice(Plan, required=True, about="`basic` is JKK and JKM, `complete` adds JHT.")
    monthly_income = IncomeField(
        required=True, written=True, example=1_500_000, about="It decides the band."
    )
    occupation = Text(
        required=True,
        max_length=64,
        example="TR01",
        about="The code of the first occupation; it decides the sector, and so the relief.",
    )
    months = PeriodField(required=True, written=True, about="How many months, from `from` on.")
    start = StartField(data_key="from", about="The first month; the current one if left out.")
    payer = Choice(
        PayerKind,
        load_default=PayerKind.SELF,
        about="Who pays: there is no relief on what the state pays (`apbn`, `apbd`).",
    )
    rates_version = Text(
        max_length=16, example="2025-12", about="The newest if left out. It is never changed."
    )


class LineSchema(Schema):
    programme = Choice(Programme, required=True)
    base = RupiahField(required=True, example=10_000)
    relief = RupiahField(required=True, example=5_000, about="Taken off the base.")
    amount = RupiahField(required=True, example=5_000)
    rule = Text(
        required=True,
        dump_only=True,
        allow_none=True,
        example="pp50-2025-transport",
        about="The relief that applies; null if none does.",
    )
    basis = Text(
        required=True,
        dump_only=True,
        example="PP 44/2015 Lampiran II; PP 50/2025",
        about="The law behind the amount.",
    )


_LINES = [
    {
        "programme": programme,
        "base": base,
        "relief": base // 2,
        "amount": base // 2,
        "rule": "pp50-2025-transport",
        "basis": "PP 44/2015 Lampiran II; PP 50/2025",
    }
    for programme, base in (("JKK", 10_000), ("JKM", 6_800))
]


class PricedMonthSchema(Schema):
    month = MonthField(required=True)
    lines = Listed(Inner(LineSchema), required=True, example=_LINES)
    amount = RupiahField(required=True, example=8_400)


class QuoteSchema(Schema):
    band = WholeNumber(1, 99, required=True, example=1)
    reference_income = RupiahField(required=True, example=1_000_000)
    rates_version = Text(required=True, dump_only=True, example="2025-12")
    months = Listed(Inner(PricedMonthSchema), required=True)
    total = RupiahField(required=True, example=8_400)
