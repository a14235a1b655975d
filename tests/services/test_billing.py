from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from models.invoice import Invoice, InvoiceMonth, InvoiceStatus, select_invoice
from models.payment import LedgerPosting, select_credit
from models.pricing import Terms, price
from models.values.identity import IdentityStatus
from models.values.month import Month
from models.values.page import PageRequest
from models.values.payer import PayerKind
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.sector import Sector
from models.values.virtual_account import VirtualAccountNumber
from models.values.words import Language
from models.worker import select_worker_to_change
from services import billing, invoices, ledger, plan_choice
from services.billing import unused_number
from services.errors import (
    ConsentMissing,
    IdentityInReview,
    IdentityNeedsCorrection,
    IdentityPending,
    IdentityRefused,
    InvoiceNotFound,
    InvoiceNotOpen,
    InvoiceOpen,
    PlanMissing,
    TooFarAhead,
)
from services.once import Once
from tests.fakes import NOON
from tests.payers import DRIVER, add_worker, at, pay, pay_twice


@pytest.fixture
def worker(ports):
    worker = add_worker(ports)
    plan_choice.choose(ports, worker, Plan.BASIC)
    return worker


def issue(ports, worker, months):
    return billing.issue(ports, worker, months, Once())


def test_a_fisherman_is_billed_for_three_months(ports, worker):
    bill = issue(ports, worker, 3)
    assert [month.amount.amount for month in bill.months] == [8_400, 8_400, 16_800]
    assert (bill.amount, bill.credit_used) == (Rupiah(33_600), Rupiah(0))
    assert bill.status is InvoiceStatus.OPEN
    assert bill.protected_until == Month(2027, 1).last_day


def test_a_driver_is_billed_for_six_months(ports):
    driver = add_worker(ports, occupation=DRIVER, income=1_000_000)
    plan_choice.choose(ports, driver, Plan.BASIC)
    assert issue(ports, driver, 6).amount == Rupiah(58_800)


def test_a_trader_is_billed_for_both_programmes(ports, clock):
    trader = add_worker(ports, income=3_000_000)
    plan_choice.choose(ports, trader, Plan.COMPLETE)
    with at(clock, datetime(2026, 12, 1, 3, 0, tzinfo=UTC)):
        assert issue(ports, trader, 2).amount == Rupiah(172_450)


def test_a_stored_month_says_how_its_price_came_about(ports, worker):
    bill = issue(ports, worker, 1)
    shown = invoices.show(ports, worker, bill.id)
    jkk, jkm = shown.months[0].lines
    assert (jkk.base, jkk.relief, jkk.rule) == (Rupiah(10_000), Rupiah(5_000), "pp50-2025-other")
    assert shown.months == bill.months
    with ports.transactions.reading() as session:
        (line,) = session.scalars(select(InvoiceMonth))
    assert (line.jkk, line.jkm, line.jht) == (jkk.amount, jkm.amount, Rupiah(0))
    assert line.payer is PayerKind.SELF


def test_every_stored_price_comes_out_of_its_book_again(ports):
    book = ports.books.current
    for plan in Plan:
        for band in book.bands:
            terms = Terms(plan=plan, monthly_income=band.income_from, sector=Sector.TRANSPORT)
            priced = price(book, terms, Month(2027, 3), PayerKind.SELF)
            assert InvoiceMonth.of(priced).priced_by(book) == priced


def test_an_invoice_expires_after_a_day(ports, worker):
    bill = issue(ports, worker, 1)
    assert bill.expires_at == NOON + timedelta(hours=24)
    assert bill.expires_in == 86_400


def test_an_invoice_does_not_outlive_the_jakarta_month(ports, clock, worker):
    with at(clock, datetime(2026, 11, 30, 16, 59, tzinfo=UTC)):
        bill = issue(ports, worker, 1)
    assert bill.expires_at == datetime(2026, 11, 30, 16, 59, 59, 999_999, tzinfo=UTC)
    assert bill.expires_in == 59


@pytest.mark.parametrize(
    ("identity", "refusal"),
    [
        (IdentityStatus.PENDING, IdentityPending),
        (IdentityStatus.NEEDS_CORRECTION, IdentityNeedsCorrection),
        (IdentityStatus.IN_REVIEW, IdentityInReview),
        (IdentityStatus.REFUSED, IdentityRefused),
    ],
)
def test_only_who_is_verified_is_billed(ports, identity, refusal):
    worker = add_worker(ports, identity=identity)
    plan_choice.choose(ports, worker, Plan.BASIC)
    with pytest.raises(refusal):
        issue(ports, worker, 1)


