"""Turns of cover over time, each by its rule: ends of months, arrears, new beginnings, old age."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from models.application import Occupation
from models.coverage import CoverageStatus, ProgrammeStatus
from models.values.month import Month
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.worker import select_worker_to_change
from services import billing, coverage, plan_choice, profile_change
from services.once import Once
from tests.models.paying import wib
from tests.payers import DRIVER, FISHERMAN, add_worker, at, pay

NOT_STARTED, ACTIVE, GRACE, LAPSED = CoverageStatus
MOMENT = timedelta(microseconds=1)


def member(ports, plan=Plan.BASIC, **who):
    worker = add_worker(ports, **who)
    plan_choice.choose(ports, worker, plan)
    return worker


@pytest.fixture
def worker(ports):
    return member(ports)


def bill(ports, worker, months=1):
    return billing.issue(ports, worker, months, Once())


def pays(ports, worker, months=1):
    pay(ports, bill(ports, worker, months))


def status(ports, worker, on=None):
    return coverage.show(ports, worker, on).status


def prices(bill):
    return {str(each.month): each.amount.amount for each in bill.months}


# The end of a month


@pytest.mark.parametrize(
    ("now", "month"),
    [
        (datetime(2026, 11, 30, 16, 59, 59, 999_999, tzinfo=UTC), "2026-11"),
        (datetime(2026, 11, 30, 17, 0, tzinfo=UTC), "2026-12"),
        (datetime(2026, 12, 1, 0, 0, tzinfo=UTC), "2026-12"),
    ],
    ids=["before midnight in Jakarta", "midnight in Jakarta", "midnight in London"],
)
def test_the_month_to_be_paid_is_jakarta_s(ports, worker, clock, now, month):
    with at(clock, now):
        assert list(prices(bill(ports, worker))) == [month]


def test_the_last_instant_of_a_month_is_enough_to_cover_its_last_day(ports, worker, clock):
    clock.time = wib(2026, 12, 1) - MOMENT
    pays(ports, worker)
    assert status(ports, worker) is ACTIVE
    clock.time += MOMENT
    assert status(ports, worker) is GRACE
    assert status(ports, worker, date(2026, 11, 30)) is ACTIVE
    assert status(ports, worker, date(2026, 11, 29)) is NOT_STARTED


def test_protection_goes_on_unbroken_for_who_pays_in_the_first_instant(ports, worker, clock):
    pays(ports, worker)
    since = clock.now()
    clock.time = wib(2026, 12, 1)
    pays(ports, worker)
    assert coverage.show(ports, worker).protected_from == since


def test_an_instant_later_protection_starts_anew(ports, worker, clock):
    pays(ports, worker)
    clock.time = wib(2026, 12, 1) + MOMENT
    pays(ports, worker)
    assert coverage.show(ports, worker).protected_from == clock.now()


# Leap day


def test_leap_day_belongs_to_february(ports, worker, clock):
    clock.time = wib(2028, 2, 29, 9)
    due = bill(ports, worker)
    assert due.expires_at == wib(2028, 3, 1) - MOMENT
    pay(ports, due)
    report = coverage.show(ports, worker)
    assert (report.status, report.protected_until) == (ACTIVE, date(2028, 2, 29))
    assert status(ports, worker, date(2028, 3, 1)) is GRACE


def test_the_full_death_benefit_of_who_began_on_30_november_comes_on_leap_day(ports, worker, clock):
    clock.time = wib(2027, 11, 30, 9)
    pays(ports, worker, 6)
    _, waiting = coverage.show(ports, worker, date(2028, 2, 28)).programmes
    _, full = coverage.show(ports, worker, date(2028, 2, 29)).programmes
    assert (waiting.status, waiting.waiting_until) == (ProgrammeStatus.WAITING, date(2028, 2, 29))
    assert full.status is ProgrammeStatus.ACTIVE


# Arrears


@pytest.mark.parametrize(
    ("occupation", "paid_at", "asked_at", "owed"),
    [
        (FISHERMAN, wib(2026, 11, 5), wib(2027, 1, 10), {"2026-12": 28_400, "2027-01": 36_800}),
        (FISHERMAN, wib(2026, 2, 5), wib(2026, 4, 10), {"2026-03": 36_800, "2026-04": 28_400}),
        (DRIVER, wib(2027, 2, 5), wib(2027, 4, 10), {"2027-03": 28_400, "2027-04": 36_800}),
        (DRIVER, wib(2025, 11, 5), wib(2026, 1, 10), {"2025-12": 36_800, "2026-01": 28_400}),
    ],
    ids=["other ends", "other begins", "transport ends", "transport begins"],
)
def test_arrears_across_the_edge_of_a_relief_cost_what_each_month_costs(
    ports, clock, occupation, paid_at, asked_at, owed
):
    """Half of JKK and JKM is waived, of JHT nothing."""
    clock.time = paid_at
    worker = member(ports, Plan.COMPLETE, occupation=occupation)
    pays(ports, worker)
    clock.time = asked_at
    assert coverage.show(ports, worker).arrears.amount.amount == sum(owed.values())
    assert prices(bill(ports, worker, 2)) == owed


def test_another_income_in_arrears_counts_from_the_current_month_on(ports, worker, clock):
    pays(ports, worker)
    clock.time = wib(2027, 1, 10)
    profile_change.change(ports, worker, {"monthly_income": Rupiah(3_000_000)})
    assert coverage.show(ports, worker).arrears.amount == Rupiah(8_400 + 36_300)
    assert prices(bill(ports, worker, 2)) == {"2026-12": 8_400, "2027-01": 36_300}


def test_other_work_in_arrears_counts_from_the_current_month_on(ports, worker, clock):
    """A fisherman turns driver in January, when only drivers have relief still."""
    pays(ports, worker)
    clock.time = wib(2027, 2, 10)
    profile_change.change(ports, worker, {"occupations": [Occupation(code=DRIVER)]})
    assert coverage.show(ports, worker).arrears.amount == Rupiah(8_400 + 16_800 + 8_400)
    due = prices(bill(ports, worker, 3))
    assert due == {"2026-12": 8_400, "2027-01": 16_800, "2027-02": 8_400}


def test_arrears_are_due_until_the_end_of_the_third_unpaid_month(ports, worker, clock):
    pays(ports, worker)
    clock.time = wib(2027, 3, 1) - MOMENT
    report = coverage.show(ports, worker)
    assert (report.status, report.arrears.months) == (GRACE, 3)
    clock.time += MOMENT
    report = coverage.show(ports, worker)
    assert (report.status, report.arrears.months, report.next_due_on) == (LAPSED, 0, None)


# Months paid in advance


def test_a_change_waits_until_what_was_paid_in_advance_has_run_out(ports, worker, clock):
    pays(ports, worker, 3)
    clock.time = wib(2026, 12, 10)
    profile_change.change(ports, worker, {"monthly_income": Rupiah(3_000_000)})
    plan_choice.choose(ports, worker, Plan.COMPLETE)
    assert coverage.show(ports, worker, date(2027, 1, 31)).plan is Plan.BASIC
    due = bill(ports, worker)
    assert prices(due) == {"2027-02": 95_300}
    pay(ports, due)
    assert coverage.show(ports, worker, date(2027, 1, 31)).plan is Plan.BASIC
    assert coverage.show(ports, worker, date(2027, 2, 1)).plan is Plan.COMPLETE


def test_of_several_changes_that_wait_the_last_counts(ports, worker):
    pays(ports, worker, 3)
    for plan, income in ((Plan.COMPLETE, 3_000_000), (Plan.BASIC, 900_000), (Plan.COMPLETE, 0)):
        plan_choice.choose(ports, worker, plan, Rupiah(income))
    assert prices(bill(ports, worker)) == {"2027-02": 36_800}


# A new beginning


@pytest.fixture
def returned(ports, worker, clock):
    """Covered in November, lapsed in March, back on 15 April for three months."""
    pays(ports, worker)
    clock.time = wib(2027, 4, 15, 9)
    pays(ports, worker, 3)
    return worker


def test_who_returns_is_protected_from_then_and_owes_nothing(ports, returned):
    report = coverage.show(ports, returned)
    assert (report.status, report.arrears.months) == (ACTIVE, 0)
    assert report.protected_from == wib(2027, 4, 15, 9)
    assert report.protected_until == date(2027, 6, 30)


def test_who_returns_waits_again_for_the_full_death_benefit(ports, returned):
    _, jkm = coverage.show(ports, returned).programmes
    assert (jkm.status, jkm.waiting_until) == (ProgrammeStatus.WAITING, date(2027, 7, 15))


def test_who_settles_arrears_does_not_wait_again(ports, worker, clock):
    pays(ports, worker)
    clock.time = wib(2027, 2, 28, 9)
    pays(ports, worker, 3)
    _, jkm = coverage.show(ports, worker).programmes
    assert jkm.status is ProgrammeStatus.ACTIVE


def test_any_day_of_a_long_history_is_answered_as_it_was(ports, returned, clock):
    clock.time = wib(2027, 9, 10)
    pays(ports, returned, 2)  # July and August; September stays unpaid
    clock.time = wib(2028, 3, 5)
    pays(ports, returned, 12)
    turns = {
        date(2026, 11, 1): NOT_STARTED,
        date(2026, 11, 22): ACTIVE,
        date(2026, 12, 1): GRACE,
        date(2027, 3, 1): LAPSED,
        date(2027, 4, 15): ACTIVE,
        date(2027, 7, 1): GRACE,
        date(2027, 12, 1): LAPSED,
        date(2028, 3, 5): ACTIVE,
        date(2029, 3, 1): GRACE,
        date(2029, 6, 1): LAPSED,
    }
    for day, next_turn in pairwise([*turns, date(2029, 7, 1)]):
        inside = day + (next_turn - day) / 2
        for asked in (day, inside, next_turn - timedelta(days=1)):
            assert status(ports, returned, asked) is turns[day], asked


# Old age


def born_on(ports, worker, day):
    with ports.transactions.begin() as session:
        session.scalars(select_worker_to_change(worker.worker_id)).one().birth_date = day


@pytest.mark.parametrize(
    ("now", "month"),
    [(wib(2027, 1, 10), Month(2026, 12)), (wib(2028, 5, 10), Month(2028, 5))],
    ids=["in arrears", "lapsed"],
)
def test_a_participant_goes_on_past_65(ports, worker, clock, now, month):
    born_on(ports, worker, date(1961, 12, 24))
    pays(ports, worker)
    clock.time = now
    profile_change.change(ports, worker, {"monthly_income": Rupiah(1_000_000)})
    due = bill(ports, worker, 2)
    assert due.months[0].month == month
    pay(ports, due)
    assert status(ports, worker) is ACTIVE
