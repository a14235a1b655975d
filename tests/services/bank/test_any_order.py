"""Whatever is asked, told, cancelled and waited for, in whatever order: the money adds up."""

import contextlib
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models.bank_call import BankOutcome
from models.contribution import select_contributions
from models.identity_verdict import IdentityReason
from models.invoice import InvoiceStatus
from models.payment import Payment, select_credit
from models.policy import GRACE_MONTHS
from models.values.identity import IdentityStatus
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.worker import select_worker, select_worker_to_change
from services import billing, invoices, ledger, plan_choice
from services.bank.inquiry import inquire
from services.errors import IdentityRefused, InvoiceNotOpen, InvoiceOpen, TooFarAhead
from services.identity_refusal import refuse
from services.once import Once
from tests.banks import BANK, Payer, about, flag, paid
from tests.fakes import NOON

WAITS = [timedelta(minutes=5), timedelta(hours=20), *map(timedelta, (9, 40, 98))]
BILLING = st.tuples(st.just("bill"), st.sampled_from([1, 2, 3, 6]))
BILLING_ANEW = st.tuples(st.just("bill_anew"), st.sampled_from([1, 2, 3]))
# Before the bill, in time, just too late, now: as the bank tells it.
WHEN = st.sampled_from(["before", "made", "expires", "late", "now"])
FLAGGING = st.tuples(st.just("flag"), st.integers(0, 3), WHEN, st.sampled_from([0, 0, 0, 0, 0, 1]))
# A new plan has other prices, a refusal takes months back, and staff may think better of it.
DECIDING = st.one_of(
    st.tuples(st.just("choose"), st.sampled_from(Plan)),
    st.tuples(st.just("refuse")),
    st.tuples(st.just("verify")),
    st.tuples(st.just("verify")),
)
OTHERS = st.one_of(
    st.tuples(st.just("wait"), st.sampled_from(WAITS)),
    st.tuples(st.just("cancel"), st.integers(0, 3)),
    st.tuples(st.just("inquire"), st.integers(0, 3)),
    st.tuples(st.just("repeat"), st.integers(0, 20)),
)
STEPS = st.lists(
    st.one_of(BILLING, BILLING_ANEW, FLAGGING, FLAGGING, FLAGGING, DECIDING, OTHERS),
    min_size=4,
    max_size=12,
)


class Life:
    """One worker, the bills so far, and what the bank has said so far."""

    def __init__(self, ports, clock):
        self.ports, self.clock = ports, clock
        self.payer = Payer.of(ports)
        self.bills, self.calls, self.first = [], [], {}

    def bill(self, months):
        with contextlib.suppress(InvoiceOpen, TooFarAhead, IdentityRefused):
            self.bills.append(billing.issue(self.ports, self.payer.caller, months, Once()))

    def bill_anew(self, months):
        """When the last bill has run out."""
        if self.bills:
            soon = self.bills[-1].expires_at + timedelta(minutes=1)
            self.clock.time = max(self.clock.time, soon)
        self.bill(months)

    def choose(self, plan):
        with contextlib.suppress(InvoiceOpen):
            plan_choice.choose(self.ports, self.payer.caller, plan)

    def refuse(self):
        refuse(self.ports, self.payer.caller.worker_id, IdentityReason.HELD_BY_ANOTHER)

    def verify(self):
        with self.ports.transactions.begin() as session:
            worker = session.scalars(select_worker_to_change(self.payer.caller.worker_id)).one()
            worker.identity_status = IdentityStatus.VERIFIED

    def wait(self, duration):
        self.clock.time += duration

    def cancel(self, number):
        if bill := self.chosen(number):
            with contextlib.suppress(InvoiceNotOpen):
                invoices.cancel(self.ports, self.payer.caller, bill.id)

    def inquire(self, number):
        if bill := self.chosen(number):
            told = inquire(self.ports, BANK, about(bill))
            payable = told.outcome is BankOutcome.ACCEPTED
            assert payable is (told.invoice is not None)

    def flag(self, number, when, too_much):
        bill = self.chosen(number)
        if bill is None or not bill.amount:
            return
        call = paid(bill, self.instant(bill, when), amount=Decimal(bill.amount.amount + too_much))
        self.calls.append(call)
        self.first[call.payment_request_id] = outcome = flag(self.ports, call)
        event(outcome)

    def repeat(self, number):
        if not self.calls:
            return
        told = self.calls[number % len(self.calls)]
        again = paid(_Bill(told), told.transacted_at, payment_request_id=told.payment_request_id)
        assert flag(self.ports, again) is self.first[told.payment_request_id]

    def chosen(self, number):
        return self.bills[number % len(self.bills)] if self.bills else None

    def instant(self, bill, when):
        at = {
            "before": bill.created_at - timedelta(hours=1),
            "made": bill.created_at,
            "expires": bill.expires_at,
            "late": bill.expires_at + timedelta(seconds=1),
            "now": self.clock.now(),
        }
        return at[when].replace(microsecond=0)

    def check(self):
        assert ledger.unbalanced(self.ports) == []
        with self.ports.transactions.reading() as session:
            worker_id = self.payer.caller.worker_id
            assert session.scalars(select_credit(worker_id)).one() >= Rupiah(0)
            months = session.scalars(select_contributions(worker_id)).all()
            taken = session.scalars(select(Payment).where(Payment.worker_id == worker_id)).all()
            paid_through = session.scalars(select_worker(worker_id)).one().paid_through
        stand = [each.month for each in months if each.refunded_at is None]
        check_in_turn(stand)
        assert paid_through == max(stand, default=None)
        check_once_at_a_time(months)
        assert all(each.settled_at <= self.clock.now() for each in months)
        ours = [key for key, outcome in self.first.items() if outcome.money_is_ours]
        assert {each.payment_request_id for each in taken} == set(ours)
        self.check_bills(months)

    def check_bills(self, months):
        """A paid bill has all of its months, and no other bill has any."""
        paid_for = {each.invoice_id for each in months}
        settled = {bill.id for bill in self.bills if self.payer.status(bill) is InvoiceStatus.PAID}
        assert paid_for == settled


def check_in_turn(months):
    """No month is paid twice, and none is left out unless the membership had lapsed."""
    gaps = [later.minus(earlier) for earlier, later in pairwise(months)]
    assert all(gap == 1 or gap > GRACE_MONTHS.value for gap in gaps)


def check_once_at_a_time(months):
    """A month that was taken back and paid again counts once at every instant."""
    for earlier, later in pairwise(sorted(months, key=lambda each: (each.month, each.settled_at))):
        if earlier.month == later.month:
            assert earlier.refunded_at <= later.settled_at


class _Bill:
    """What a call was about, to tell it again."""

    def __init__(self, call):
        self.virtual_account_no = call.virtual_account_no
        self.amount = Rupiah(int(call.amount))


@settings(
    max_examples=50,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_the_ledger_balances_and_no_month_is_paid_twice(ports, clock, steps):
    clock.time = NOON
    life = Life(ports, clock)
    # Two bills for the same month, of which the first has run out: that is where it gets hard.
    life.bill(1)
    life.bill_anew(2)
    for name, *details in steps:
        getattr(life, name)(*details)
    life.check()
