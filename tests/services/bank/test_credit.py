"""Credit is used first, once, and whatever the worker has chosen since."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from models.bank_call import BankOutcome
from models.bill import amounts_due
from models.contribution import select_contributions
from models.invoice import InvoiceStatus
from models.payment import select_credit
from models.values.month import Month
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from services import invoices, ledger, plan_choice
from services.bank.inquiry import inquire
from tests.banks import BANK, about, flag, paid
from tests.fakes import NOON

MINUTE = timedelta(minutes=1)
NOVEMBER, DECEMBER, JANUARY = Month(2026, 11).span(3)


def credit(ports, payer):
    with ports.transactions.reading() as session:
        return session.scalars(select_credit(payer.caller.worker_id)).one().amount


def months(ports, payer):
    with ports.transactions.reading() as session:
        return [
            each.month for each in session.scalars(select_contributions(payer.caller.worker_id))
        ]


def give_credit(ports, clock, payer, count):
    """The price of so many months from November on; November itself is paid."""
    first = payer.billed(count)
    clock.time = first.expires_at + MINUTE
    flag(ports, paid(payer.billed(), clock.now()))
    assert flag(ports, paid(first, NOON)) is BankOutcome.CREDITED


@pytest.fixture
def credited(ports, clock, payer):
    """Who has paid for November, and has credit for two months more."""
    give_credit(ports, clock, payer, 2)
    return payer


def test_credit_that_is_more_than_a_bill_is_left_over_for_the_next(ports, credited):
    december = credited.billed()
    assert (december.status, december.amount, december.credit_used) == (
        InvoiceStatus.PAID,
        Rupiah(0),
        Rupiah(8_400),
    )
    assert credit(ports, credited) == 8_400
    january = credited.billed()
    assert (january.amount, january.credit_used) == (Rupiah(8_400), Rupiah(8_400))
    assert flag(ports, paid(january, ports.clock.now())) is BankOutcome.ACCEPTED
    assert credit(ports, credited) == 0
    assert months(ports, credited) == [NOVEMBER, DECEMBER, JANUARY]
    assert not ledger.unbalanced(ports)


def test_a_bill_that_is_not_paid_leaves_its_credit_to_the_next(ports, clock, credited):
    expired = credited.billed(3)
    clock.time = expired.expires_at + MINUTE
    cancelled = credited.billed(3)
    invoices.cancel(ports, credited.caller, cancelled.id)
    used = {bill.credit_used for bill in (expired, cancelled, credited.billed(6))}
    assert used == {Rupiah(16_800)}


def test_the_bank_asks_for_what_is_left_and_the_parts_add_up(ports, credited):
    bill = credited.billed(3)
    asked = inquire(ports, BANK, about(bill)).invoice
    assert asked.amount == bill.amount == Rupiah(25_200)
    assert Rupiah.sum(amount for _, amount in amounts_due(asked)) == bill.amount
    whole = paid(bill, ports.clock.now(), amount=Decimal(42_000))
    assert flag(ports, whole) is BankOutcome.WRONG_AMOUNT


def test_credit_of_one_plan_pays_for_another(ports, credited):
    plan_choice.choose(ports, credited.caller, Plan.COMPLETE)
    bill = credited.billed()
    (december,) = bill.months
    assert (december.month, december.plan) == (DECEMBER, Plan.COMPLETE)
    assert bill.credit_used == Rupiah(16_800)
    assert bill.amount == december.amount - Rupiah(16_800)
    assert flag(ports, paid(bill, ports.clock.now())) is BankOutcome.ACCEPTED
    assert not ledger.unbalanced(ports)


def test_a_cheaper_plan_leaves_more_credit_over(ports, clock, payer):
    plan_choice.choose(ports, payer.caller, Plan.COMPLETE)
    give_credit(ports, clock, payer, 1)
    before = credit(ports, payer)
    plan_choice.choose(ports, payer.caller, Plan.BASIC)
    assert payer.billed().status is InvoiceStatus.PAID
    assert credit(ports, payer) == before - 8_400
    assert not ledger.unbalanced(ports)


def test_a_bill_that_credit_paid_asks_no_bank_for_anything(ports, credited):
    bill = credited.billed()
    assert inquire(ports, BANK, about(bill)).outcome is BankOutcome.ALREADY_PAID
    for amount in (Decimal(0), Decimal(8_400)):
        call = paid(bill, ports.clock.now(), amount=amount)
        assert flag(ports, call) is BankOutcome.ALREADY_PAID


def test_money_for_months_that_credit_has_settled_meanwhile_becomes_credit(ports, clock, credited):
    december = credited.billed(3)
    paid_at = clock.now()
    clock.time = december.expires_at + MINUTE
    assert credited.billed().status is InvoiceStatus.PAID
    assert flag(ports, paid(december, paid_at)) is BankOutcome.CREDITED
    assert credit(ports, credited) == 8_400 + december.amount.amount
    assert months(ports, credited) == [NOVEMBER, DECEMBER]
    assert not ledger.unbalanced(ports)


def test_an_open_bill_that_counts_on_credit_which_is_gone_is_superseded(ports, clock, credited):
    """Its month is still next in turn, so nothing but the credit is in the way."""
    clock.time = datetime(2027, 2, 28, 5, tzinfo=UTC)
    arrears = credited.billed(3)
    clock.time = datetime(2027, 8, 1, 5, tzinfo=UTC)
    anew = credited.billed(3)
    assert arrears.credit_used == anew.credit_used == Rupiah(16_800)
    late = paid(arrears, datetime(2027, 2, 28, 6, tzinfo=UTC))
    assert flag(ports, late) is BankOutcome.ACCEPTED
    assert credited.status(anew) is InvoiceStatus.SUPERSEDED
    assert credit(ports, credited) == 0
    assert not ledger.unbalanced(ports)
