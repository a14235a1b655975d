"""The price of contribution months. Every month is priced by itself, by the month paid for."""

from __future__ import annotations

from dataclasses import dataclass

from models.rates import NotPricedYet, RateBook, Relief
from models.values.month import Month
from models.values.payer import PayerKind
from models.values.plan import Plan, Programme
from models.values.rupiah import Rupiah
from models.values.sector import Sector


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """What a month is priced by, besides the month itself and who pays."""

    plan: Plan
    monthly_income: Rupiah
    sector: Sector


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One programme's part. ``rule`` is the relief applied, ``basis`` the law behind the amount."""

    programme: Programme
    base: Rupiah
    relief: Rupiah
    rule: str | None
    basis: str

    @property
    def amount(self) -> Rupiah:
        return self.base - self.relief


@dataclass(frozen=True, kw_only=True, slots=True)
class PricedMonth:
    month: Month
    plan: Plan
    band: int
    reference_income: Rupiah
    sector: Sector
    payer: PayerKind
    lines: tuple[Line, ...]

    @property
    def amount(self) -> Rupiah:
        return Rupiah.sum(line.amount for line in self.lines)


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """What some months in a row cost. The same version and question give the same quote."""

    rates_version: str
    band: int
    reference_income: Rupiah
    months: tuple[PricedMonth, ...]

    @property
    def total(self) -> Rupiah:
        return Rupiah.sum(month.amount for month in self.months)


def price(book: RateBook, terms: Terms, month: Month, payer: PayerKind) -> PricedMonth:
    """What one month costs under the terms, paid for by this kind of payer.

    :raises NotPricedYet: the month is earlier than the book's rates.
    """
    if month < book.first_month:
        raise NotPricedYet(str(month))
    band = book.band_for(terms.monthly_income)
    lines = (
        _line(
            programme,
            band.base[programme],
            book.basis[programme],
            book.relief_for(programme, terms.sector, month, payer),
        )
        for programme in terms.plan.programmes
    )
    return PricedMonth(
        month=month,
        plan=terms.plan,
        band=band.number,
        reference_income=band.reference_income,
        sector=terms.sector,
        payer=payer,
        lines=tuple(lines),
    )


def quote(book: RateBook, terms: Terms, *, start: Month, months: int, payer: PayerKind) -> Quote:
    """What ``months`` months from ``start`` on cost.

    :raises NotPricedYet: ``start`` is earlier than the book's rates.
    """
    band = book.band_for(terms.monthly_income)
    return Quote(
        rates_version=book.version,
        band=band.number,
        reference_income=band.reference_income,
        months=tuple(price(book, terms, month, payer) for month in start.span(months)),
    )


def _line(programme: Programme, base: Rupiah, basis: str, relief: Relief | None) -> Line:
    if relief is None:
        return Line(programme=programme, base=base, relief=Rupiah(0), rule=None, basis=basis)
    # A waiver that is no whole number of Rupiah is rounded down (policy): we never
    # waive more than the law does. At today's rates and 50 % none ever needs it.
    return Line(
        programme=programme,
        base=base,
        relief=Rupiah(base.amount * relief.percent_off // 100),
        rule=relief.rule,
        basis=f"{basis}; {relief.basis}",
    )
