"""Bills that expired, were cancelled or superseded, while a bank had money for them or has it still."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.bank_call import BankOutcome
from models.contribution import select_contributions
from models.coverage import CoverageStatus
from models.invoice import InvoiceStatus
from models.values.month import Month
from models.values.plan import Plan
from services import coverage, invoices, ledger, plan_choice, receipts
from services.bank.inquiry import inquire
from services.errors import InvoiceNotPaid
from tests.banks import BANK, about, flag, paid
from tests.fakes import NOON

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def expired(clock, payer):
    """One that the clock has just run out on."""
    bill = payer.billed()
    clock.time = bill.expires_at + MINUTE
    return bill


def contributions(ports, payer):
    with ports.transactions.reading() as session:
        return session.scalars(select_contributions(payer.caller.worker_id)).all()


def test_a_late_flag_ends_nothing_but_what_it_paid_for(ports, clock, payer, expired):
    """The bill that followed was called off; the money for the first is taken all the same."""
    cancelled = payer.billed()
    invoices.cancel(ports, payer.caller, cancelled.id)
    assert flag(ports, paid(expired, NOON)) is BankOutcome.ACCEPTED
    assert payer.status(cancelled) is InvoiceStatus.CANCELLED
    assert flag(ports, paid(cancelled, clock.now())) is BankOutcome.INACTIVE


def test_money_for_a_cancelled_bill_is_refused_and_the_next_one_stays_payable(ports, clock, payer):
    cancelled = payer.billed()
    clock.advance(minutes=10)
    invoices.cancel(ports, payer.caller, cancelled.id)
    following = payer.billed()
    assert flag(ports, paid(cancelled, NOON)) is BankOutcome.INACTIVE
    assert payer.status(following) is InvoiceStatus.OPEN
    assert flag(ports, paid(following, clock.now())) is BankOutcome.ACCEPTED
    assert len(contributions(ports, payer)) == 1


def test_a_late_flag_is_settled_at_what_was_billed_whatever_was_chosen_since(ports, payer, expired):
    plan_choice.choose(ports, payer.caller, Plan.COMPLETE)
    assert flag(ports, paid(expired, NOON)) is BankOutcome.ACCEPTED
    (november,) = contributions(ports, payer)
    assert (november.plan, november.amount) == (Plan.BASIC, expired.amount)
    (december,) = payer.billed().months
    assert (december.month, december.plan) == (Month(2026, 12), Plan.COMPLETE)


def test_a_late_flag_covers_from_when_it_was_paid(ports, clock, payer, expired):
    clock.advance(days=2)
    flag(ports, paid(expired, NOON + MINUTE))
    report = coverage.show(ports, payer.caller, date(2026, 11, 22))
    assert (report.status, report.protected_from) == (CoverageStatus.ACTIVE, NOON + MINUTE)


def test_what_was_paid_in_the_last_second_of_a_month_settles_that_month(ports, clock, payer):
    clock.time = datetime(2026, 11, 30, 16, 58, tzinfo=UTC)
    bill = payer.billed()
    last_second = datetime(2026, 11, 30, 16, 59, 59, tzinfo=UTC)
    clock.time = last_second + MINUTE
    assert flag(ports, paid(bill, last_second)) is BankOutcome.ACCEPTED
    assert [each.month for each in contributions(ports, payer)] == [Month(2026, 11)]
    day = coverage.show(ports, payer.caller, date(2026, 11, 30))
    assert day.status is CoverageStatus.ACTIVE
    assert coverage.show(ports, payer.caller).status is CoverageStatus.GRACE


def test_nothing_is_taken_for_a_month_that_was_paid_a_second_too_late(ports, clock, payer):
    clock.time = datetime(2026, 11, 30, 16, 58, tzinfo=UTC)
    bill = payer.billed()
    clock.advance(minutes=5)
    assert flag(ports, paid(bill, Month(2026, 12).starts_at)) is BankOutcome.INACTIVE


def test_an_expired_bill_is_inactive_whether_or_not_another_was_made(ports, payer, expired):
    assert inquire(ports, BANK, about(expired)).outcome is BankOutcome.INACTIVE
    payer.billed()
    assert inquire(ports, BANK, about(expired)).outcome is BankOutcome.INACTIVE
    assert payer.status(expired) is InvoiceStatus.EXPIRED


def test_a_bill_that_expired_by_itself_is_superseded_by_what_overtook_it(ports, clock, payer):
    """Nobody had asked for another one, so it was still stored as open."""
    first = payer.billed()
    clock.time = first.expires_at + MINUTE
    second = payer.billed()
    clock.time = second.expires_at + MINUTE
    assert flag(ports, paid(first, NOON)) is BankOutcome.ACCEPTED
    assert payer.status(second) is InvoiceStatus.SUPERSEDED
    assert flag(ports, paid(second, second.expires_at - SECOND)) is BankOutcome.CREDITED
    assert flag(ports, paid(second, second.expires_at + SECOND)) is BankOutcome.ALREADY_PAID
    assert not ledger.unbalanced(ports)


def test_there_is_no_receipt_for_a_bill_whose_money_was_refused(ports, clock, payer, expired):
    flag(ports, paid(expired, clock.now()))
    with pytest.raises(InvoiceNotPaid):
        receipts.show(ports, payer.caller, expired.id)


def test_there_is_one_for_money_that_became_credit(ports, clock, payer, expired):
    flag(ports, paid(payer.billed(), clock.now()))
    late = paid(expired, NOON)
    flag(ports, late)
    receipt = receipts.show(ports, payer.caller, expired.id)
    assert (receipt.credited, receipt.bank_reference) == (expired.amount, late.reference_no)
