from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from models.contribution import select_contributions
from models.coverage import CoverageStatus
from models.identity_verdict import IdentityReason
from models.invoice import InvoiceStatus
from models.next_step import NextStep
from models.refund import select_refund_cases
from models.values.identity import Finding, IdentityStatus
from models.values.month import Month
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.words import Language
from models.worker import Worker, select_worker_to_change
from services import (
    billing,
    coverage,
    identity,
    identity_refusal,
    invoices,
    ledger,
    plan_choice,
    receipts,
)
from services.errors import IdentityRefused
from services.once import Once
from services.ports import Comparison
from tests.banks import Payer
from tests.fakes import NOON
from tests.payers import add_worker, at, pay, pay_twice
from tests.services.test_identity import NIK, join

NOVEMBER, DECEMBER, JANUARY = Month(2026, 11).span(3)
SECOND = timedelta(seconds=1)


@pytest.fixture
def payer(ports):
    return Payer.of(ports)


@pytest.fixture
def bill(ports, payer):
    """Paid: November to January."""
    bill = payer.billed(3)
    pay(ports, bill)
    return bill


def refuse(ports, payer):
    return identity_refusal.refuse(ports, payer.caller.worker_id, IdentityReason.HELD_BY_ANOTHER)


def verify(ports, payer):
    """What staff may decide afterwards."""
    with ports.transactions.begin() as session:
        worker = session.scalars(select_worker_to_change(payer.caller.worker_id)).one()
        worker.identity_status, worker.identity_reason = IdentityStatus.VERIFIED, None


def months(ports, payer):
    """Those that stand, and those that were taken back."""
    with ports.transactions.reading() as session:
        paid = session.scalars(select_contributions(payer.caller.worker_id)).all()
    stand = [each.month for each in paid if each.refunded_at is None]
    return stand, [each.month for each in paid if each.refunded_at is not None]


def worker(ports, payer):
    with ports.transactions.reading() as session:
        return session.get_one(Worker, payer.caller.worker_id)


def cover(ports, payer, on=None):
    return coverage.show(ports, payer.caller, on)


def test_months_that_have_not_begun_become_a_refund_case(ports, payer, bill):
    case = refuse(ports, payer)
    assert months(ports, payer) == ([NOVEMBER], [DECEMBER, JANUARY])
    assert (case.amount, case.opened_at, case.closed_at) == (Rupiah(8_400 + 16_800), NOON, None)
    with ports.transactions.reading() as session:
        assert session.scalars(select_refund_cases(payer.caller.worker_id)).one().id == case.id
    assert worker(ports, payer).paid_through == NOVEMBER
    assert not ledger.unbalanced(ports)


@pytest.mark.parametrize(
    ("instant", "stand"),
    [
        (DECEMBER.starts_at - timedelta(microseconds=1), [NOVEMBER]),
        (DECEMBER.starts_at, [NOVEMBER, DECEMBER]),
    ],
    ids=["the last instant before", "its first instant"],
)
def test_a_month_begins_with_its_first_instant_in_jakarta(
    ports, clock, payer, bill, instant, stand
):
    clock.time = instant
    refuse(ports, payer)
    assert months(ports, payer)[0] == stand


def test_the_worker_is_refused_and_told_why(ports, payer):
    assert refuse(ports, payer) is None
    refused = worker(ports, payer)
    assert refused.identity_status is IdentityStatus.REFUSED
    assert refused.identity_reason == IdentityReason.HELD_BY_ANOTHER
    assert refused.identity_checked_at == NOON
    with pytest.raises(IdentityRefused):
        payer.billed()


def test_cover_that_was_paid_for_runs_to_the_end_of_its_month(ports, payer, bill):
    refuse(ports, payer)
    report = cover(ports, payer)
    assert (report.status, report.protected_until) == (CoverageStatus.ACTIVE, NOVEMBER.last_day)
    assert (report.next_due_on, report.next_step) == (None, NextStep.CONTACT_SUPPORT)
    assert report.explanation.in_(Language.ENGLISH) == (
        "You are protected until 30 November 2026, but not after that: your identity is not "
        "verified, so we cannot take payments; contact our staff."
    )
    assert cover(ports, payer, date(2026, 12, 1)).status is CoverageStatus.GRACE


