from datetime import UTC, date, datetime, timedelta

import pytest

from models.coverage import (
    CoverageStatus,
    ProgrammeStatus,
    coverage_at,
    coverage_on,
    jkm_full_on,
)
from models.values.month import Month
from models.values.plan import Plan, Programme
from models.values.rupiah import Rupiah
from tests.models.paying import Paid, pay, wib

NOT_STARTED, ACTIVE, GRACE, LAPSED = CoverageStatus
FIRST_PAID_AT = wib(2026, 11, 22, 10)
MOMENT = timedelta(microseconds=1)


def test_nobody_is_covered_before_paying():
    coverage = coverage_at([], FIRST_PAID_AT)
    assert coverage.status is NOT_STARTED
    assert coverage.programmes == ()
    assert coverage.protected_from is coverage.protected_until is coverage.plan is None


def test_protection_starts_at_the_instant_the_payment_settles():
    paid = pay([], FIRST_PAID_AT, 3)
    assert coverage_at(paid, FIRST_PAID_AT - MOMENT).status is NOT_STARTED
    coverage = coverage_at(paid, FIRST_PAID_AT)
    assert coverage.status is ACTIVE
    assert coverage.protected_from == FIRST_PAID_AT
    assert coverage.protected_until == coverage.next_due_on == date(2027, 1, 31)
    assert coverage.spell_started_on == date(2026, 11, 22)


def test_protection_ends_at_jakarta_s_midnight():
    paid = pay([], FIRST_PAID_AT, 1)
    midnight = datetime(2026, 11, 30, 17, tzinfo=UTC)
    assert coverage_at(paid, midnight - MOMENT).status is ACTIVE
    assert coverage_at(paid, midnight).status is GRACE


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2026, 11, 21), NOT_STARTED),
        (date(2026, 11, 22), ACTIVE),
        (date(2026, 11, 30), ACTIVE),
        (date(2026, 12, 1), GRACE),
        (date(2027, 2, 28), GRACE),
        (date(2027, 3, 1), LAPSED),
        (date(2028, 2, 29), LAPSED),
    ],
)
def test_a_day_is_judged_at_its_end(day, status):
    assert coverage_on(pay([], FIRST_PAID_AT, 1), day).status is status


def test_grace_says_what_is_owed_and_until_when():
    coverage = coverage_on(pay([], FIRST_PAID_AT, 1), date(2027, 1, 10))
    assert coverage.unpaid_months == (Month(2026, 12), Month(2027, 1))
    assert coverage.settle_by == date(2027, 2, 28)
    assert coverage.next_due_on == coverage.protected_until == date(2026, 11, 30)
    assert coverage.plan is Plan.BASIC


def test_a_lapse_leaves_nothing_due():
    coverage = coverage_on(pay([], FIRST_PAID_AT, 1), date(2027, 3, 1))
    assert (coverage.unpaid_months, coverage.next_due_on, coverage.settle_by) == ((), None, None)
    assert coverage.protected_until == date(2026, 11, 30)
    assert coverage.paid_through == Month(2026, 11)


@pytest.fixture
def settled_in_january():
    """Paid for November, then the arrears of December and January with February."""
    paid = pay([], FIRST_PAID_AT, 1)
    return pay(paid, wib(2027, 1, 20, 15), 3)


def test_settled_arrears_protect_from_that_instant_on(settled_in_january):
    settled_at = wib(2027, 1, 20, 15)
    assert coverage_at(settled_in_january, settled_at - MOMENT).status is GRACE
    coverage = coverage_at(settled_in_january, settled_at)
    assert coverage.status is ACTIVE
    assert coverage.protected_from == settled_at
    assert coverage.protected_until == date(2027, 2, 28)


def test_the_day_of_settlement_counts_as_covered_by_its_end(settled_in_january):
    assert coverage_on(settled_in_january, date(2027, 1, 20)).status is ACTIVE


@pytest.mark.parametrize("day", [date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 19)])
def test_an_unpaid_day_stays_unprotected_for_ever(settled_in_january, day):
    assert coverage_on(settled_in_january, day).status is GRACE


def test_settled_arrears_keep_the_spell(settled_in_january):
    coverage = coverage_on(settled_in_january, date(2027, 2, 1))
    assert coverage.spell_started_on == date(2026, 11, 22)


def test_arrears_settled_in_part_protect_nothing():
    paid = pay(pay([], FIRST_PAID_AT, 1), wib(2027, 2, 10), 2)
    coverage = coverage_on(paid, date(2027, 2, 10))
    assert coverage.status is GRACE
    assert coverage.unpaid_months == (Month(2027, 2),)
    assert coverage.protected_until == date(2026, 11, 30)
    assert coverage.paid_through == Month(2027, 1)
    assert coverage.next_due_on == date(2027, 1, 31)
    assert coverage.settle_by == date(2027, 4, 30)


def test_a_month_paid_late_within_itself_starts_protection_anew():
    paid = pay(pay([], FIRST_PAID_AT, 1), wib(2026, 12, 5), 1)
    coverage = coverage_on(paid, date(2026, 12, 5))
    assert coverage.protected_from == wib(2026, 12, 5)


