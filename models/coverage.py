"""Whether a worker is covered, at any instant, from the months that were paid.

Only what had been settled by the instant in question counts, and had not been taken
back, so the answer about a past day never changes, whatever is paid or refunded later;
about a day to come it assumes that nothing more is paid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from models.benefits import FUNERAL_GRANT, Benefit, benefits_kept, benefits_of
from models.policy import JKM_WAITING_MONTHS
from models.spells import PaidMonth, Spell, last_protection, spell_at, spells_at
from models.values.jakarta import day_of, end_of_day
from models.values.month import Month
from models.values.plan import Plan, Programme
from models.values.rupiah import Rupiah


class CoverageStatus(StrEnum):
    NOT_STARTED = "not_started"
    ACTIVE = "active"
    GRACE = "grace"
    """Not protected; arrears may be settled."""
    LAPSED = "lapsed"
    """Not protected; paying again starts a new spell."""


class ProgrammeStatus(StrEnum):
    ACTIVE = "active"
    WAITING = "waiting"
    """JKM in the first three months of a spell: the funeral grant only."""
    INACTIVE = "inactive"


@dataclass(frozen=True, kw_only=True, slots=True)
class ProgrammeCover:
    """``waiting_until``: the first day of the full benefit, while it is still to come."""

    programme: Programme
    status: ProgrammeStatus
    waiting_until: date | None = None
    benefits: tuple[Benefit, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """A worker's cover as of one instant.

    Outside ``active``, ``protected_from`` and ``protected_until`` tell of the last
    protection there was, and plan and reference income are those of the last paid
    month. Arrears settled in part move ``paid_through`` and ``next_due_on`` on, but
    not ``protected_until``: an unpaid day stays unprotected.
    """

    as_of: datetime
    status: CoverageStatus
    plan: Plan | None = None
    reference_income: Rupiah | None = None
    protected_from: datetime | None = None
    protected_until: date | None = None
    """The last protected day (included)."""
    paid_through: Month | None = None
    next_due_on: date | None = None
    """The last day on which to pay without owing arrears; none when not started or lapsed."""
    settle_by: date | None = None
    """In grace: the last day on which arrears can be settled."""
    spell_started_on: date | None = None
    unpaid_months: tuple[Month, ...] = ()
    """In grace: the first unpaid month to the current one."""
    programmes: tuple[ProgrammeCover, ...] = ()


def coverage_at(paid: Sequence[PaidMonth], at: datetime) -> Coverage:
    """The cover at an aware instant, from all months that were ever paid."""
    begun, current = spells_at(paid, at), Month.at(at)
    if not begun:
        return Coverage(as_of=at, status=CoverageStatus.NOT_STARTED)
    spell = begun[-1]
    status = _status(spell, current)
    in_grace = status is CoverageStatus.GRACE
    has_lapsed = status is CoverageStatus.LAPSED
    shown = spell.month_shown(current)
    protected_from, protected_until = last_protection(begun) or (None, None)
    return Coverage(
        as_of=at,
        status=status,
        plan=shown.plan,
        reference_income=shown.reference_income,
        protected_from=protected_from,
        protected_until=protected_until,
        paid_through=spell.paid_through,
        next_due_on=None if has_lapsed else spell.paid_through.last_day,
        settle_by=spell.last_month_of_grace.last_day if in_grace else None,
        spell_started_on=spell.started_on,
        unpaid_months=spell.unpaid_at(current) if in_grace else (),
        programmes=_programmes(status, shown, spell.started_on, day_of(at)),
    )


def status_at(paid: Sequence[PaidMonth], at: datetime) -> CoverageStatus:
    """``coverage_at(paid, at).status``, for who wants to know no more."""
    spell = spell_at(paid, at)
    return CoverageStatus.NOT_STARTED if spell is None else _status(spell, Month.at(at))


def coverage_on(paid: Sequence[PaidMonth], day: date) -> Coverage:
    """The cover at the end of a Jakarta day."""
    return coverage_at(paid, last_instant_of(day))


def last_instant_of(day: date) -> datetime:
    """The last instant that still belongs to the day; clock and database count microseconds."""
    return end_of_day(day) - timedelta(microseconds=1)


def _status(spell: Spell, current: Month) -> CoverageStatus:
    if spell.has_lapsed_by(current):
        return CoverageStatus.LAPSED
    if spell.unpaid_at(current):
        return CoverageStatus.GRACE
    return CoverageStatus.ACTIVE


def _programmes(
    status: CoverageStatus, shown: PaidMonth, started_on: date, today: date
) -> tuple[ProgrammeCover, ...]:
    if status is not CoverageStatus.ACTIVE:
        return tuple(
            ProgrammeCover(
                programme=programme,
                status=ProgrammeStatus.INACTIVE,
                benefits=benefits_kept(programme),
            )
            for programme in shown.plan.programmes
        )
    full_on = jkm_full_on(started_on)
    return tuple(
        _waiting(full_on)
        if programme is Programme.JKM and today < full_on
        else ProgrammeCover(
            programme=programme,
            status=ProgrammeStatus.ACTIVE,
            benefits=benefits_of(programme, shown.reference_income),
        )
        for programme in shown.plan.programmes
    )


def _waiting(full_on: date) -> ProgrammeCover:
    return ProgrammeCover(
        programme=Programme.JKM,
        status=ProgrammeStatus.WAITING,
        waiting_until=full_on,
        benefits=(FUNERAL_GRANT,),
    )


def jkm_full_on(started_on: date) -> date:
    """The first day of the full JKM benefit in a spell that started on this day."""
    month = Month.of(started_on) + JKM_WAITING_MONTHS.value
    return month.first_day.replace(day=min(started_on.day, month.last_day.day))
