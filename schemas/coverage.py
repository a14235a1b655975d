"""Whether somebody is covered."""

from datetime import date
from functools import lru_cache
from typing import Any

import marshmallow as ma

from models.coverage import CoverageStatus, ProgrammeCover, ProgrammeStatus
from models.next_step import NextStep
from models.values.faults import Fault
from models.values.plan import Plan, Programme
from models.values.words import Language, Words
from schemas.base import Schema
from schemas.fields import Choice, Day, Instant, RupiahField, Text, WholeNumber
from schemas.nesting import Inner, Listed
from schemas.plan import BenefitSchema
from schemas.speaking import WordsField, spoken_language

FIRST, LAST = date(2014, 1, 1), date(2099, 12, 31)
OUT_OF_RANGE = Fault(
    "out-of-range",
    Words("Pilih hari dari {first} sampai {last}.", "Choose a day from {first} to {last}."),
)


class DayAskedField(Day):
    """A day on which BPJS Ketenagakerjaan exists (from 2014 on), and not beyond all plans."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> date:
        day = super()._deserialize(value, attr, data, **options)
        if not FIRST <= day <= LAST:
            raise self.refuse(OUT_OF_RANGE, first=FIRST, last=LAST)
        return day


class CoverageQuerySchema(Schema):
    on = DayAskedField(
        load_default=None,
        example="2026-12-10",
        about="A Jakarta day: the answer is for its end. Now, if left out.",
    )


class ArrearsSchema(Schema):
    months = WholeNumber(0, 3, required=True, example=0, about="How many are unpaid.")
    amount = RupiahField(required=True, example=0, about="Their price, each at its own terms.")


class ProgrammeCoverSchema(Schema):
    programme = Choice(Programme, required=True)
    status = Choice(
        ProgrammeStatus,
        required=True,
        about="`waiting`: the full death benefit is still to come, until then the funeral grant.",
    )
    benefits = Listed(Inner(BenefitSchema), required=True)
    waiting_until = Day(
        example="2027-02-22", about="The first day of the full benefit; absent unless `waiting`."
    )

    @ma.post_dump
    def _leave_out(self, told: dict[str, Any], **_: Any) -> dict[str, Any]:
        if told["waiting_until"] is None:
            del told["waiting_until"]
        return told


_PROGRAMME = ProgrammeCoverSchema()


class ProgrammesField(Listed):
    """What is said about a programme is the same for all workers of a band, and longer than
    the rest of the answer together: it is put into words once."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> Any:
        language = spoken_language.get()
        return [_in_words(cover, language) for cover in value]


@lru_cache(maxsize=2048)
def _in_words(cover: ProgrammeCover, language: Language) -> Any:
    """In the spoken language, which is named so that each language is remembered by itself."""
    return _PROGRAMME.dump(cover)


_ACTIVE_AND_WAITING = [
    {
        "programme": "JKK",
        "status": "active",
        "benefits": [
            {
                "code": "death-at-work",
                "text": "Santunan meninggal karena kecelakaan kerja: Rp48.000.000",
                "amount": 48_000_000,
            }
        ],
    },
    {
        "programme": "JKM",
        "status": "waiting",
        "benefits": [
            {"code": "funeral-grant", "text": "Biaya pemakaman: Rp10.000.000", "amount": 10_000_000}
        ],
        "waiting_until": "2027-02-22",
    },
]


class CoverageSchema(Schema):
    status = Choice(CoverageStatus, required=True, example="active")
    member_number = Text(
        required=True,
        dump_only=True,
        allow_none=True,
        example="48201937465",
        about="KPJ; null before the first payment. Always today's, also about another day (`on`).",
    )
    plan = Choice(Plan, required=True, allow_none=True)
    protected_from = Instant(required=True, allow_none=True)
    protected_until = Day(
        required=True, allow_none=True, example="2027-01-31", about="The last protected day."
    )
    next_due_on = Day(
        required=True,
        allow_none=True,
        example="2027-01-31",
        about="The last day on which to pay without owing arrears. Null before the first payment, "
        "after a lapse, and where no money is taken: the identity was refused, or erasure was asked "
        "for.",
    )
    credit = RupiahField(required=True, example=0, about="Used first on the next invoice.")
    arrears = Inner(ArrearsSchema, required=True)
    programmes = ProgrammesField(
        Inner(ProgrammeCoverSchema), required=True, example=_ACTIVE_AND_WAITING
    )
    explanation = WordsField(
        required=True,
        example="Anda terlindungi sampai 31 Januari 2027; bayar paling lambat hari itu agar "
        "perlindungan tidak terputus.",
    )
    next_step = Choice(NextStep, required=True, example="none")
    as_of = Instant(required=True)
