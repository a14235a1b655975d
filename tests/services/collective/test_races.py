"""What goes on while a large invoice is written: really committed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from models.bank_call import BankOutcome
from models.collective_order import Order
from models.enrolment import Enrolment, Link
from models.partner_invoice import CollectiveStatus
from models.partner_invoice_line import LineStatus
from models.values.rupiah import Rupiah
from services.collective import drawing_up
from services.links import own, shown
from services.ports import Ports
from tests.banks import with_banks
from tests.elsewhere import Unhurried
from tests.fleets import DECEMBER, NOVEMBER, Fleet
from tests.payers import pay

PRICE = Rupiah(8_400)


@pytest.fixture
def engine(committed_engine):
    return committed_engine


@pytest.fixture
def ports(committed_ports) -> Ports:
    return with_banks(committed_ports)


@pytest.fixture
def fleet(ports) -> Fleet:
    return Fleet.of(ports, 3)


def bill_while(ports, fleet, work):
    """For everybody; its lines stand and are not committed while something else is done."""
    order = Order(NOVEMBER, None)
    return drawing_up.issue(ports, fleet.caller, order, Unhurried(work))


def link_of(ports, fleet, name):
    of_name = select(Enrolment.id).where(Enrolment.external_id == name)
    with ports.transactions.reading() as session:
        return session.scalars(of_name.where(Enrolment.partner_id == fleet.partner.id)).one()


def test_its_drivers_confirm_and_end_their_links_meanwhile(ports, fleet):
    confirmed, ended, let_go = (link_of(ports, fleet, f"D-{n}") for n in (1, 2, 3))

    def decide():
        own.confirm(ports, fleet.drivers["D-1"], confirmed)
        own.end(ports, fleet.drivers["D-2"], ended)
        shown.end(ports, fleet.caller, let_go)

    assert bill_while(ports, fleet, decide).lines == 3
    stand = {
        each: shown.show(ports, fleet.caller, each).link for each in (confirmed, ended, let_go)
    }
    assert stand == {confirmed: Link.CONFIRMED, ended: Link.ENDED, let_go: Link.ENDED}


class WhileLinesAreWritten:
    """Something else is done once, behind the first part of an invoice's lines."""

    def __init__(self, engine, work):
        self.to_do, self.done = [work], []
        event.listen(engine, "after_cursor_execute", self)

    def __call__(self, connection, cursor, statement, *_):
        if self.to_do and statement.startswith("INSERT INTO partner_invoice_line"):
            self.done.append(self.to_do.pop()())


def test_a_bank_s_money_for_another_invoice_is_taken_meanwhile(engine, ports, fleet):
    first = fleet.bill("D-1")
    meanwhile = WhileLinesAreWritten(engine, lambda: fleet.pay(first))
    second = fleet.bill("D-2", "D-3", read=1)
    assert meanwhile.done == [BankOutcome.ACCEPTED]
    assert fleet.show(first).status is CollectiveStatus.PAID
    assert (second.status, second.lines) == (CollectiveStatus.OPEN, 2)


def credit_of_one_month(ports, fleet):
    """Paid for a driver who has paid meanwhile."""
    bill = fleet.bill("D-1")
    pay(ports, fleet.payer("D-1").billed(1))
    fleet.pay(bill)
    assert fleet.credit == PRICE


def test_credit_that_is_used_meanwhile_is_not_counted_on(engine, ports, clock, fleet):
    """By money for an invoice that has run out, paid in time and told late."""
    credit_of_one_month(ports, fleet)
    late, paid_at = fleet.bill("D-2", "D-3"), clock.now()
    clock.time = late.expires_at + timedelta(minutes=1)
    meanwhile = WhileLinesAreWritten(engine, lambda: fleet.pay(late, paid_at))
    newer = fleet.bill(month=DECEMBER, read=1)
    assert meanwhile.done == [BankOutcome.ACCEPTED]
    assert (newer.status, newer.credit_used) == (CollectiveStatus.OPEN, Rupiah(0))
    assert newer.amount == PRICE * newer.lines
    assert len(fleet.lines(newer)) == newer.lines == 3
    assert fleet.credit == Rupiah(0)


def test_credit_that_stands_is_used_whatever_else_is_paid(engine, ports, fleet):
    other = fleet.bill("D-2")
    credit_of_one_month(ports, fleet)
    meanwhile = WhileLinesAreWritten(engine, lambda: fleet.pay(other))
    newer = fleet.bill("D-1", "D-3", month=DECEMBER, read=1)
    assert meanwhile.done == [BankOutcome.ACCEPTED]
    assert (newer.amount, newer.credit_used) == (PRICE, PRICE)
    assert set(fleet.lines(newer).values()) == {LineStatus.WAITING}
