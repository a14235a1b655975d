"""Banks that tell of money when the worker's identity has been refused: none of it is lost."""

from datetime import date, timedelta

import pytest

from models.bank_call import BankOutcome
from models.contribution import select_contributions
from models.coverage import CoverageStatus
from models.identity_verdict import IdentityReason
from models.invoice import InvoiceStatus
from models.payment import select_credit
from models.refund import select_refund_cases
from models.values.identity import IdentityStatus
from models.values.month import Month
from models.values.rupiah import Rupiah
from models.worker import select_worker_to_change
from services import coverage, identity_refusal, ledger, receipts
from services.bank.inquiry import inquire
from tests.banks import BANK, about, flag, paid
from tests.fakes import NOON

MINUTE = timedelta(minutes=1)
NOVEMBER, DECEMBER, JANUARY = Month(2026, 11).span(3)


def refuse(ports, payer):
    return identity_refusal.refuse(ports, payer.caller.worker_id, IdentityReason.HELD_BY_ANOTHER)


def verify(ports, payer):
    with ports.transactions.begin() as session:
        worker = session.scalars(select_worker_to_change(payer.caller.worker_id)).one()
        worker.identity_status = IdentityStatus.VERIFIED


def expire(clock, bill):
    clock.time = bill.expires_at + MINUTE


def cases(ports, payer):
    with ports.transactions.reading() as session:
        found = session.scalars(select_refund_cases(payer.caller.worker_id)).all()
    return [case.amount.amount for case in found]


def months(ports, payer):
    with ports.transactions.reading() as session:
        found = session.scalars(select_contributions(payer.caller.worker_id)).all()
    stand = [each.month for each in found if each.refunded_at is None]
    return stand, [each.month for each in found if each.refunded_at is not None]


def credit(ports, payer):
    with ports.transactions.reading() as session:
        return session.scalars(select_credit(payer.caller.worker_id)).one()


def test_a_bill_that_was_open_is_inactive(ports, payer):
    bill = payer.billed()
    refuse(ports, payer)
    assert inquire(ports, BANK, about(bill)).outcome is BankOutcome.INACTIVE
    assert flag(ports, paid(bill, NOON)) is BankOutcome.INACTIVE


def test_money_taken_for_it_before_is_refused_so_that_the_bank_gives_it_back(ports, clock, payer):
    bill = payer.billed()
    clock.advance(minutes=10)
    refuse(ports, payer)
    assert flag(ports, paid(bill, NOON + MINUTE)) is BankOutcome.INACTIVE
    assert months(ports, payer) == ([], [])
    assert not ledger.unbalanced(ports)


@pytest.fixture
def late(ports, clock, payer):
    """A bill for November and December that was paid in time, of which the bank has not told."""
    bill = payer.billed(2)
    expire(clock, bill)
    refuse(ports, payer)
    return bill


def test_what_was_paid_in_time_and_told_late_covers_what_had_begun(ports, clock, payer, late):
    clock.advance(days=2)
    assert flag(ports, paid(late, NOON + MINUTE)) is BankOutcome.ACCEPTED
    assert payer.status(late) is InvoiceStatus.PAID
    assert months(ports, payer) == ([NOVEMBER], [DECEMBER])
    assert cases(ports, payer) == [8_400]
    day = coverage.show(ports, payer.caller, date(2026, 11, 22))
    assert day.status is CoverageStatus.ACTIVE
    assert not ledger.unbalanced(ports)


def test_a_month_that_began_after_the_refusal_is_taken_back_however_late_it_is_told(
    ports, clock, payer, late
):
    clock.time = DECEMBER.starts_at + MINUTE
    flag(ports, paid(late, NOON + MINUTE))
    assert months(ports, payer) == ([NOVEMBER], [DECEMBER])
    assert coverage.show(ports, payer.caller).status is CoverageStatus.GRACE


def test_there_is_a_receipt_for_it(ports, clock, payer, late):
    flag(ports, paid(late, NOON + MINUTE))
    receipt = receipts.show(ports, payer.caller, late.id)
    assert [each.month for each in receipt.months] == [NOVEMBER, DECEMBER]
    assert receipt.protected_until == NOVEMBER.last_day


def test_a_month_behind_one_that_was_taken_back_becomes_credit_with_a_receipt(ports, clock, payer):
    flag(ports, paid(payer.billed(2), NOON))
    january = payer.billed()
    expire(clock, january)
    refuse(ports, payer)
    assert flag(ports, paid(january, NOON + MINUTE)) is BankOutcome.CREDITED
    assert months(ports, payer) == ([NOVEMBER], [DECEMBER])
    assert credit(ports, payer) == january.amount
    assert receipts.show(ports, payer.caller, january.id).credited == january.amount
    assert not ledger.unbalanced(ports)


def test_nor_does_it_leave_a_hole_when_the_worker_is_verified_after_all(ports, clock, payer):
    flag(ports, paid(payer.billed(2), NOON))
    january = payer.billed()
    expire(clock, january)
    refuse(ports, payer)
    verify(ports, payer)
    assert flag(ports, paid(january, NOON + MINUTE)) is BankOutcome.CREDITED
    again = payer.billed(2)
    assert [each.month for each in again.months] == [DECEMBER, JANUARY]
    assert again.credit_used == january.amount
    assert flag(ports, paid(again, clock.now())) is BankOutcome.ACCEPTED
    assert months(ports, payer) == ([NOVEMBER, DECEMBER, JANUARY], [DECEMBER])
    assert not ledger.unbalanced(ports)


def test_an_old_bill_does_not_pay_for_a_month_that_was_taken_back_since(ports, clock, payer):
    """Its money came before the refusal, so it says nothing about being covered after it."""
    flag(ports, paid(payer.billed(), NOON))
    old = payer.billed()
    expire(clock, old)
    flag(ports, paid(payer.billed(2), clock.now()))
    refuse(ports, payer)
    verify(ports, payer)
    assert flag(ports, paid(old, NOON + MINUTE)) is BankOutcome.CREDITED
    assert credit(ports, payer) == old.amount


def test_money_for_a_superseded_bill_is_credit_for_a_refused_worker_too(ports, clock, payer):
    first = payer.billed()
    expire(clock, first)
    second = payer.billed()
    clock.advance(minutes=10)
    flag(ports, paid(first, first.expires_at))
    refuse(ports, payer)
    assert flag(ports, paid(second, clock.now() - 2 * MINUTE)) is BankOutcome.CREDITED
    assert credit(ports, payer) == second.amount == Rupiah(8_400)
    assert not ledger.unbalanced(ports)
