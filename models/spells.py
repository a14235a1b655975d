"""Spells of membership: months paid in a row, and what they protect.

A month protects from its first instant, or from the instant it was settled if that
was later, to its end. A month settled after its end keeps the membership unbroken
but protects nothing. A month that was taken back before it began counts until then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from models.policy import GRACE_MONTHS, MONTHS_AHEAD, OFFERED_PERIODS
from models.values.jakarta import day_of
from models.values.month import Month
from models.values.plan import Plan
from models.values.rupiah import Rupiah


class TooFarAhead(ValueError):
    """The months asked for would reach further ahead than may be paid for."""


class PaidMonth(Protocol):
    """A contribution month that was paid, whoever paid it."""

    @property
    def month(self) -> Month: ...

    @property
    def settled_at(self) -> datetime:
        """The instant from which it protects."""
        ...

    @property
    def refunded_at(self) -> datetime | None:
        """The instant from which it no longer counts; none for nearly every month."""
        ...

    @property
    def plan(self) -> Plan: ...

    @property
    def reference_income(self) -> Rupiah: ...


@dataclass(frozen=True, slots=True)
class Spell:
    """Months paid without a gap, in order, as known at some instant; at least one."""

    months: tuple[PaidMonth, ...]

    @property
    def started_on(self) -> date:
        """The day on which its first protection began."""
        return day_of(_protects_from(self.months[0]))

    @property
    def paid_through(self) -> Month:
        return self.months[-1].month

    @property
    def last_protection(self) -> tuple[datetime, date] | None:
        """The latest unbroken protection: its first instant and its last day."""
        start = end = None
        for paid in reversed(self.months):
            if _protects(paid):
                start, end = paid, end or paid
            if start is not None and not _paid_in_time(paid):
                break
        if start is None or end is None:
            return None
        return _protects_from(start), end.month.last_day

    def unpaid_at(self, current: Month) -> tuple[Month, ...]:
        """The months after the last paid one, up to and with the current one."""
        count = max(0, current.minus(self.paid_through))
        return tuple((self.paid_through + 1).span(count))

    @property
    def last_month_of_grace(self) -> Month:
        return self.paid_through + GRACE_MONTHS.value

    def has_lapsed_by(self, current: Month) -> bool:
        return current > self.last_month_of_grace

    def month_shown(self, current: Month) -> PaidMonth:
        """The current month if it is paid, or else the last paid one."""
        return next((p for p in self.months if p.month == current), self.months[-1])


def spell_at(paid: Sequence[PaidMonth], at: datetime) -> Spell | None:
    """The latest spell begun by then, from what had been settled and stood then."""
    begun = spells_at(paid, at)
    return begun[-1] if begun else None


def spells_at(paid: Sequence[PaidMonth], at: datetime) -> list[Spell]:
    """All spells begun by then, the latest last."""
    current = Month.at(at)
    settled = [p for p in paid if p.settled_at <= at and not _taken_back(p, at)]
    return [spell for spell in _spells(_in_order(settled)) if spell.months[0].month <= current]


def last_protection(spells: Sequence[Spell]) -> tuple[datetime, date] | None:
    """The latest unbroken protection in any of them.

    It need not be in the latest: where a month was settled by a clock that is ahead of ours, the one
    after it seems to stand alone, and arrears protect nothing.
    """
    told = (spell.last_protection for spell in reversed(spells))
    return next((protection for protection in told if protection is not None), None)


def first_unpaid(paid: Sequence[PaidMonth], at: datetime) -> Month:
    """The month that the next payment settles first.

    The current one for who never paid or has lapsed: there are no arrears then. What has been
    settled counts even if ``at`` is earlier, because the clocks of two servers differ: no month
    is billed again.
    """
    standing = [p for p in paid if not _taken_back(p, at)]
    return first_unpaid_after(max((p.month for p in standing), default=None), at)


def first_unpaid_after(paid_through: Month | None, at: datetime) -> Month:
    """``first_unpaid``, by the last month that stands: where a thousand workers are asked about."""
    current = Month.at(at)
    if paid_through is None or current > paid_through + GRACE_MONTHS.value:
        return current
    return paid_through + 1


def is_in_turn(
    month: Month, paid: Sequence[PaidMonth], paid_through: Month | None, paid_at: datetime
) -> bool:
    """Whether money that was paid for months from this one on still settles them.

    Months settle strictly in order: it must have been the oldest unpaid one when it was paid for,
    and before we heard of it nothing from there on may have been settled, and nothing that had been
    paid by then taken back.

    :param paid: all that the worker ever paid. :param paid_through: the last month that stands.
    :param paid_at: when the money was paid.
    """
    if paid_through is not None and paid_through >= month:
        return False
    if any(each.refunded_at and each.refunded_at > paid_at for each in paid):
        return False
    return first_unpaid(paid, paid_at) == month


def months_to_settle(paid: Sequence[PaidMonth], at: datetime, count: int) -> tuple[Month, ...]:
    """The months that a payment for ``count`` months settles, the oldest first.

    :raises TooFarAhead: the last of them is more than 12 months after the current one.
    """
    months = tuple(first_unpaid(paid, at).span(count))
    if months and months[-1].minus(Month.at(at)) > MONTHS_AHEAD.value:
        raise TooFarAhead(str(months[-1]))
    return months


def months_due(paid: Sequence[PaidMonth], at: datetime) -> int:
    """For how many months to pay: the shortest offered period that settles all arrears; the next
    month alone where there are none."""
    spell, current = spell_at(paid, at), Month.at(at)
    in_spell = spell is not None and not spell.has_lapsed_by(current)
    unpaid = spell.unpaid_at(current) if spell is not None and in_spell else ()
    return min(period for period in OFFERED_PERIODS.value if period >= len(unpaid))


def change_counts_from(paid: Sequence[PaidMonth], at: datetime) -> Month:
    """The first month for which a change of plan, income or work made now counts.

    Never an earlier month than the current one, so that arrears cannot be re-priced.
    """
    return max(first_unpaid(paid, at), Month.at(at))


def protection_of(months: Sequence[Month], settled_at: datetime) -> tuple[datetime, date] | None:
    """From when and until which day months in a row protect that are settled together."""
    ahead = [month for month in months if settled_at < month.ends_at]
    if not ahead:
        return None
    return max(settled_at, ahead[0].starts_at), ahead[-1].last_day


def _taken_back(paid: PaidMonth, at: datetime) -> bool:
    return paid.refunded_at is not None and paid.refunded_at <= at


def _protects_from(paid: PaidMonth) -> datetime:
    return max(paid.settled_at, paid.month.starts_at)


def _paid_in_time(paid: PaidMonth) -> bool:
    """Whether it protects from the very beginning of its month."""
    return paid.settled_at <= paid.month.starts_at


def _protects(paid: PaidMonth) -> bool:
    """Whether it protects any part of its month."""
    return _paid_in_time(paid) or paid.settled_at < paid.month.ends_at


def _in_order(paid: Sequence[PaidMonth]) -> list[PaidMonth]:
    return sorted(paid, key=lambda p: p.month)


def _spells(settled: Sequence[PaidMonth]) -> Iterator[Spell]:
    """Split months in order where one is missing."""
    run: list[PaidMonth] = []
    for paid in settled:
        if run and paid.month.minus(run[-1].month) > 1:
            yield Spell(tuple(run))
            run = []
        run.append(paid)
    if run:
        yield Spell(tuple(run))
