from decimal import Decimal

import pytest

from models.bank_call import BankOutcome
from sandbox.snap_client import new_id
from services.bank.status import StatusQuestion, tell
from tests.banks import BANK, OTHER_BANK, SERVICE_ID, flag, paid
from tests.fakes import NOON


@pytest.fixture
def bill(payer):
    return payer.billed()


def question(bill, payment=None, number=None):
    return StatusQuestion(
        external_id=new_id(),
        service_id=SERVICE_ID,
        virtual_account_no=number or bill.virtual_account_no,
        payment_request_id=payment,
    )


def test_a_payment_that_was_taken_is_told(ports, bill):
    flag(ports, paid(bill, NOON, payment_request_id="P1", reference_no="R1"))
    told = tell(ports, BANK, question(bill, "P1"))
    assert told.outcome is BankOutcome.ACCEPTED
    assert told.decision.outcome is BankOutcome.ACCEPTED
    assert (told.decision.reference_no, told.name) == ("R1", "S*** A***")


def test_a_payment_that_was_refused_is_told(ports, bill):
    flag(ports, paid(bill, NOON, payment_request_id="P1", amount=Decimal(1)))
    told = tell(ports, BANK, question(bill, "P1"))
    assert told.outcome is BankOutcome.ACCEPTED
    assert told.decision.outcome is BankOutcome.WRONG_AMOUNT
    assert told.name is None


def test_without_an_id_the_payment_that_was_taken_is_told(ports, bill):
    flag(ports, paid(bill, NOON, payment_request_id="P1", amount=Decimal(1)))
    flag(ports, paid(bill, NOON, payment_request_id="P2"))
    flag(ports, paid(bill, NOON, payment_request_id="P3"))
    assert tell(ports, BANK, question(bill)).decision.payment_request_id == "P2"


def test_what_nobody_told_us_is_unknown(ports, bill):
    assert tell(ports, BANK, question(bill, "P1")).outcome is BankOutcome.UNKNOWN_BILL
    assert tell(ports, BANK, question(bill)).outcome is BankOutcome.UNKNOWN_BILL


def test_a_payment_of_another_bill_or_bank_is_unknown(ports, bill):
    flag(ports, paid(bill, NOON, payment_request_id="P1"))
    other = question(bill, "P1", bill.virtual_account_no + "0")
    assert tell(ports, BANK, other).outcome is BankOutcome.UNKNOWN_BILL
    assert tell(ports, OTHER_BANK, question(bill, "P1")).outcome is BankOutcome.UNKNOWN_BILL
