"""Whoever pays, in whatever order and however late it is told: the books balance, and no month is
paid twice."""

import contextlib
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models.coverage_turns import TURN_AFTER
from models.identity_verdict import IdentityReason
from models.partner_invoice import PartnerInvoice
from models.partner_invoice_line import LineStatus, PartnerInvoiceLine
from models.values.identity import IdentityStatus
from models.values.month import Month
from models.values.rupiah import Rupiah
from models.worker import select_worker_to_change
from services import billing, month_turn
from services.collective import invoices, settling
from services.errors import IdentityRefused, InvoiceNotOpen, InvoiceOpen, TooFarAhead
from services.identity_refusal import refuse
from services.once import Once
from tests.banks import flag, paid
from tests.fakes import NOON
from tests.fleets import Fleet, books_balance, flagging
from tests.services.bank.test_any_order import check_in_turn, check_once_at_a_time

DRIVERS, PARTNERS, BILLS = st.integers(0, 2), st.integers(0, 1), st.integers(0, 3)
WAITS = [timedelta(minutes=5), timedelta(hours=20), *map(timedelta, (9, 40, 98))]
# As the bank tells it: when it was made, just in time, now.
WHEN = st.sampled_from(["made", "expires", "now"])
OWN = st.one_of(
    st.tuples(st.just("own_bill"), DRIVERS, st.sampled_from([1, 2, 3])),
    st.tuples(st.just("own_flag"), BILLS, WHEN),
)
COLLECTIVE = st.one_of(
    st.tuples(st.just("bill"), PARTNERS, st.integers(0, 3)),
    st.tuples(st.just("flag"), BILLS, WHEN),
    st.tuples(st.just("flag"), BILLS, WHEN),
    st.tuples(st.just("post")),
    st.tuples(st.just("cancel"), BILLS),
)
OTHERS = st.one_of(
    st.tuples(st.just("wait"), st.sampled_from(WAITS)),
    st.tuples(st.just("refuse"), DRIVERS),
    st.tuples(st.just("verify"), DRIVERS),
)
STEPS = st.lists(st.one_of(OWN, COLLECTIVE, COLLECTIVE, OTHERS), min_size=5, max_size=14)


class World:
    """Three workers who drive for two partners."""

    def __init__(self, ports, clock):
        self.ports, self.clock = ports, clock
        first = Fleet.of(ports, 3)
        second = Fleet.of(ports)
        for name, driver in first.drivers.items():
            second.enrol(name, worker=driver)
        self.fleets = (first, second)
        self.workers = list(first.drivers.values())
        self.own, self.collective = [], []

    def own_bill(self, number, months):
        payer = self.fleets[0].payer(f"D-{number + 1}")
        with contextlib.suppress(InvoiceOpen, TooFarAhead, IdentityRefused):
            self.own.append(billing.issue(self.ports, payer.caller, months, Once()))

    def own_flag(self, number, when):
        if self.own and (bill := self.own[number % len(self.own)]).amount:
            flag(self.ports, paid(bill, self.instant(bill, when)))

    def bill(self, number, ahead):
        fleet = self.fleets[number]
        month = Month.at(self.clock.now()) + ahead
        self.collective.append((fleet, fleet.bill(month=month)))

    def flag(self, number, when):
        if self.collective:
            _, bill = self.collective[number % len(self.collective)]
            if bill.amount:
                flag(self.ports, flagging(bill, self.instant(bill, when)))

    def cancel(self, number):
        if self.collective:
            fleet, bill = self.collective[number % len(self.collective)]
            with contextlib.suppress(InvoiceNotOpen):
                invoices.cancel(self.ports, fleet.caller, bill.id)

    def post(self):
        """Some of what waits, in small parts; twice, as when a job was taken for dead."""
        for job in self.ports.jobs.waiting[:1]:
            settling.settle(self.ports, job.invoice_id, size=2)

    def refuse(self, number):
        worker_id = self.workers[number].worker_id
        refuse(self.ports, worker_id, IdentityReason.HELD_BY_ANOTHER)

    def verify(self, number):
        with self.ports.transactions.begin() as session:
            worker = session.scalars(select_worker_to_change(self.workers[number].worker_id)).one()
            worker.identity_status = IdentityStatus.VERIFIED

    def wait(self, duration):
        self.clock.time += duration
        month_turn.turn(self.ports)

    def instant(self, bill, when):
        now = self.clock.now()
        at = {"made": bill.created_at, "expires": bill.expires_at, "now": now}[when]
        return at.replace(microsecond=0)

    def check(self):
        assert books_balance(self.ports)
        for name in self.fleets[0].drivers:
            months = self.fleets[0].paid_for(name)
            stand = [each.month for each in months if each.refunded_at is None]
            check_in_turn(stand)
            check_once_at_a_time(months)
            assert self.fleets[0].worker(name).paid_through == max(stand, default=None)

    def finish(self):
        """Once everything is posted nothing is held, and every line has come to something."""
        self.ports.jobs.work(self.ports)
        self.check()
        with self.ports.transactions.reading() as session:
            lines = session.execute(
                select(
                    PartnerInvoice.status, PartnerInvoice.posted_at, PartnerInvoiceLine.status
                ).join(
                    PartnerInvoiceLine,
                    PartnerInvoiceLine.partner_invoice_id == PartnerInvoice.id,
                )
            ).all()
        for invoice, posted_at, line in lines:
            assert (line is LineStatus.WAITING) is (posted_at is None)
            assert (invoice == "paid") is (posted_at is not None)
        assert all(fleet.credit >= Rupiah(0) for fleet in self.fleets)


@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_the_books_balance_and_no_month_is_paid_twice(ports, clock, steps):
    clock.time = NOON + TURN_AFTER.value
    ports.jobs.waiting.clear()
    world = World(ports, clock)
    world.bill(0, 1)
    world.own_bill(0, 1)
    for name, *details in steps:
        getattr(world, name)(*details)
    world.check()
    world.finish()