def test_without_the_required_consents_there_is_no_invoice(ports):
    worker = add_worker(ports, consenting=False)
    plan_choice.choose(ports, worker, Plan.BASIC)
    with pytest.raises(ConsentMissing):
        issue(ports, worker, 1)


def test_without_a_plan_there_is_no_invoice(ports):
    with pytest.raises(PlanMissing):
        issue(ports, add_worker(ports), 1)


def test_there_is_one_open_invoice_at_a_time(ports, worker):
    bill = issue(ports, worker, 1)
    with pytest.raises(InvoiceOpen) as refused:
        issue(ports, worker, 3)
    assert refused.value.details == {"invoice_id": bill.id}


def test_an_expired_invoice_makes_way_and_is_stored_as_expired(ports, worker, clock):
    old = issue(ports, worker, 1)
    with at(clock, NOON + timedelta(hours=24)), pytest.raises(InvoiceOpen):
        issue(ports, worker, 1)
    with at(clock, NOON + timedelta(hours=24, seconds=1)):
        assert invoices.show(ports, worker, old.id).status is InvoiceStatus.EXPIRED
        new = issue(ports, worker, 1)
    assert new.virtual_account_no != old.virtual_account_no
    with ports.transactions.reading() as session:
        stored = session.get_one(Invoice, old.id)
    assert (stored.status, stored.closed_at) == (InvoiceStatus.EXPIRED, old.expires_at)


def test_nobody_pays_more_than_twelve_months_ahead(ports, worker):
    pay(ports, issue(ports, worker, 12))
    pay(ports, issue(ports, worker, 1))
    with pytest.raises(TooFarAhead) as refused:
        issue(ports, worker, 1)
    last_month = refused.value.details["last_month"]
    assert last_month.in_(Language.ENGLISH) == "November 2027"


def test_arrears_come_first_each_at_its_own_price(ports, worker, clock):
    pay(ports, issue(ports, worker, 1))
    with at(clock, datetime(2027, 2, 10, 3, 0, tzinfo=UTC)):
        bill = issue(ports, worker, 6)
    assert [str(month.month) for month in bill.months][:4] == [
        "2026-12", "2027-01", "2027-02", "2027-03",
    ]  # fmt: skip
    assert [month.amount.amount for month in bill.months] == [8_400] + [16_800] * 5


def test_a_month_is_not_billed_again_by_a_server_whose_clock_is_behind(ports, worker, clock):
    pay(ports, issue(ports, worker, 1))
    with at(clock, NOON - timedelta(minutes=1)):
        assert [str(month.month) for month in issue(ports, worker, 1).months] == ["2026-12"]


def test_who_lapsed_starts_again_without_arrears(ports, worker, clock):
    pay(ports, issue(ports, worker, 1))
    with at(clock, datetime(2027, 3, 1, 3, 0, tzinfo=UTC)):
        assert [str(month.month) for month in issue(ports, worker, 1).months] == ["2027-03"]


def test_credit_is_used_first(ports, worker, clock):
    pay_twice(ports, clock, worker)
    bill = issue(ports, worker, 2)
    assert (bill.amount, bill.credit_used) == (Rupiah(16_800), Rupiah(8_400))
    pay(ports, bill)
    assert issue(ports, worker, 1).credit_used == Rupiah(0)


def test_credit_can_pay_for_everything_at_once(ports, worker, clock):
    pay_twice(ports, clock, worker)
    bill = issue(ports, worker, 1)
    assert (bill.amount, bill.credit_used) == (Rupiah(0), Rupiah(8_400))
    assert bill.status is InvoiceStatus.PAID
    assert bill.protected_until == Month(2026, 12).last_day
    with ports.transactions.reading() as session:
        row = session.scalars(select_worker_to_change(worker.worker_id)).one()
        posting = session.scalars(
            select(LedgerPosting).where(LedgerPosting.invoice_id == bill.id)
        ).one()
        assert session.scalars(select_credit(worker.worker_id)).one() == Rupiah(0)
    assert row.paid_through == Month(2026, 12)
    assert (posting.received, posting.settled, posting.credit) == (
        Rupiah(0),
        Rupiah(8_400),
        Rupiah(-8_400),
    )


def test_an_open_invoice_does_not_spend_the_credit(ports, worker, clock):
    pay_twice(ports, clock, worker)
    invoices.cancel(ports, worker, issue(ports, worker, 2).id)
    assert issue(ports, worker, 3).credit_used == Rupiah(8_400)


