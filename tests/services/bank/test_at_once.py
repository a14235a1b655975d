"""Banks that call many times at the same moment, with real commits."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from models.bank_call import BankCall, BankOutcome
from models.contribution import Contribution
from models.identity_verdict import IdentityReason
from models.invoice import InvoiceStatus
from models.payment import Payment
from services import invoices, ledger
from services.bank.inquiry import inquire
from services.errors import InvoiceNotOpen
from services.identity_refusal import refuse
from tests.banks import BANK, Payer, about, flag, paid, with_banks
from tests.fakes import NOON

TIMES = 10


@pytest.fixture
def ports(committed_ports):
    return with_banks(committed_ports)


@pytest.fixture
def bill(payer):
    return payer.billed(3)


def at_once(ports, calls):
    with ThreadPoolExecutor(len(calls)) as threads:
        return Counter(threads.map(lambda call: flag(ports, call), calls))


def count(ports, table):
    with ports.transactions.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def settled_once(ports):
    return (
        count(ports, Payment) == 1 and count(ports, Contribution) == 3
    ) and not ledger.unbalanced(ports)


def test_one_flag_sent_ten_times_is_settled_once(ports, bill):
    outcomes = at_once(ports, [paid(bill, NOON)] * TIMES)
    assert outcomes == {BankOutcome.ACCEPTED: 1, BankOutcome.INCONSISTENT: TIMES - 1}
    assert settled_once(ports)
    assert count(ports, BankCall) == TIMES


def test_one_payment_under_ten_external_ids_gets_one_answer(ports, bill):
    calls = [paid(bill, NOON, payment_request_id="P1") for _ in range(TIMES)]
    assert at_once(ports, calls) == {BankOutcome.ACCEPTED: TIMES}
    assert settled_once(ports)


def test_ten_payments_of_one_bill_settle_it_once(ports, bill):
    outcomes = at_once(ports, [paid(bill, NOON) for _ in range(TIMES)])
    assert outcomes == {BankOutcome.ACCEPTED: 1, BankOutcome.ALREADY_PAID: TIMES - 1}
    assert settled_once(ports)


def test_ten_payments_under_one_external_id_are_one_and_nine_conflicts(ports, bill):
    outcomes = at_once(ports, [paid(bill, NOON, external_id="7") for _ in range(TIMES)])
    assert outcomes == {BankOutcome.ACCEPTED: 1, BankOutcome.EXTERNAL_ID_REUSED: TIMES - 1}
    assert settled_once(ports)


def test_one_payment_with_ten_amounts_is_decided_once(ports, bill):
    calls = [
        paid(bill, NOON, payment_request_id="P1", amount=Decimal(33_595 + each))
        for each in range(TIMES)
    ]
    outcomes = at_once(ports, calls)
    assert outcomes[BankOutcome.INCONSISTENT] == TIMES - 1
    assert count(ports, Payment) == outcomes[BankOutcome.ACCEPTED]


def test_ten_inquiries_under_one_external_id_are_one_and_nine_conflicts(ports, bill):
    with ThreadPoolExecutor(TIMES) as threads:
        calls = [about(bill, external_id="7")] * TIMES
        outcomes = Counter(
            told.outcome for told in threads.map(lambda call: inquire(ports, BANK, call), calls)
        )
    assert outcomes == {BankOutcome.ACCEPTED: 1, BankOutcome.EXTERNAL_ID_REUSED: TIMES - 1}


def test_paying_and_cancelling_at_once_leave_one_of_the_two(ports, payer, bill):
    def cancel():
        try:
            invoices.cancel(ports, payer.caller, bill.id)
        except InvoiceNotOpen:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        flagged = threads.submit(flag, ports, paid(bill, NOON))
        cancelled = threads.submit(cancel)
        taken = flagged.result() is BankOutcome.ACCEPTED
        assert taken is not cancelled.result()
    expected = InvoiceStatus.PAID if taken else InvoiceStatus.CANCELLED
    assert payer.status(bill) is expected
    assert count(ports, Payment) == int(taken)


def test_paying_and_being_refused_at_once_leave_the_same_books_as_one_after_the_other(
    ports, payer, bill
):
    with ThreadPoolExecutor(2) as threads:
        flagged = threads.submit(flag, ports, paid(bill, NOON))
        refused = threads.submit(
            refuse, ports, payer.caller.worker_id, IdentityReason.HELD_BY_ANOTHER
        )
        taken, case = flagged.result() is BankOutcome.ACCEPTED, refused.result()
    # Whoever comes first: the bill was paid and two of its months taken back, or it was cancelled.
    expected = InvoiceStatus.PAID if taken else InvoiceStatus.CANCELLED
    assert payer.status(bill) is expected
    assert (case is not None) is taken
    assert count(ports, Payment) == int(taken)
    assert not ledger.unbalanced(ports)


def test_bills_of_many_workers_do_not_wait_in_a_circle(ports):
    payers = [Payer.of(ports) for _ in range(5)]
    calls = [paid(payer.billed(), NOON) for payer in payers]
    assert at_once(ports, calls * 2)[BankOutcome.ACCEPTED] == len(payers)
    assert not ledger.unbalanced(ports)