def test_who_is_refused_is_asked_for_no_money_later_either(ports, clock, payer, bill):
    refuse(ports, payer)
    for instant, status in (
        (datetime(2026, 12, 10, tzinfo=UTC), CoverageStatus.GRACE),
        (datetime(2027, 3, 10, tzinfo=UTC), CoverageStatus.LAPSED),
    ):
        with at(clock, instant):
            report = cover(ports, payer)
        assert (report.status, report.next_due_on) == (status, None)
        assert "we cannot take payments" in report.explanation.in_(Language.ENGLISH)


def test_the_answer_about_a_past_day_stays_what_it_was(ports, clock, payer, bill):
    clock.time = NOON + timedelta(days=3)
    days = [date(2026, 11, day) for day in (21, 22, 24)]
    before = [cover(ports, payer, day).protected_until for day in days]
    refuse(ports, payer)
    assert [cover(ports, payer, day).protected_until for day in days] == before
    assert cover(ports, payer, date(2026, 11, 25)).protected_until == NOVEMBER.last_day


def test_doing_it_again_changes_nothing(ports, clock, payer, bill):
    refuse(ports, payer)
    clock.advance(days=1)
    assert refuse(ports, payer) is None
    assert worker(ports, payer).identity_checked_at == NOON
    assert not ledger.unbalanced(ports)


def test_an_open_invoice_is_cancelled(ports, clock, payer, bill):
    still_open = payer.billed()
    clock.advance(hours=1)
    refuse(ports, payer)
    closed = payer.invoice(still_open)
    assert (closed.status, closed.closed_at) == (InvoiceStatus.CANCELLED, clock.now())


def test_an_invoice_that_had_expired_is_stored_as_expired(ports, clock, payer):
    expired = payer.billed()
    clock.time = expired.expires_at + SECOND
    refuse(ports, payer)
    closed = payer.invoice(expired)
    assert (closed.status, closed.closed_at) == (InvoiceStatus.EXPIRED, expired.expires_at)


def test_credit_stays_credit(ports, clock, payer):
    pay_twice(ports, clock, payer.caller)
    assert refuse(ports, payer) is None
    assert cover(ports, payer).credit == Rupiah(8_400)
    assert not ledger.unbalanced(ports)


def test_a_month_that_credit_paid_for_is_owed_at_its_whole_price(ports, clock, payer):
    pay_twice(ports, clock, payer.caller)
    december = payer.billed()
    assert (december.amount, december.credit_used) == (Rupiah(0), Rupiah(8_400))
    assert refuse(ports, payer).amount == Rupiah(8_400)
    assert cover(ports, payer).credit == Rupiah(0)
    assert not ledger.unbalanced(ports)


def test_a_receipt_still_shows_what_was_paid_but_no_cover_that_is_gone(ports, payer, bill):
    before = receipts.show(ports, payer.caller, bill.id)
    refuse(ports, payer)
    after = receipts.show(ports, payer.caller, bill.id)
    assert (after.months, after.total, after.amount) == (before.months, before.total, before.amount)
    assert (before.protected_until, after.protected_until) == (JANUARY.last_day, NOVEMBER.last_day)
    assert invoices.show(ports, payer.caller, bill.id).protected_until == NOVEMBER.last_day


def test_a_bill_of_which_nothing_stands_promises_nothing(ports, payer, bill):
    later = payer.billed(2)
    pay(ports, later)
    refuse(ports, payer)
    shown = invoices.show(ports, payer.caller, later.id)
    assert (shown.status, shown.protected_until) == (InvoiceStatus.PAID, None)


