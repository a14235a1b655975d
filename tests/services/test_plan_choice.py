from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from models.contribution import select_contributions
from models.terms import ContributionTerms, select_terms
from models.values.month import Month
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.sector import Sector
from models.worker import WorkerOccupation, select_worker_to_change
from services import billing, coverage, plan_choice
from services.errors import InvoiceOpen
from services.once import Once
from tests.fakes import NOON
from tests.payers import DRIVER, FISHERMAN, add_worker, at, pay

DECEMBER = datetime(2026, 12, 5, 3, 0, tzinfo=UTC)


@pytest.fixture
def worker(ports):
    return add_worker(ports)


def test_the_first_choice_counts_from_the_current_month(ports, worker):
    chosen = plan_choice.choose(ports, worker, Plan.BASIC)
    assert chosen.counts_from == Month(2026, 11)
    assert chosen.monthly_income == Rupiah(900_000)
    assert chosen.price.total == Rupiah(8_400)


def test_the_first_occupation_decides_the_sector(ports, connection):
    driver = add_worker(ports, occupation=DRIVER)
    plan_choice.choose(ports, driver, Plan.BASIC)
    assert connection.scalar(select(ContributionTerms.sector)) is Sector.TRANSPORT


def test_an_income_given_with_the_choice_replaces_the_registered_one(ports, worker, sessions):
    chosen = plan_choice.choose(ports, worker, Plan.COMPLETE, Rupiah(3_000_000))
    assert chosen.price.band == 10
    with sessions() as session:
        row = session.scalars(select_worker_to_change(worker.worker_id)).one()
    assert row.monthly_income == Rupiah(3_000_000)


def test_the_same_choice_again_changes_nothing(ports, worker, connection):
    first = plan_choice.choose(ports, worker, Plan.BASIC)
    again = plan_choice.choose(ports, worker, Plan.BASIC)
    assert again == first
    assert connection.scalar(select(func.count()).select_from(ContributionTerms)) == 1


@pytest.mark.parametrize("behind", [timedelta(minutes=1), timedelta(0)])
def test_the_last_choice_counts_whatever_the_clock_of_the_server_says(ports, worker, clock, behind):
    plan_choice.choose(ports, worker, Plan.COMPLETE)
    with at(clock, NOON - behind):
        chosen = plan_choice.choose(ports, worker, Plan.BASIC)
        bill = billing.issue(ports, worker, 1, Once())
        assert coverage.show(ports, worker).plan is Plan.BASIC
    assert bill.amount == chosen.price.total == Rupiah(8_400)


def test_a_change_counts_from_the_first_unpaid_month(ports, worker):
    plan_choice.choose(ports, worker, Plan.BASIC)
    pay(ports, billing.issue(ports, worker, 2, Once()))
    changed = plan_choice.choose(ports, worker, Plan.COMPLETE)
    assert changed.counts_from == Month(2027, 1)


def test_a_change_in_arrears_does_not_price_them_again(ports, worker, clock):
    plan_choice.choose(ports, worker, Plan.BASIC)
    pay(ports, billing.issue(ports, worker, 1, Once()))
    with at(clock, datetime(2027, 1, 10, 3, 0, tzinfo=UTC)):
        changed = plan_choice.choose(ports, worker, Plan.COMPLETE)
        bill = billing.issue(ports, worker, 2, Once())
    assert changed.counts_from == Month(2027, 1)
    assert [(m.month.number, m.plan) for m in bill.months] == [
        (12, Plan.BASIC),
        (1, Plan.COMPLETE),
    ]


def test_nothing_changes_while_an_invoice_is_open(ports, worker):
    plan_choice.choose(ports, worker, Plan.BASIC)
    bill = billing.issue(ports, worker, 1, Once())
    with pytest.raises(InvoiceOpen) as refused:
        plan_choice.choose(ports, worker, Plan.COMPLETE, Rupiah(3_000_000))
    assert refused.value.details == {"invoice_id": bill.id}
    with ports.transactions.reading() as session:
        assert session.scalars(select_terms(worker.worker_id)).one().plan is Plan.BASIC


def test_an_expired_invoice_is_not_in_the_way(ports, worker, clock):
    plan_choice.choose(ports, worker, Plan.BASIC)
    billing.issue(ports, worker, 1, Once())
    with at(clock, DECEMBER):
        assert plan_choice.choose(ports, worker, Plan.COMPLETE).counts_from == Month(2026, 12)


def test_another_income_makes_new_terms_once_a_plan_is_chosen(ports, worker, clock):
    with ports.transactions.begin() as session:
        row = session.scalars(select_worker_to_change(worker.worker_id)).one()
        plan_choice.record_terms(ports, session, row, clock.now())
        assert session.scalars(select_terms(row.id)).all() == []
    plan_choice.choose(ports, worker, Plan.BASIC)
    with ports.transactions.begin() as session:
        row = session.scalars(select_worker_to_change(worker.worker_id)).one()
        row.monthly_income = Rupiah(3_000_000)
        plan_choice.record_terms(ports, session, row, clock.now())
        assert [each.monthly_income.amount for each in session.scalars(select_terms(row.id))] == [
            900_000,
            3_000_000,
        ]


def test_paid_months_keep_what_they_were_paid_at(ports, worker):
    plan_choice.choose(ports, worker, Plan.BASIC)
    pay(ports, billing.issue(ports, worker, 1, Once()))
    plan_choice.choose(ports, worker, Plan.COMPLETE, Rupiah(3_000_000))
    with ports.transactions.reading() as session:
        (paid,) = session.scalars(select_contributions(worker.worker_id))
    assert (paid.plan, paid.band, paid.amount) == (Plan.BASIC, 1, Rupiah(8_400))
    assert coverage.show(ports, worker).plan is Plan.BASIC


@pytest.mark.parametrize(
    ("first", "second", "sector"),
    [(DRIVER, FISHERMAN, Sector.TRANSPORT), (FISHERMAN, DRIVER, Sector.OTHER)],
)
def test_of_two_occupations_the_first_decides_the_sector(ports, connection, first, second, sector):
    worker = add_worker(ports, occupation=first)
    with ports.transactions.begin() as session:
        session.add(WorkerOccupation(worker_id=worker.worker_id, position=2, code=second))
    plan_choice.choose(ports, worker, Plan.BASIC)
    assert connection.scalar(select(ContributionTerms.sector)) is sector
