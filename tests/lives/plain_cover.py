"""Cover as the domain page tells it, from a plain list of paid months.

This is the second opinion: written from the page alone, it reads nothing of what it is compared
with, and says each rule the long way round.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tests.lives import plain_time as time
from tests.lives.plain_prices import PROGRAMMES, Terms

GRACE_MONTHS = 3
WAITING_MONTHS = 3


@dataclass(frozen=True)
class PaidMonth:
    month: int
    terms: Terms
    paid_at: datetime
    """When the money was there, and so when it begins to protect."""

    @property
    def protects(self) -> bool:
        """A month that is paid for after its end protects nothing any more."""
        return self.paid_at <= time.end_of_month(self.month)

    @property
    def protects_from(self) -> datetime:
        return max(self.paid_at, time.begin_of_month(self.month))


@dataclass(frozen=True)
class Cover:
    """What can be said about one instant, from what had been paid by then."""

    paid: list[PaidMonth]
    instant: datetime

    @classmethod
    def at(cls, instant: datetime, paid: list[PaidMonth]) -> Cover:
        by_then = sorted((each for each in paid if each.paid_at <= instant), key=_month)
        known: list[PaidMonth] = []
        for each in by_then:
            # A month to come alone is none yet: those before it are paid a moment from now, by a
            # clock ahead of ours.
            goes_on = known and known[-1].month == each.month - 1
            if each.month <= time.month_of(instant) or goes_on:
                known.append(each)
        return cls(known, instant)

    @property
    def unpaid(self) -> list[int]:
        """The months after the last paid one, as far as they have begun."""
        return list(range(self.paid[-1].month + 1, time.month_of(self.instant) + 1))

    @property
    def status(self) -> str:
        if not self.paid:
            return "not_started"
        if not self.unpaid:
            return "active"
        return "grace" if len(self.unpaid) <= GRACE_MONTHS else "lapsed"

    @property
    def arrears(self) -> list[int]:
        return self.unpaid if self.status == "grace" else []

    @property
    def stretch(self) -> list[PaidMonth]:
        """The last unbroken protection: months that begin where the one before ends."""
        stretch: list[PaidMonth] = []
        for each in self.paid:
            if not each.protects:
                continue
            from_the_first = each.paid_at <= time.begin_of_month(each.month)
            goes_on = stretch and stretch[-1].month == each.month - 1 and from_the_first
            stretch = [*stretch, each] if goes_on else [each]
        return stretch

    @property
    def protected_from(self) -> datetime | None:
        return self.stretch[0].protects_from if self.stretch else None

    @property
    def protected_until(self) -> date | None:
        return time.last_day(self.stretch[-1].month) if self.stretch else None

    @property
    def next_due_on(self) -> date | None:
        """The last day on which to pay without owing arrears."""
        if self.status in ("not_started", "lapsed"):
            return None
        return time.last_day(self.paid[-1].month)

    @property
    def member_since(self) -> datetime:
        """When the membership began that has not lapsed since."""
        began = self.paid[0]
        for before, after in zip(self.paid, self.paid[1:], strict=False):
            if after.month - before.month > 1:
                began = after
        return began.protects_from

    @property
    def month_shown(self) -> PaidMonth | None:
        """This month if it is paid for, or else the last one that is."""
        current = time.month_of(self.instant)
        this_one = [each for each in self.paid if each.month == current]
        return this_one[0] if this_one else self.paid[-1] if self.paid else None

    @property
    def programmes(self) -> list[tuple[str, str, date | None]]:
        """Each with its status, and the first day of its full benefit if that is to come."""
        if self.month_shown is None:
            return []
        return [self._programme(each) for each in PROGRAMMES[self.month_shown.terms.plan]]

    def _programme(self, name: str) -> tuple[str, str, date | None]:
        if self.status != "active":
            return name, "inactive", None
        full_on = time.months_later(time.day_of(self.member_since), WAITING_MONTHS)
        if name == "JKM" and time.day_of(self.instant) < full_on:
            return name, "waiting", full_on
        return name, "active", None


def _month(paid: PaidMonth) -> int:
    return paid.month