def test_who_is_verified_after_all_can_pay_for_the_same_months_again(ports, clock, payer, bill):
    refuse(ports, payer)
    clock.advance(days=1)
    verify(ports, payer)
    assert cover(ports, payer).next_step is not NextStep.CONTACT_SUPPORT
    again = payer.billed(2)
    assert [each.month for each in again.months] == [DECEMBER, JANUARY]
    pay(ports, again)
    assert months(ports, payer) == ([NOVEMBER, DECEMBER, JANUARY], [DECEMBER, JANUARY])
    assert worker(ports, payer).paid_through == JANUARY
    assert cover(ports, payer, date(2027, 1, 31)).status is CoverageStatus.ACTIVE
    assert not ledger.unbalanced(ports)


def test_a_second_refusal_is_a_case_of_its_own(ports, clock, payer, bill):
    refuse(ports, payer)
    clock.advance(days=1)
    verify(ports, payer)
    pay(ports, payer.billed())
    assert refuse(ports, payer).amount == Rupiah(8_400)
    with ports.transactions.reading() as session:
        cases = session.scalars(select_refund_cases(payer.caller.worker_id)).all()
    assert [case.amount.amount for case in cases] == [25_200, 8_400]
    assert not ledger.unbalanced(ports)


def test_no_month_stands_twice(ports, payer, bill):
    other = payer.billed()
    with ports.transactions.reading() as session:
        paid = session.scalars(select_contributions(payer.caller.worker_id)).first()
        session.add(
            type(paid)(
                worker_id=paid.worker_id,
                month=paid.month,
                settled_at=paid.settled_at,
                invoice_id=other.id,
                **paid.pricing,
            )
        )
        with pytest.raises(IntegrityError, match="uq_contribution_month"):
            session.flush()


def test_a_month_that_has_begun_cannot_be_taken_back(ports, payer, bill):
    case = refuse(ports, payer)
    with ports.transactions.reading() as session:
        begun = session.scalars(select_contributions(payer.caller.worker_id)).first()
        begun.refund_case_id, begun.refunded_at = case.id, NOON
        with pytest.raises(IntegrityError, match="ck_contribution_refunded_at"):
            session.flush()


def paying(ports):
    """Who has registered, been verified, and paid for two months."""
    caller = join(ports)
    ports.jobs.work(ports)
    plan_choice.choose(ports, caller, Plan.BASIC)
    pay(ports, billing.issue(ports, caller, 2, Once()))
    return Payer(ports, caller)


def ask_again(ports, payer):
    with ports.transactions.begin() as session:
        worker = session.scalars(select_worker_to_change(payer.caller.worker_id)).one()
        now = ports.clock.now()
        identity.request_check(ports, session, worker.id, worker.nik_key, now)


def test_a_registry_that_refuses_somebody_who_has_paid_opens_a_case_as_well(ports):
    payer = paying(ports)
    ports.identity.answers[NIK] = Comparison(finding=Finding.DECEASED, scores={})
    ask_again(ports, payer)
    ports.jobs.work(ports)
    assert worker(ports, payer).identity_reason == IdentityReason.DECEASED
    with ports.transactions.reading() as session:
        case = session.scalars(select_refund_cases(payer.caller.worker_id)).one()
    assert len(months(ports, payer)[1]) == 1
    assert case.amount > Rupiah(0)
    assert not ledger.unbalanced(ports)


def test_an_answer_of_the_registry_that_is_still_to_come_changes_nothing_any_more(ports):
    payer = paying(ports)
    ask_again(ports, payer)
    refuse(ports, payer)
    ports.jobs.work(ports)
    assert worker(ports, payer).identity_status is IdentityStatus.REFUSED


def test_somebody_else_may_hold_the_nik_then(ports):
    refused = Payer(ports, add_worker(ports))
    nik_key = worker(ports, refused).nik_key
    other = add_worker(ports, identity=IdentityStatus.IN_REVIEW)
    refuse(ports, refused)
    with ports.transactions.begin() as session:
        claim = session.get_one(Worker, other.worker_id)
        claim.nik_key, claim.identity_status = nik_key, IdentityStatus.VERIFIED
