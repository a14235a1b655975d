"""What can be chosen, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models.benefits import Benefit, benefits_of
from models.pricing import Quote, Terms
from models.pricing import quote as priced
from models.rates import RateBook, UnknownRatesVersion
from models.values.month import Month
from models.values.payer import PayerKind
from models.values.person_faults import UNKNOWN_OCCUPATION
from models.values.plan import PROGRAMME_NAMES, Plan, Programme
from models.values.rupiah import Rupiah
from models.values.sector import Sector
from models.values.words import Words
from services.errors import FieldFault, Invalid
from services.ports import Ports


@dataclass(frozen=True)
class ProgrammeOffered:
    programme: Programme
    name: Words
    benefits: tuple[Benefit, ...]


@dataclass(frozen=True)
class PlanOffered:
    plan: Plan
    name: Words
    description: Words
    programmes: tuple[ProgrammeOffered, ...]


@dataclass(frozen=True, kw_only=True)
class Question:
    """:param start: the first month; ``None`` is the current one.
    :param rates_version: ``None`` is the newest.
    """

    plan: Plan
    monthly_income: Rupiah
    occupation: str
    months: int
    start: Month | None = None
    payer: PayerKind = PayerKind.SELF
    rates_version: str | None = None


def offered() -> tuple[PlanOffered, ...]:
    """The plans, smallest first. Benefits that depend on the income have no amount here."""
    return tuple(
        PlanOffered(
            plan=plan,
            name=PLAN_NAMES[plan],
            description=PLAN_DESCRIPTIONS[plan],
            programmes=tuple(
                ProgrammeOffered(each, PROGRAMME_NAMES[each], benefits_of(each, None))
                for each in plan.programmes
            ),
        )
        for plan in Plan
    )


def quote(ports: Ports, question: Question) -> Quote:
    """What some months cost. The same ``rates_version`` gives the same answer for ever.

    :raises Invalid: an unknown occupation or version, or months before the book's first;
        every fault at once.
    """
    start = question.start or Month.at(ports.clock.now())
    book = _book(ports, question.rates_version)
    occupation = ports.occupations.find(question.occupation)
    if book is None or occupation is None or start < book.first_month:
        raise Invalid(*_faults(book, known=occupation is not None, start=start))
    terms = _terms(question, occupation.sector)
    return priced(book, terms, start=start, months=question.months, payer=question.payer)


def other_faults(ports: Ports, values: Mapping[str, Any]) -> list[FieldFault]:
    """What is wrong with that part of a question that could be read, where the rest could not.

    :param values: by the names of ``Question``.
    """
    known = "occupation" not in values or ports.occupations.find(values["occupation"]) is not None
    start = values.get("start") or Month.at(ports.clock.now())
    return list(_faults(_book(ports, values.get("rates_version")), known=known, start=start))


def _book(ports: Ports, version: str | None) -> RateBook | None:
    if version is None:
        return ports.books.current
    try:
        return ports.books.version(version)
    except UnknownRatesVersion:
        return None


def _faults(book: RateBook | None, *, known: bool, start: Month) -> Iterator[FieldFault]:
    if not known:
        yield FieldFault.of("/occupation", UNKNOWN_OCCUPATION)
    if book is None:
        yield FieldFault("/rates_version", "unknown-rates-version", UNKNOWN_RATES_VERSION)
    elif start < book.first_month:
        yield FieldFault("/from", "not-priced", NOT_PRICED)


def _terms(question: Question, sector: Sector) -> Terms:
    return Terms(plan=question.plan, monthly_income=question.monthly_income, sector=sector)


PLAN_NAMES = {
    Plan.BASIC: Words("Paket Dasar", "Basic"),
    Plan.COMPLETE: Words("Paket Lengkap", "Complete"),
}
PLAN_DESCRIPTIONS = {
    Plan.BASIC: Words(
        "Perlindungan dari kecelakaan kerja dan santunan kematian.",
        "Protection against work accidents, and a death benefit.",
    ),
    Plan.COMPLETE: Words(
        "Paket Dasar ditambah tabungan hari tua.", "Basic, and savings for old age."
    ),
}
UNKNOWN_RATES_VERSION = Words(
    "Versi tarif ini tidak dikenal; kosongkan untuk tarif terbaru.",
    "There is no such version of the rates; leave it out for the current one.",
)
NOT_PRICED = Words(
    "Tarif untuk bulan ini tidak tersedia; pilih bulan yang lebih baru.",
    "There are no rates for that month; choose a later one.",
)
