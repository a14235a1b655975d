"""When a worker's cover turned, from the months that were paid.

It turns where a month begins that is not paid, and where a payment settles. Pure: ``models/month_turn``
finds the same among all workers at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from models.coverage import CoverageStatus, status_at
from models.policy import GRACE_MONTHS, Policy
from models.spells import PaidMonth
from models.values.month import Month

# Clocks and the database count no less.
_LEAST = timedelta(microseconds=1)

TURN_AFTER = Policy(
    timedelta(minutes=5),
    since=date(2026, 11, 25),
    basis="So long after a month has begun nobody's clock says any more that it has not: a worker's "
    "clock that is a minute fast must not end anybody's cover a minute early.",
)


class CoverageEventName(StrEnum):
    """What partners are told, by the names in their contract."""

    ACTIVATED = "coverage.activated"
    """Covered for the first time."""
    GRACE = "coverage.grace"
    LAPSED = "coverage.lapsed"
    RESTORED = "coverage.restored"
    """Covered again, after grace or a lapse."""


# How many months after the last paid one it happens.
UNPAID_FOR = {CoverageEventName.GRACE: 1, CoverageEventName.LAPSED: GRACE_MONTHS.value + 1}

_NAMES = {
    (CoverageStatus.NOT_STARTED, CoverageStatus.ACTIVE): CoverageEventName.ACTIVATED,
    (CoverageStatus.GRACE, CoverageStatus.ACTIVE): CoverageEventName.RESTORED,
    (CoverageStatus.LAPSED, CoverageStatus.ACTIVE): CoverageEventName.RESTORED,
    (CoverageStatus.ACTIVE, CoverageStatus.GRACE): CoverageEventName.GRACE,
    (CoverageStatus.GRACE, CoverageStatus.LAPSED): CoverageEventName.LAPSED,
}
_SAYS = {
    CoverageEventName.GRACE: CoverageStatus.GRACE,
    CoverageEventName.LAPSED: CoverageStatus.LAPSED,
}
_INSTEAD = {
    CoverageStatus.ACTIVE: CoverageEventName.RESTORED,
    CoverageStatus.GRACE: CoverageEventName.GRACE,
}


@dataclass(frozen=True, slots=True)
class Turn:
    """:param happened_at: the first instant at which the cover is what the event says."""

    event: CoverageEventName
    happened_at: datetime


def turns(paid: Sequence[PaidMonth], after: datetime, until: datetime) -> list[Turn]:
    """How the cover turned after one instant and up to another (included), in order."""
    settled = {each.settled_at for each in paid if after < each.settled_at <= until}
    instants = sorted(settled.union(_month_starts(after, until)))
    return [turn for at in instants if (turn := turn_at(paid, at)) is not None]


def turns_since_payment(
    paid: Sequence[PaidMonth], settled_at: datetime, now: datetime
) -> list[Turn]:
    """How the cover has turned since the payment before the one that settled at an instant.

    Before who pays for the first time paid, nothing can have turned.
    """
    before = [each.settled_at for each in paid if each.settled_at < settled_at]
    return turns(paid, max(before, default=settled_at - _LEAST), now)


def turn_at(paid: Sequence[PaidMonth], at: datetime) -> Turn | None:
    """How the cover turned at an instant, if it did."""
    event = _NAMES.get((status_at(paid, at - _LEAST), status_at(paid, at)))
    return None if event is None else Turn(event, at)


def amends(paid: Sequence[PaidMonth], told: Iterable[Turn]) -> list[Turn]:
    """What to tell where it turns out that what was told of the beginning of a month is not so.

    A bank may tell on the 2nd of what was paid on the 30th: cover went on, though it was told on the
    1st that it did not. The gap that was told of then ends at the instant at which it began.
    """
    amended = []
    for turn in told:
        status = status_at(paid, turn.happened_at)
        if turn.event in _SAYS and status is not _SAYS[turn.event] and status in _INSTEAD:
            amended.append(Turn(_INSTEAD[status], turn.happened_at))
    return amended


def _month_starts(after: datetime, until: datetime) -> Iterator[datetime]:
    first = Month.at(after) + 1
    return (month.starts_at for month in first.span(max(0, Month.at(until).minus(first) + 1)))


def months_to_turn(last: Month | None, first_unpaid: Month | None, now: datetime) -> list[Month]:
    """The months whose beginning is still to be told of, the oldest first.

    :param last: the last one that was told of, if any was.
    :param first_unpaid: the first one that anybody has not paid for, of those who ever paid. Before
        it nothing can have happened, so a database that is told of late is told of whole.
    """
    start = first_unpaid if last is None else last + 1
    if start is None:
        return []
    return list(start.span(max(0, Month.at(now - TURN_AFTER.value).minus(start) + 1)))