def test_the_first_payment_brings_a_member_number(ports, worker):
    pay(ports, issue(ports, worker, 1))
    with ports.transactions.reading() as session:
        row = session.scalars(select_worker_to_change(worker.worker_id)).one()
    assert len(row.member_number) == 11


def test_a_virtual_account_number_is_never_given_out_again(ports, worker):
    ours = ports.virtual_account_prefix
    taken = VirtualAccountNumber.parse(issue(ports, worker, 1).virtual_account_no, ours)
    fresh = VirtualAccountNumber(ours, "1234567890123")
    drawn = iter([taken, taken, fresh])
    with ports.transactions.reading() as session:
        assert unused_number(session, ours, lambda _: next(drawn)) == str(fresh)


def test_a_cancelled_invoice_stays_cancelled(ports, worker):
    bill = issue(ports, worker, 1)
    cancelled = invoices.cancel(ports, worker, bill.id)
    assert (cancelled.status, cancelled.expires_in) == (InvoiceStatus.CANCELLED, 0)
    with pytest.raises(InvoiceNotOpen):
        invoices.cancel(ports, worker, bill.id)
    assert issue(ports, worker, 1).status is InvoiceStatus.OPEN


def test_an_expired_or_paid_invoice_cannot_be_cancelled(ports, worker, clock):
    bill = issue(ports, worker, 1)
    with at(clock, NOON + timedelta(days=2)), pytest.raises(InvoiceNotOpen):
        invoices.cancel(ports, worker, bill.id)
    pay(ports, bill)
    with pytest.raises(InvoiceNotOpen):
        invoices.cancel(ports, worker, bill.id)


def test_nobody_sees_or_cancels_another_s_invoice(ports, worker):
    bill, stranger = issue(ports, worker, 1), add_worker(ports)
    for use in (invoices.show, invoices.cancel):
        with pytest.raises(InvoiceNotFound):
            use(ports, stranger, bill.id)
    assert list(invoices.listed(ports, stranger, PageRequest()).items) == []


def test_invoices_are_listed_newest_first_in_two_statements(ports, worker, clock, queries):
    bills = []
    for hours in range(3):
        with at(clock, NOON + timedelta(hours=hours)):
            bills.insert(0, issue(ports, worker, 1))
            invoices.cancel(ports, worker, bills[0].id)
    queries.clear()
    first = invoices.listed(ports, worker, PageRequest(limit=2))
    assert len([sql for sql in queries if sql.startswith("SELECT")]) == 2
    assert [bill.id for bill in first.items] == [bill.id for bill in bills[:2]]
    second = invoices.listed(ports, worker, PageRequest(limit=2, after=first.next_after))
    assert [bill.id for bill in second.items] == [bills[2].id]
    assert second.next_after is None


def test_months_settled_too_late_protect_nothing(ports, worker, clock):
    pay(ports, issue(ports, worker, 1))
    with at(clock, datetime(2027, 1, 10, 3, 0, tzinfo=UTC)):
        bill = issue(ports, worker, 1)
        pay(ports, bill)
        shown = invoices.show(ports, worker, bill.id)
    assert (shown.status, shown.protected_until) == (InvoiceStatus.PAID, None)


def test_an_open_bill_for_months_gone_by_promises_nothing(ports, worker, clock):
    pay(ports, issue(ports, worker, 1))
    with at(clock, datetime(2027, 1, 10, 3, 0, tzinfo=UTC)):
        assert issue(ports, worker, 1).protected_until is None


def test_a_bill_that_cannot_be_paid_any_more_promises_nothing(ports, worker, clock):
    bill = issue(ports, worker, 1)
    with at(clock, bill.expires_at + timedelta(seconds=1)):
        expired = invoices.show(ports, worker, bill.id)
    assert (expired.status, expired.protected_until) == (InvoiceStatus.EXPIRED, None)
    cancelled = invoices.cancel(ports, worker, bill.id)
    assert (cancelled.status, cancelled.protected_until) == (InvoiceStatus.CANCELLED, None)


def test_money_received_is_settled_months_and_credit(ports, worker, clock):
    pay_twice(ports, clock, worker)
    pay(ports, issue(ports, worker, 2))
    assert ledger.unbalanced(ports) == []


def test_the_lines_are_stored_in_order(ports, worker):
    bill = issue(ports, worker, 12)
    with ports.transactions.reading() as session:
        invoice = session.scalars(select_invoice(bill.id, worker_id=worker.worker_id)).one()
    assert [line.month for line in invoice.months] == list(Month(2026, 11).span(12))
