"""One life, lived twice: in Jaring and in the plain model, which must agree at every step."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from datetime import date, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant
from sqlalchemy import Connection

from services.invoices import Bill
from tests.fakes import FixedClock
from tests.lives import plain_time as time
from tests.lives.agreeing import agree
from tests.lives.plain_bank import PlainBank
from tests.lives.plain_life import Answer, PlainBill, PlainLife
from tests.lives.plain_prices import BANDS, TRANSPORT, price_of
from tests.lives.real_life import RealLife, life_on, seen
from tests.lives.tally import Tally

MOVING, OTHER = (
    next(code for code, moves in TRANSPORT.items() if moves is so) for so in (True, False)
)
# The first says what sector it is.
OCCUPATIONS = st.sampled_from([[MOVING], [OTHER], [MOVING, OTHER], [OTHER, MOVING]])
_EDGES = [int(band["income_from"]) for band in BANDS]
INCOMES = st.sampled_from([0, *_EDGES, *(edge - 1 for edge in _EDGES[1:]), 50_000_000])
# From before the first relief to after the last one; one in three on the edge of a month.
_MONTHS = st.integers(time.month_with(date(2025, 11, 1)), time.month_with(date(2027, 12, 1)))
STARTS = st.one_of(
    st.builds(
        lambda month, minutes: time.begin_of_month(month) + timedelta(minutes=minutes),
        _MONTHS,
        st.integers(0, 27 * 24 * 60),
    ),
    _MONTHS.map(time.begin_of_month),
    _MONTHS.map(time.end_of_month),
)
# In years and days: the youngest and the oldest who may register, and between.
AGES = st.sampled_from([(17, 0), (33, 100), (64, 300), (64, 364)])


class Life(RuleBasedStateMachine):
    """What the two lives are, and that they agree. What can happen in them is in ``turns_of_*``.

    :ivar latest: the furthest that the clock has been.
    :ivar answers: what was said last about a day, and how many payments were booked then.
    """

    def __init__(self, connection: Connection, tally: Tally) -> None:
        super().__init__()
        self.tally, self.clock = tally, FixedClock()
        self._ending = ExitStack()
        ports = self._ending.enter_context(life_on(connection, self.clock))
        self.real = RealLife(ports, self.clock)
        self.bills: list[tuple[Bill, PlainBill]] = []
        self.answers: dict[date, tuple[int, Answer]] = {}

    @initialize(
        start=STARTS,
        age=AGES,
        occupations=OCCUPATIONS,
        income=INCOMES,
        plan=st.sampled_from(["basic", "complete"]),
    )
    def registers(
        self,
        start: datetime,
        age: tuple[int, int],
        occupations: list[str],
        income: int,
        plan: str,
    ) -> None:
        self.clock.time = self.start = self.latest = start
        born = _years_before(time.day_of(start), *age)
        self.real.register(birth_date=born, occupations=occupations, income=income)
        self.plain = PlainLife(income=income, occupation=occupations[0])
        self.bank = PlainBank(self.plain)
        self.money_moved = True
        self.meant = plan

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def happened(self, what: str) -> None:
        self.tally.events[what] += 1

    @invariant()
    def both_say_the_same_of_now(self) -> None:
        self.tally.steps += 1
        agree(self.real.answer(None), self.plain.answer_now(self.now), "cover now")

    @invariant()
    def both_have_the_same_books(self) -> None:
        if not self.money_moved:
            return
        self.money_moved = False
        self._months_are_the_same()
        self._bills_are_the_same(newest=2)

    def _months_are_the_same(self) -> None:
        """The rows are in order of months, and no month has two: compare what was paid, in turn."""
        paid = [
            (each.month, each.paid_at, price_of(each.month, each.terms)) for each in self.plain.paid
        ]
        agree(self.real.paid_months(), paid, "paid months")

    def _bills_are_the_same(self, newest: int) -> None:
        real = {bill.id: bill for bill in self.real.bills(newest)}
        agree(len(real), min(newest, len(self.bills)), "how many bills there are")
        for bill, plain in self.bills:
            if bill.id not in real:
                continue
            agree(seen(real[bill.id]), plain.seen(self.now), "a bill")

    def ask_on(self, day: date) -> None:
        """About the end of a day; what was said about a past one is remembered."""
        answer = self.real.answer(day)
        agree(answer, self.plain.answer_on(day), f"cover on {day}")
        # Well past: the clock may go back a minute.
        if time.end_of(day) < self.latest - timedelta(minutes=2):
            self._never_says_otherwise(day, answer)

    def _never_says_otherwise(self, day: date, answer: Answer) -> None:
        """Only where a bank told late of money that was there by then, and only for the better
        (decision 9)."""
        known, before = self.answers.get(day, (0, answer))
        booked = self.bank.booked
        if not any(paid_at <= time.end_of(day) for paid_at in booked[known:]):
            agree(answer, before, f"{day}, about which it said something else before,")
        elif before.status == "active":
            agree(answer.status, "active", f"{day}, which was covered,")
        self.answers[day] = len(booked), answer

    def teardown(self) -> None:
        # When it ends badly, what went wrong is known already.
        ends_well = sys.exc_info()[0] is None
        with self._ending:
            if ends_well and hasattr(self, "start"):
                for day in list(self.answers):
                    self.ask_on(day)
                agree(self.real.unbalanced(), [], "workers whose money does not add up")
                self._bills_are_the_same(newest=100)
                self.tally.lives += 1
                self.tally.days += (self.now - self.start).days


def _years_before(day: date, years: int, days: int) -> date:
    month = time.month_with(day) - years * 12
    same = min(time.first_day(month) + timedelta(days=day.day - 1), time.last_day(month))
    return same - timedelta(days=days)
