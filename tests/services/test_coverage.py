from datetime import UTC, date, datetime

import pytest

from models.coverage import CoverageStatus, ProgrammeStatus
from models.next_step import NextStep
from models.values.identity import IdentityStatus
from models.values.plan import Plan, Programme
from models.values.rupiah import Rupiah
from models.values.words import Language
from services import billing, coverage, plan_choice
from services.once import Once
from tests.fakes import NOON
from tests.payers import add_worker, at, pay, pay_twice


@pytest.fixture
def worker(ports):
    worker = add_worker(ports)
    plan_choice.choose(ports, worker, Plan.BASIC)
    return worker


def pay_for(ports, worker, months):
    pay(ports, billing.issue(ports, worker, months, Once()))


def test_nobody_is_covered_before_the_first_payment(ports, worker):
    report = coverage.show(ports, worker)
    assert report.status is CoverageStatus.NOT_STARTED
    assert (report.member_number, report.plan) == (None, Plan.BASIC)
    assert (report.protected_from, report.protected_until, report.programmes) == (None, None, ())
    assert report.next_step is NextStep.PAY
    assert report.as_of == NOON


def test_protection_starts_when_the_payment_is_settled(ports, worker):
    pay_for(ports, worker, 3)
    report = coverage.show(ports, worker)
    assert report.status is CoverageStatus.ACTIVE
    assert report.protected_from == NOON
    assert report.protected_until == report.next_due_on == date(2027, 1, 31)
    assert len(report.member_number or "") == 11
    assert report.next_step is NextStep.NONE


def test_the_full_death_benefit_is_waited_for(ports, worker):
    pay_for(ports, worker, 3)
    jkk, jkm = coverage.show(ports, worker).programmes
    assert (jkk.programme, jkk.status) == (Programme.JKK, ProgrammeStatus.ACTIVE)
    assert (jkm.status, jkm.waiting_until) == (ProgrammeStatus.WAITING, date(2027, 2, 22))
    assert [benefit.code for benefit in jkm.benefits] == ["funeral-grant"]


def test_arrears_are_counted_and_priced_by_their_own_months(ports, worker, clock):
    pay_for(ports, worker, 1)
    clock.time = datetime(2027, 1, 10, 3, 0, tzinfo=UTC)
    plan_choice.choose(ports, worker, Plan.COMPLETE)
    report = coverage.show(ports, worker)
    assert report.status is CoverageStatus.GRACE
    # December at half price and basic; January without relief and complete.
    assert (report.arrears.months, report.arrears.amount) == (2, Rupiah(8_400 + 36_800))
    assert report.next_step is NextStep.PAY
    assert "Rp45,200" in report.explanation.in_(Language.ENGLISH)


def test_credit_is_shown(ports, worker, clock):
    pay_twice(ports, clock, worker)
    assert coverage.show(ports, worker).credit == Rupiah(8_400)


def test_a_past_day_is_answered_from_what_had_been_settled_by_then(ports, worker, clock):
    pay_for(ports, worker, 1)
    clock.time = datetime(2027, 1, 10, 3, 0, tzinfo=UTC)
    pay_for(ports, worker, 3)
    gap = coverage.show(ports, worker, date(2027, 1, 5))
    assert gap.status is CoverageStatus.GRACE
    assert gap.arrears.months == 2
    assert coverage.show(ports, worker, date(2027, 1, 10)).status is CoverageStatus.ACTIVE
    assert coverage.show(ports, worker, date(2026, 11, 21)).status is CoverageStatus.NOT_STARTED


def test_a_day_before_the_choice_knows_no_plan(ports, worker):
    assert coverage.show(ports, worker, date(2026, 11, 21)).plan is None


def test_the_next_step_is_today_s_whatever_day_is_asked_about(ports, worker):
    pay_for(ports, worker, 3)
    later = coverage.show(ports, worker, date(2027, 12, 31))
    assert later.status is CoverageStatus.LAPSED
    assert later.next_step is NextStep.NONE
    assert later.as_of == datetime(2027, 12, 31, 16, 59, 59, 999_999, tzinfo=UTC)


def test_an_open_invoice_is_waited_for_until_it_expires(ports, worker, clock):
    bill = billing.issue(ports, worker, 1, Once())
    assert coverage.show(ports, worker).next_step is NextStep.WAIT_FOR_PAYMENT
    with at(clock, bill.expires_at.replace(hour=23)):
        assert coverage.show(ports, worker).next_step is NextStep.PAY


@pytest.mark.parametrize(
    ("identity", "consenting", "step"),
    [
        (IdentityStatus.PENDING, True, NextStep.WAIT_FOR_IDENTITY),
        (IdentityStatus.VERIFIED, False, NextStep.ACCEPT_CONSENTS),
        (IdentityStatus.VERIFIED, True, NextStep.CHOOSE_PLAN),
    ],
)
def test_the_profile_is_told_the_same_next_step(ports, identity, consenting, step):
    worker = add_worker(ports, identity=identity, consenting=consenting)
    with ports.transactions.reading() as session:
        outlook = coverage.outlook(ports, session, worker.worker_id)
    assert (outlook.plan, outlook.next_step) == (None, step)
    assert coverage.show(ports, worker).next_step is step


def test_cover_is_read_in_one_statement(ports, worker, clock, queries):
    pay_twice(ports, clock, worker)
    billing.issue(ports, worker, 3, Once())
    queries.clear()
    coverage.show(ports, worker)
    assert len([sql for sql in queries if "SAVEPOINT" not in sql]) == 1


def test_arrears_of_a_past_day_are_priced_by_what_had_been_chosen_by_then(ports, worker, clock):
    pay_for(ports, worker, 1)
    clock.time = datetime(2027, 1, 10, 3, 0, tzinfo=UTC)
    owed = coverage.show(ports, worker, date(2027, 1, 9)).arrears
    plan_choice.choose(ports, worker, Plan.COMPLETE)
    assert coverage.show(ports, worker).arrears.amount > owed.amount
    assert coverage.show(ports, worker, date(2027, 1, 9)).arrears == owed


def test_whoever_took_a_required_consent_back_is_told_to_give_it_before_paying(ports):
    worker = add_worker(ports, consenting=False)
    assert "setujui dulu" in coverage.show(ports, worker).explanation.id