def test_a_month_paid_in_time_carries_protection_on():
    paid = pay(pay([], FIRST_PAID_AT, 1), wib(2026, 11, 30, 23, 59), 2)
    coverage = coverage_on(paid, date(2027, 1, 31))
    assert (coverage.status, coverage.protected_from) == (ACTIVE, FIRST_PAID_AT)


def test_returning_after_a_lapse_starts_a_new_spell():
    paid = pay(pay([], FIRST_PAID_AT, 1), wib(2027, 3, 15, 9), 2)
    coverage = coverage_on(paid, date(2027, 3, 15))
    assert coverage.status is ACTIVE
    assert coverage.protected_from == wib(2027, 3, 15, 9)
    assert coverage.spell_started_on == date(2027, 3, 15)
    assert coverage.programmes[1].waiting_until == date(2027, 6, 15)


@pytest.mark.parametrize(
    ("started_on", "full_on"),
    [
        (date(2026, 11, 22), date(2027, 2, 22)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 10, 31), date(2027, 1, 31)),
        (date(2027, 1, 31), date(2027, 4, 30)),
    ],
)
def test_the_full_death_benefit_comes_three_calendar_months_later(started_on, full_on):
    assert jkm_full_on(started_on) == full_on


@pytest.mark.parametrize(
    ("day", "status", "amount"),
    [
        (date(2026, 11, 22), ProgrammeStatus.WAITING, 10_000_000),
        (date(2027, 2, 21), ProgrammeStatus.WAITING, 10_000_000),
        (date(2027, 2, 22), ProgrammeStatus.ACTIVE, 42_000_000),
    ],
)
def test_before_that_there_is_the_funeral_grant_only(day, status, amount):
    jkm = cover_of(Programme.JKM, coverage_on(pay([], FIRST_PAID_AT, 6), day))
    assert jkm.status is status
    assert jkm.benefits[0].amount == Rupiah(amount)
    assert (jkm.waiting_until is None) is (status is ProgrammeStatus.ACTIVE)


def test_work_accidents_are_covered_from_the_first_instant():
    jkk = cover_of(Programme.JKK, coverage_at(pay([], FIRST_PAID_AT, 1), FIRST_PAID_AT))
    assert (jkk.status, jkk.waiting_until) == (ProgrammeStatus.ACTIVE, None)


def test_settling_arrears_does_not_start_the_waiting_again(settled_in_january):
    jkm = cover_of(Programme.JKM, coverage_on(settled_in_january, date(2027, 2, 22)))
    assert jkm.status is ProgrammeStatus.ACTIVE


def test_benefits_are_those_of_the_month_asked_about():
    paid = pay([], FIRST_PAID_AT, 1)
    paid = pay(paid, wib(2026, 11, 23), 1, plan=Plan.COMPLETE, reference_income=Rupiah(2_950_000))
    november, december = (coverage_on(paid, date(2026, month, 25)) for month in (11, 12))
    assert (november.plan, december.plan) == (Plan.BASIC, Plan.COMPLETE)
    assert death_at_work(november) == Rupiah(48_000_000)
    assert death_at_work(december) == Rupiah(141_600_000)


def test_without_cover_only_savings_remain():
    paid = pay([], FIRST_PAID_AT, 1, plan=Plan.COMPLETE)
    for day in (date(2026, 12, 1), date(2027, 6, 1)):
        programmes = coverage_on(paid, day).programmes
        assert {cover.status for cover in programmes} == {ProgrammeStatus.INACTIVE}
        assert [len(cover.benefits) for cover in programmes] == [0, 0, 1]


def test_a_month_settled_at_its_very_end_protects_nothing():
    december = Month(2026, 12)
    paid = [
        Paid(month=Month(2026, 11), settled_at=FIRST_PAID_AT),
        Paid(month=december, settled_at=december.ends_at),
        Paid(month=december + 1, settled_at=december.ends_at),
    ]
    coverage = coverage_at(paid, december.ends_at)
    assert (coverage.status, coverage.protected_from) == (ACTIVE, december.ends_at)


def cover_of(programme, coverage):
    return next(cover for cover in coverage.programmes if cover.programme is programme)


def death_at_work(coverage):
    benefits = cover_of(Programme.JKK, coverage).benefits
    return next(benefit.amount for benefit in benefits if benefit.code == "death-at-work")


def test_the_last_protection_is_told_where_two_clocks_settled_the_arrears():
    """Of two months, a server whose clock is a minute behind has settled the later one."""
    ahead = wib(2027, 2, 15, 12)
    behind = ahead - timedelta(minutes=1)
    paid = pay(pay(pay([], FIRST_PAID_AT, 1), ahead, 1), behind, 1)
    coverage = coverage_at(paid, behind)
    assert coverage.status is GRACE
    assert (coverage.protected_from, coverage.protected_until) == (
        FIRST_PAID_AT,
        date(2026, 11, 30),
    )
