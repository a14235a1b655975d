"""Somebody asks about a day, long gone or to come, and asks again."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.lives import plain_time as time
from tests.lives.life import Life


class TurnsOfAsking(Life):
    @rule(months=st.integers(-24, 12), day=st.integers(0, 28))
    def asks_about_a_day(self, months: int, day: int) -> None:
        """:param day: of the month; 0 is the last of the month before."""
        first = time.first_day(time.month_of(self.now) + months)
        self.ask_on(first + timedelta(days=day - 1))

    @precondition(lambda self: self.bank.booked)
    @rule(which=st.integers(0, 5), days=st.sampled_from([-1, 0, 1]))
    def asks_about_the_day_of_a_payment(self, which: int, days: int) -> None:
        paid_at = self.bank.booked[-1 - which % len(self.bank.booked)]
        self.ask_on(time.day_of(paid_at) + timedelta(days=days))

    @precondition(lambda self: self.answers)
    @rule(which=st.integers(0, 20))
    def asks_again(self, which: int) -> None:
        self.ask_on(list(self.answers)[which % len(self.answers)])
