"""Months settle strictly in order, also where the bank tells late and the membership lapses between."""

from datetime import UTC, datetime, timedelta

import pytest

from models.bank_call import BankOutcome
from models.contribution import select_contributions
from models.invoice import InvoiceStatus
from models.payment import select_credit
from models.values.month import Month
from models.values.rupiah import Rupiah
from services import ledger
from tests.banks import flag, paid

LAST_OF_GRACE = datetime(2027, 2, 28, 5, tzinfo=UTC)
LAPSED = datetime(2027, 3, 1, 5, tzinfo=UTC)
NOVEMBER, DECEMBER, MARCH = Month(2026, 11), Month(2026, 12), Month(2027, 3)


@pytest.fixture
def member(ports, clock, payer):
    """Who has paid for November and nothing since."""
    flag(ports, paid(payer.billed(), clock.now()))
    return payer


@pytest.fixture
def arrears(clock, member):
    """A bill for December, made on the last day of grace."""
    clock.time = LAST_OF_GRACE
    return member.billed()


@pytest.fixture
def anew(clock, arrears, member):
    """A bill for March, made when the membership had lapsed and December was not known as paid."""
    clock.time = LAPSED
    return member.billed()


def months(ports, member):
    with ports.transactions.reading() as session:
        paid_for = session.scalars(select_contributions(member.caller.worker_id)).all()
    return [each.month for each in paid_for]


def credit(ports, member):
    with ports.transactions.reading() as session:
        return session.scalars(select_credit(member.caller.worker_id)).one()


def test_arrears_that_are_told_late_end_the_bill_that_leaves_months_out(
    ports, member, arrears, anew
):
    assert flag(ports, paid(arrears, LAST_OF_GRACE)) is BankOutcome.ACCEPTED
    assert months(ports, member) == [NOVEMBER, DECEMBER]
    assert member.status(anew) is InvoiceStatus.SUPERSEDED
    assert flag(ports, paid(anew, LAPSED + timedelta(minutes=1))) is BankOutcome.ALREADY_PAID


def test_arrears_that_are_told_after_a_new_beginning_become_credit(ports, member, arrears, anew):
    assert flag(ports, paid(anew, LAPSED)) is BankOutcome.ACCEPTED
    assert flag(ports, paid(arrears, LAST_OF_GRACE)) is BankOutcome.CREDITED
    assert months(ports, member) == [NOVEMBER, MARCH]
    assert credit(ports, member) == Rupiah(8_400)
    assert not ledger.unbalanced(ports)


def test_a_new_beginning_that_is_told_after_the_arrears_becomes_credit(
    ports, clock, member, arrears, anew
):
    clock.time = anew.expires_at + timedelta(minutes=1)
    member.billed()  # so that the one before is no longer there to be superseded
    assert flag(ports, paid(arrears, LAST_OF_GRACE)) is BankOutcome.ACCEPTED
    assert flag(ports, paid(anew, LAPSED)) is BankOutcome.CREDITED
    assert months(ports, member) == [NOVEMBER, DECEMBER]


def test_arrears_that_are_told_much_later_leave_the_bill_of_a_new_beginning_alone(
    ports, clock, member, arrears
):
    clock.time = datetime(2027, 8, 1, 5, tzinfo=UTC)
    anew = member.billed()
    assert flag(ports, paid(arrears, LAST_OF_GRACE)) is BankOutcome.ACCEPTED
    assert member.status(anew) is InvoiceStatus.OPEN
    assert flag(ports, paid(anew, clock.now())) is BankOutcome.ACCEPTED
    assert months(ports, member) == [NOVEMBER, DECEMBER, Month(2027, 8)]
