"""Bills are asked for, called off, and paid at a bank that tells of it in its own way."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from services.invoices import Bill
from tests.lives.agreeing import agree
from tests.lives.plain_bank import Told
from tests.lives.plain_life import REQUIRED, PlainBill
from tests.lives.prices_said import expected, said
from tests.lives.turns_of_time import PARTS, TurnsOfTime
from tests.lives.turns_of_work import TurnsOfWork

PERIODS = st.sampled_from([1, 2, 3, 6, 12])
# Counted from the newest.
WHICH = st.integers(0, 3)
WHEN = st.sampled_from(
    ["now", "a minute ago", "in a minute", "when made", "before", "at the end", "after the end"]
)
WRONG = st.sampled_from([0, 0, 0, 0, 0, 1, -1])
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


class TurnsOfMoney(TurnsOfTime, TurnsOfWork):
    def __init__(self, *world: object) -> None:
        super().__init__(*world)  # type: ignore[arg-type]
        self.told: list[tuple[Told, str]] = []

    @rule(months=PERIODS)
    def asks_for_a_bill(self, months: int) -> None:
        refusals = self.plain.refusals(months, self.now)
        bill = self.real.ask_for_bill(months)
        if isinstance(bill, str):
            agree({bill} & refusals, {bill}, "a bill that is refused")
            self.happened(f"bills refused: {bill}")
            return self._mends(bill)
        agree(set(), refusals, "a bill that is made")
        plain = self.plain.bill(months, self.now)
        self.bills.append((bill, plain))
        self.money_moved = True
        agree(
            [said(each) for each in bill.months],
            [expected(month, terms) for month, terms in plain.months.items()],
            "the months of a bill",
        )
        return self.happened("bills")

    def _mends(self, refusal: str) -> None:
        """Does what the refusal says, so that the next bill is not refused for the same."""
        if refusal == "plan-missing":
            self.chooses(self.meant, None)
        if refusal == "consent-missing":
            for document in sorted(REQUIRED - self.plain.consents):
                self.takes_back_or_agrees(document)

    @rule(months=PERIODS, later=st.sampled_from([0, 1, 1, 2, 3, 4, 6, 12]), when=PARTS)
    def asks_for_a_bill_some_months_later_and_pays_it(
        self, months: int, later: int, when: str
    ) -> None:
        if later:
            self.months_pass(later, when)
        self.asks_for_a_bill(months)
        if self.bills and self.bills[-1][1].state_at(self.now) == "open":
            self.pays(0, "now", 0, again=False)

    @precondition(lambda self: self.bills)
    @rule(which=WHICH)
    def calls_off(self, which: int) -> None:
        bill, plain = self._bill(which)
        refusal = self.real.cancel(bill)
        if plain.state_at(self.now) != "open":
            agree(refusal, "invoice-not-open", "calling a bill off")
            return
        agree(refusal, None, "calling a bill off")
        plain.close("cancelled", self.now)
        self.money_moved = True
        self.happened("bills called off")

    @precondition(lambda self: self.bills)
    @rule(which=WHICH, when=WHEN, wrong=WRONG, again=st.booleans())
    def pays(self, which: int, when: str, wrong: int, again: bool) -> None:
        """:param again: under the external id of the call before this one."""
        bill, plain = self._bill(which)
        external_id = str(len(self.told) - (1 if again and self.told else 0))
        told = Told(
            payment_id=f"P{len(self.told)}",
            external_id=external_id,
            bill=plain,
            amount=max(0, plain.amount + wrong),
            paid_at=self._instant(plain, when),
        )
        self._tells(told, bill.virtual_account_no)

    @precondition(lambda self: self.told)
    @rule(
        which=st.integers(0, 5),
        external_id=st.sampled_from(["the same", "a new one", "another's"]),
        wrong=WRONG,
    )
    def the_bank_tells_again(self, which: int, external_id: str, wrong: int) -> None:
        first, number = self.told[-1 - which % len(self.told)]
        external = {
            "the same": first.external_id,
            "a new one": f"{len(self.told)}",
            "another's": self.told[-1][0].external_id,
        }[external_id]
        told = Told(
            first.payment_id, external, first.bill, max(0, first.amount + wrong), first.paid_at
        )
        self._tells(told, number)

    def _tells(self, told: Told, virtual_account_no: str) -> None:
        outcome = self.real.flag(told, virtual_account_no)
        self.told.append((told, virtual_account_no))
        agree(outcome, self.bank.outcome(told, self.now), "a payment")
        self.money_moved = True
        self.happened(f"payments {outcome}")

    def _bill(self, which: int) -> tuple[Bill, PlainBill]:
        return self.bills[-1 - which % len(self.bills)]

    def _instant(self, bill: PlainBill, when: str) -> datetime:
        """As a bank writes it, in whole seconds."""
        return {
            "now": self.now,
            "a minute ago": self.now - MINUTE,
            "in a minute": self.now + MINUTE,
            "when made": bill.made_at,
            "before": bill.made_at - MINUTE,
            "at the end": bill.expires_at,
            "after the end": bill.expires_at + SECOND,
        }[when].replace(microsecond=0)
