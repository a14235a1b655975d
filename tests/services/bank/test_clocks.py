"""The bank's clock, and the clocks of two servers of ours, differ from one another by a minute."""

from datetime import date, timedelta

import pytest

from models.bank_call import BankOutcome
from models.coverage import CoverageStatus
from services import coverage, ledger
from tests.banks import flag, paid
from tests.models.paying import wib

NOT_STARTED, ACTIVE, GRACE, _ = CoverageStatus
MINUTE = timedelta(minutes=1)
LAST_OF_NOVEMBER, FIRST_OF_DECEMBER = date(2026, 11, 30), date(2026, 12, 1)


def status(ports, payer, on=None):
    return coverage.show(ports, payer.caller, on).status


@pytest.fixture
def billed_on_the_30th(clock, payer):
    clock.time = wib(2026, 11, 30, 20)
    return payer.billed()


def test_what_was_paid_on_the_30th_and_told_on_the_1st_covered_the_30th(
    ports, clock, payer, billed_on_the_30th
):
    """The one case in which an answer about a past day changes (decision 9)."""
    clock.time = wib(2026, 12, 1, 6)
    assert status(ports, payer, LAST_OF_NOVEMBER) is NOT_STARTED
    flag(ports, paid(billed_on_the_30th, wib(2026, 11, 30, 22)))
    assert status(ports, payer, LAST_OF_NOVEMBER) is ACTIVE
    assert status(ports, payer, date(2026, 11, 29)) is NOT_STARTED
    assert status(ports, payer) is GRACE
    assert [str(each.month) for each in payer.billed().months] == ["2026-12"]


def test_a_bank_that_is_ahead_at_the_end_of_a_month_pays_in_the_month(
    ports, clock, payer, billed_on_the_30th
):
    clock.time = wib(2026, 11, 30, 23, 59)
    outcome = flag(ports, paid(billed_on_the_30th, clock.now() + 2 * MINUTE))
    assert outcome is BankOutcome.ACCEPTED
    report = coverage.show(ports, payer.caller)
    assert (report.status, report.protected_from) == (ACTIVE, clock.now())
    assert report.protected_until == LAST_OF_NOVEMBER


def test_a_bank_that_is_behind_pays_no_earlier_than_the_bill_was_made(ports, clock, payer):
    clock.time = wib(2026, 12, 1)
    bill = payer.billed()
    assert flag(ports, paid(bill, clock.now() - MINUTE)) is BankOutcome.ACCEPTED
    assert status(ports, payer, LAST_OF_NOVEMBER) is NOT_STARTED
    assert coverage.show(ports, payer.caller).protected_from == wib(2026, 12, 1)


def test_a_server_that_is_behind_books_what_another_has_billed(ports, clock, payer):
    bill = payer.billed()
    made_at = clock.now()
    clock.time = made_at - MINUTE
    assert flag(ports, paid(bill, clock.now())) is BankOutcome.ACCEPTED
    clock.time = made_at
    assert coverage.show(ports, payer.caller).protected_from == made_at
    assert not ledger.unbalanced(ports)


def test_a_server_that_is_behind_across_the_end_of_a_month_bills_what_comes_next(
    ports, clock, payer
):
    clock.time = wib(2026, 12, 1)
    flag(ports, paid(payer.billed(), clock.now()))
    clock.time -= MINUTE
    assert [str(each.month) for each in payer.billed().months] == ["2027-01"]
