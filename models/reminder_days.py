"""On which days workers are reminded to pay, and at what time of day.

Counted from the day shown as next due: the last day of the last paid month. After arrears were
settled in part that is later than the last protected day, and the right one to count from: what was
due before has been paid.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.policy import Policy
from models.values.jakarta import WIB, day_of, end_of_day, start_of_day
from models.values.month import Month

REMINDER_DAYS = Policy(
    (-7, -1, 0, 30, 60, 80),
    since=date(2026, 11, 25),
    basis="As the consent to reminders says. A week to find the money, the last day but one and the "
    "last day of cover; then once in each month of grace, the last time while arrears can still be "
    "settled.",
)

MADE_UP_WITHIN = Policy(
    3,
    since=date(2026, 11, 25),
    basis="Days. What could not be sent on its day, over a long weekend without a gateway say, is of "
    "use a few days later still; after that it would only be in the way of the next one.",
)

REMINDER_HOURS = Policy(
    (9, 20),
    since=date(2026, 11, 25),
    basis="From 09:00 and before 20:00 in Jakarta, which is 11:00 to 22:00 in Papua: nobody is woken.",
)

MOST_WAITING = Policy(
    10_000,
    since=date(2026, 11, 25),
    basis="So many reminders wait to be sent at a time, however many are due: what is planned late "
    "is left out for who has paid meanwhile, and the queue stays short.",
)


@dataclass(frozen=True, slots=True)
class Due:
    """One reminder to all whose last paid month this is.

    :param days: from the day that is due.
    """

    paid_through: Month
    days: int

    @property
    def missed_by(self) -> datetime:
        """The first instant after its day. Who paid for their last month later has not missed it."""
        return end_of_day(self.paid_through.last_day + timedelta(days=self.days))


def reminder_on(day: date, due_on: date) -> int | None:
    """The days of the reminder that is sent on a day, if one is: the latest whose day has come,
    unless that was too long ago."""
    since = (day - due_on).days
    reached = [each for each in REMINDER_DAYS.value if each <= since]
    if not reached or since - reached[-1] > MADE_UP_WITHIN.value:
        return None
    return reached[-1]


def due_on(day: date) -> Iterator[Due]:
    """Every reminder that is sent on a day: those that matter most first."""
    first, last = REMINDER_DAYS.value[0], REMINDER_DAYS.value[-1] + MADE_UP_WITHIN.value
    latest = Month.of(day - timedelta(days=first))
    earliest = Month.of(day - timedelta(days=last))
    for back in range(latest.minus(earliest) + 1):
        month = latest + -back
        days = reminder_on(day, month.last_day)
        if days is not None:
            yield Due(month, days)


def in_hours(now: datetime) -> bool:
    opens, closes = REMINDER_HOURS.value
    return opens <= now.astimezone(WIB).hour < closes


def opened_at(now: datetime) -> datetime:
    """From when on reminders are sent on the present day."""
    return start_of_day(day_of(now)) + timedelta(hours=REMINDER_HOURS.value[0])
