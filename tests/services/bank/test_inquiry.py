from dataclasses import replace
from datetime import timedelta

import pytest

from models.bank_call import BankOutcome
from models.values.rupiah import Rupiah
from services import invoices
from services.bank.inquiry import inquire
from tests.banks import BANK, about, flag, paid
from tests.fakes import NOON


@pytest.fixture
def bill(payer):
    return payer.billed(3)


def outcome(ports, call):
    return inquire(ports, BANK, call).outcome


def test_a_bank_is_told_what_is_to_be_paid_and_a_masked_name(ports, bill):
    inquired = inquire(ports, BANK, about(bill))
    assert inquired.outcome is BankOutcome.ACCEPTED
    assert inquired.invoice.amount == Rupiah(33_600)
    assert inquired.name == "S*** A***"


def test_nothing_of_a_bill_that_cannot_be_paid_is_told(ports, bill):
    flag(ports, paid(bill, NOON))
    inquired = inquire(ports, BANK, about(bill))
    assert inquired.outcome is BankOutcome.ALREADY_PAID
    assert (inquired.invoice, inquired.name) == (None, None)


def test_a_bill_can_be_asked_for_up_to_its_last_instant(ports, clock, bill):
    clock.time = bill.expires_at
    assert outcome(ports, about(bill)) is BankOutcome.ACCEPTED
    clock.time += timedelta(microseconds=1)
    assert outcome(ports, about(bill)) is BankOutcome.INACTIVE


def test_a_cancelled_bill_is_inactive(ports, payer, bill):
    invoices.cancel(ports, payer.caller, bill.id)
    assert outcome(ports, about(bill)) is BankOutcome.INACTIVE


def test_a_superseded_bill_counts_as_paid(ports, clock, payer):
    first = payer.billed()
    clock.time = first.expires_at + timedelta(minutes=1)
    second = payer.billed()
    flag(ports, paid(first, first.expires_at))
    assert outcome(ports, about(second)) is BankOutcome.ALREADY_PAID


def test_an_external_id_is_good_once_a_day(ports, clock, bill):
    assert outcome(ports, about(bill, external_id="7")) is BankOutcome.ACCEPTED
    assert outcome(ports, about(bill, external_id="7")) is BankOutcome.EXTERNAL_ID_REUSED
    clock.time = NOON + timedelta(hours=12)
    assert outcome(ports, about(bill, external_id="7")) is BankOutcome.ACCEPTED


def test_an_inquiry_and_a_payment_share_no_external_id(ports, bill):
    inquire(ports, BANK, about(bill, external_id="7"))
    assert flag(ports, paid(bill, NOON, external_id="7")) is BankOutcome.EXTERNAL_ID_REUSED


def test_a_bill_of_another_service_is_no_bill(ports, bill):
    assert outcome(ports, replace(about(bill), service_id="1")) is BankOutcome.UNKNOWN_BILL
