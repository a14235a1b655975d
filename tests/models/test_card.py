from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models.card import CARD_LIFETIME, card_expires_at
from models.coverage import CoverageStatus, coverage_at
from models.policy import OFFERED_PERIODS
from models.values.jakarta import day_of
from models.values.plan import Plan
from tests.models.paying import live, pay, wib

SECOND = timedelta(seconds=1)
# From here on for more than two years, with the leap day of 2028 among them.
START = datetime(2026, 12, 20, tzinfo=UTC)
pauses = st.timedeltas(timedelta(0), timedelta(days=120))
periods = st.sampled_from(OFFERED_PERIODS.value)
instants = st.timedeltas(timedelta(0), timedelta(days=800)).map(lambda after: START + after)


def each_under(paid, plans):
    return [replace(each, plan=plan) for each, plan in zip(paid, cycle(plans), strict=False)]


lives = st.builds(
    each_under,
    st.builds(live, st.just(START), st.lists(st.tuples(pauses, periods), min_size=1, max_size=8)),
    st.lists(st.sampled_from(Plan), min_size=1, max_size=7),
)


def expiry(paid, at):
    return card_expires_at(paid, coverage_at(paid, at))


@pytest.mark.parametrize(
    ("paid_at", "months", "asked_at", "expires_at"),
    [
        pytest.param(
            wib(2026, 11, 22, 12), 1, wib(2026, 11, 22, 12), wib(2026, 11, 30, 23, 59),
            id="the end of the month that was paid for",
        ),
        pytest.param(
            wib(2026, 11, 22, 12), 12, wib(2026, 11, 22, 12), wib(2026, 12, 23, 12),
            id="31 days, however far ahead was paid",
        ),
        pytest.param(
            wib(2026, 11, 22, 12), 12, wib(2027, 10, 1), wib(2027, 10, 31, 23, 59),
            id="the end of a month, from its first instant on, is sooner than 31 days",
        ),
        pytest.param(
            wib(2026, 12, 31, 23, 59), 2, wib(2027, 1, 1), wib(2027, 1, 31, 23, 59),
            id="the second of two months, from the first one's end",
        ),
        pytest.param(
            wib(2028, 2, 1), 1, wib(2028, 2, 1), wib(2028, 2, 29, 23, 59), id="a leap day",
        ),
        pytest.param(
            wib(2028, 1, 29, 8), 2, wib(2028, 1, 29, 8), wib(2028, 2, 29, 8), id="31 days, to one",
        ),
        pytest.param(
            wib(2027, 2, 28, 23, 58), 1, wib(2027, 2, 28, 23, 58), wib(2027, 2, 28, 23, 59),
            id="a minute",
        ),
    ],
)  # fmt: skip
def test_a_card_ends_with_the_protection_or_after_31_days(paid_at, months, asked_at, expires_at):
    # At the end of a day, the last second of its last minute.
    ends_a_day = (expires_at.hour, expires_at.minute) == (23, 59)
    expected = expires_at.replace(second=59) if ends_a_day else expires_at
    assert expiry(pay([], paid_at, months), asked_at) == expected


def test_it_is_good_for_the_last_protected_second_and_no_longer():
    paid = pay([], wib(2026, 11, 22), 1)
    expires_at = expiry(paid, wib(2026, 11, 25))
    assert expires_at == datetime(2026, 11, 30, 16, 59, 59, tzinfo=UTC)
    assert coverage_at(paid, expires_at).status is CoverageStatus.ACTIVE
    assert coverage_at(paid, expires_at + SECOND).status is CoverageStatus.GRACE


def test_a_part_of_a_second_adds_nothing():
    paid = pay([], wib(2026, 11, 1), 12)
    at = wib(2026, 11, 22, 12)
    assert expiry(paid, at + timedelta(microseconds=999_999)) == expiry(paid, at)


def test_a_card_made_in_the_last_second_ends_within_it():
    paid = pay([], wib(2026, 11, 1), 1)
    last = wib(2026, 12, 1) - timedelta(microseconds=1)
    assert expiry(paid, last) == wib(2026, 12, 1) - SECOND


def test_a_card_with_a_programme_ends_before_a_month_that_does_not_pay_for_it():
    paid = pay([], wib(2026, 11, 20), 1, plan=Plan.COMPLETE)
    paid = pay(paid, wib(2026, 11, 21), 3, plan=Plan.BASIC)
    assert expiry(paid, wib(2026, 11, 22)) == wib(2026, 12, 1) - SECOND
    assert expiry(paid, wib(2026, 12, 1)) == wib(2027, 1, 1)


def test_a_month_that_pays_for_more_ends_no_card():
    paid = pay([], wib(2026, 11, 20), 1, plan=Plan.BASIC)
    paid = pay(paid, wib(2026, 11, 21), 3, plan=Plan.COMPLETE)
    assert expiry(paid, wib(2026, 11, 22)) == wib(2026, 12, 23)


def programmes(coverage):
    covered = coverage.status is CoverageStatus.ACTIVE
    return {each.programme for each in coverage.programmes} if covered else set()


@settings(max_examples=100)
@given(lives, instants)
def test_a_card_never_outlives_what_it_says_and_lasts_as_long_as_it_may(lived, at):
    paid = [each for each in lived if each.settled_at <= at]
    coverage = coverage_at(paid, at)
    promised = programmes(coverage)
    assume(promised)
    expires_at, made_at = card_expires_at(paid, coverage), at.replace(microsecond=0)
    assert expires_at.microsecond == 0
    assert made_at <= expires_at <= made_at + CARD_LIFETIME.value
    assert day_of(expires_at) <= coverage.protected_until
    assert promised <= programmes(coverage_at(paid, max(at, expires_at)))
    if expires_at < made_at + CARD_LIFETIME.value:
        assert not promised <= programmes(coverage_at(paid, expires_at + SECOND))


@given(instants, periods, st.timedeltas(timedelta(0)))
def test_whatever_is_prepaid_and_whenever_it_is_asked(paid_at, months, later):
    paid = pay([], paid_at, months)
    at = paid_at + later % (paid[-1].month.ends_at - paid_at)
    expires_at = expiry(paid, at)
    assert expires_at < paid[-1].month.ends_at
    assert expires_at - at <= timedelta(days=31)
