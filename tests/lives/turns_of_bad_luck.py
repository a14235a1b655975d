"""Two bills are out at once, because the bank tells late: that is where it gets hard."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.lives import plain_time as time
from tests.lives.plain_cover import GRACE_MONTHS
from tests.lives.turns_of_money import PERIODS, WHICH, TurnsOfMoney

AFTER = st.sampled_from([time.INSTANT, timedelta(minutes=1)])
IN_TIME = st.sampled_from(["when made", "at the end"])


class TurnsOfBadLuck(TurnsOfMoney):
    @precondition(lambda self: self.bills)
    @rule(months=PERIODS, after=AFTER)
    def lets_a_bill_run_out_and_asks_for_another(self, months: int, after: timedelta) -> None:
        self.the_last_bill_runs_out(after)
        self.asks_for_a_bill(months)

    @rule(months=PERIODS, more=PERIODS, when=IN_TIME)
    def pays_twice(self, months: int, more: int, when: str) -> None:
        """The second bill, and the first before it, of which the bank tells last."""
        self.asks_for_a_bill(months)
        if self.bills:
            self.lets_a_bill_run_out_and_asks_for_another(more, time.INSTANT)
            self.pays(0, "now", 0, again=False)
            self.pays(1, when, 0, again=False)

    @precondition(lambda self: self.plain.paid)
    @rule(
        months=st.sampled_from([1, 2, 3, 6]),
        later=st.sampled_from([1, 1, 2, 5]),
        more=st.sampled_from([1, 2]),
        again=st.booleans(),
        told_of=st.integers(0, 2),
    )
    def asks_for_bills_before_and_after_a_lapse(
        self, months: int, later: int, more: int, again: bool, told_of: int
    ) -> None:
        """:param later: in months.
        :param again: asks once more when the second has run out.
        :param told_of: how many of the first two were paid in time, of which the bank tells now.
        """
        before = len(self.bills)
        last_of_grace = max(each.month for each in self.plain.paid) + GRACE_MONTHS
        self._set(max(self.now, time.end_of_month(last_of_grace) - timedelta(hours=5)))
        self.asks_for_a_bill(months)
        self.months_pass(later, "its first instant")
        self.asks_for_a_bill(more)
        if again:
            self.lets_a_bill_run_out_and_asks_for_another(more, time.INSTANT)
        for number in range(before, min(before + told_of, len(self.bills))):
            self.pays(len(self.bills) - 1 - number, "when made", 0, again=False)

    @precondition(lambda self: self._run_out())
    @rule(which=WHICH, when=IN_TIME)
    def the_bank_tells_late(self, which: int, when: str) -> None:
        """Of a bill that could be paid then, and cannot now."""
        run_out = self._run_out()
        self.pays(run_out[-1 - which % len(run_out)], when, 0, again=False)

    def _run_out(self) -> list[int]:
        """The numbers of bills that nobody has paid, counted from the newest; oldest first."""
        numbers = range(len(self.bills) - 1, -1, -1)
        return [number for number in numbers if self._has_run_out(number)]

    def _has_run_out(self, number: int) -> bool:
        _, plain = self._bill(number)
        ended = plain.state_at(self.now) in ("expired", "superseded")
        return ended and not plain.money_taken
