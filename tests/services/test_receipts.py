from datetime import timedelta

import pytest

from models.values.month import Month
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from services import billing, plan_choice, receipts
from services.errors import InvoiceNotFound, InvoiceNotPaid
from services.once import Once
from tests.fakes import NOON
from tests.payers import add_worker, pay, pay_twice


@pytest.fixture
def worker(ports):
    worker = add_worker(ports)
    plan_choice.choose(ports, worker, Plan.BASIC)
    return worker


def test_a_receipt_tells_who_paid_what_when_and_under_which_reference(ports, worker, clock):
    bill = billing.issue(ports, worker, 2, Once())
    clock.advance(minutes=5)
    pay(ports, bill, at=NOON + timedelta(minutes=3))
    receipt = receipts.show(ports, worker, bill.id)
    assert receipt.full_name == "Siti Aminah"
    assert receipt.nik_masked.startswith("**************")
    assert len(receipt.member_number or "") == 11
    assert receipt.months == bill.months
    assert (receipt.total, receipt.amount) == (Rupiah(16_800), Rupiah(16_800))
    assert receipt.bank_reference == "2026112200001234"
    assert receipt.paid_at == NOON + timedelta(minutes=3)
    assert receipt.protected_until == Month(2026, 12).last_day


@pytest.mark.parametrize(
    ("said", "told"),
    [(timedelta(minutes=-7), timedelta(0)), (timedelta(hours=7), timedelta(minutes=5))],
)
def test_a_bank_s_odd_clock_dates_no_receipt_before_the_bill_or_in_the_future(
    ports, worker, clock, said, told
):
    bill = billing.issue(ports, worker, 1, Once())
    clock.advance(minutes=5)
    pay(ports, bill, at=NOON + said)
    assert receipts.show(ports, worker, bill.id).paid_at == NOON + told


def test_what_credit_paid_for_has_a_receipt_without_a_bank_reference(ports, worker, clock):
    pay_twice(ports, clock, worker)
    bill = billing.issue(ports, worker, 1, Once())
    receipt = receipts.show(ports, worker, bill.id)
    assert (receipt.bank_reference, receipt.amount) == (None, Rupiah(0))
    assert receipt.credit_used == receipt.total == Rupiah(8_400)


def test_money_that_became_credit_has_a_receipt_that_says_so(ports, worker, clock):
    first = billing.issue(ports, worker, 1, Once())
    clock.time = first.expires_at + timedelta(minutes=1)
    pay(ports, billing.issue(ports, worker, 1, Once()))
    pay(ports, first, at=NOON)
    receipt = receipts.show(ports, worker, first.id)
    assert (receipt.amount, receipt.credited) == (Rupiah(8_400), Rupiah(8_400))
    assert (receipt.months, receipt.total, receipt.protected_until) == ((), Rupiah(0), None)
    assert receipt.bank_reference == "2026112200001234"
    assert receipt.paid_at == NOON


def test_there_is_no_receipt_before_the_payment(ports, worker):
    bill = billing.issue(ports, worker, 1, Once())
    with pytest.raises(InvoiceNotPaid):
        receipts.show(ports, worker, bill.id)


def test_nobody_gets_another_s_receipt(ports, worker):
    bill = billing.issue(ports, worker, 1, Once())
    pay(ports, bill)
    with pytest.raises(InvoiceNotFound):
        receipts.show(ports, add_worker(ports), bill.id)
