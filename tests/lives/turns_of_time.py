"""Time passes: by minutes and months, and up to the edges where things change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.lives import plain_time as time
from tests.lives.life import Life

LEAP_DAY = date(2028, 2, 29)


def _midnight_utc(now: datetime) -> datetime:
    return datetime(now.year, now.month, now.day, tzinfo=UTC) + timedelta(days=1)


UNTIL: dict[str, Callable[[datetime], datetime]] = {
    "a minute later": lambda now: now + timedelta(minutes=1),
    "five hours later": lambda now: now + timedelta(hours=5),
    "a day later": lambda now: now + timedelta(days=1),
    "nine days later": lambda now: now + timedelta(days=9),
    "midnight in Jakarta": lambda now: time.begin_of(time.day_of(now) + timedelta(days=1)),
    "midnight in London": _midnight_utc,
    "the last instant of the month": lambda now: time.end_of_month(time.month_of(now)),
    "the first instant of the next": lambda now: time.begin_of_month(time.month_of(now) + 1),
    "leap day": lambda now: max(now, time.begin_of(LEAP_DAY)),
    "its last instant": lambda now: max(now, time.end_of(LEAP_DAY)),
}
# Within a month.
PART_OF_MONTH: dict[str, Callable[[int], datetime]] = {
    "its first instant": time.begin_of_month,
    "the 15th": lambda month: time.begin_of_month(month) + timedelta(days=14, hours=9),
    "its last day": lambda month: time.begin_of(time.last_day(month)) + timedelta(hours=9),
    "its last instant": time.end_of_month,
}
PARTS = st.sampled_from(list(PART_OF_MONTH))
LATER = st.sampled_from([1, 2, 3, 4, 7, 13])


class TurnsOfTime(Life):
    @rule(until=st.sampled_from(list(UNTIL)))
    def it_is(self, until: str) -> None:
        self._set(UNTIL[until](self.now))

    @rule(months=LATER, when=PARTS)
    def months_pass(self, months: int, when: str) -> None:
        self._set(PART_OF_MONTH[when](time.month_of(self.now) + months))

    @precondition(lambda self: self.bills)
    @rule(after=st.sampled_from([timedelta(0), time.INSTANT, timedelta(minutes=1)]))
    def the_last_bill_runs_out(self, after: timedelta) -> None:
        self._set(max(self.now, self.bills[-1][1].expires_at + after))

    @precondition(lambda self: self.now == self.latest)
    @rule()
    def the_clock_goes_back_a_minute(self) -> None:
        """As that of another server may, never by more."""
        self.clock.time -= timedelta(minutes=1)

    def _set(self, instant: datetime) -> None:
        self.clock.time = instant
        self.latest = max(self.latest, instant)
