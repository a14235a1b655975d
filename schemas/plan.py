"""The plans on offer, and the choice of one."""

from models.values.plan import Plan, Programme
from schemas.base import Schema
from schemas.fields import Choice, RupiahField, Text
from schemas.income import IncomeField
from schemas.month_field import MonthField
from schemas.nesting import Inner, Listed
from schemas.quote import QuoteSchema
from schemas.speaking import WordsField


class BenefitSchema(Schema):
    code = Text(required=True, dump_only=True, example="death-at-work")
    text = WordsField(
        required=True,
        attribute="words",
        example="Santunan meninggal karena kecelakaan kerja: Rp48.000.000",
    )
    amount = RupiahField(
        required=True,
        allow_none=True,
        example=48_000_000,
        about="The most that is paid, in all or a month as the text says; null where there is no "
        "ceiling or no fixed sum.",
    )


class ProgrammeSchema(Schema):
    programme = Choice(Programme, required=True)
    name = WordsField(required=True, example="Jaminan Kecelakaan Kerja")
    benefits = Listed(Inner(BenefitSchema), required=True)


class PlanSchema(Schema):
    plan = Choice(Plan, required=True)
    name = WordsField(required=True, example="Paket Dasar")
    description = WordsField(
        required=True, example="Perlindungan dari kecelakaan kerja dan santunan kematian."
    )
    programmes = Listed(Inner(ProgrammeSchema), required=True)


class PlansSchema(Schema):
    items = Listed(Inner(PlanSchema), required=True)


class PlanChoiceSchema(Schema):
    plan = Choice(Plan, required=True)
    monthly_income = IncomeField(example=1_500_000, about="Replaces the one on the register.")


class ChosenPlanSchema(Schema):
    plan = Choice(Plan, required=True)
    monthly_income = RupiahField(required=True, example=1_500_000)
    counts_from = MonthField(
        required=True, about="The first unpaid month, but never one before the current month."
    )
    price = Inner(QuoteSchema, required=True, about="Of that month.")
