from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.policy import GRACE_MONTHS
from models.reminder_days import (
    MADE_UP_WITHIN,
    REMINDER_DAYS,
    Due,
    due_on,
    in_hours,
    opened_at,
    reminder_on,
)
from models.values.month import Month
from tests.models.paying import wib

DUE_ON = date(2026, 12, 31)
DAYS = st.dates(date(2026, 1, 1), date(2036, 12, 31))


def sent(since):
    return reminder_on(DUE_ON + timedelta(days=since), DUE_ON)


@pytest.mark.parametrize("days", REMINDER_DAYS.value)
def test_each_reminder_has_its_day(days):
    assert sent(days) == days


@pytest.mark.parametrize(
    ("since", "days"),
    [(-6, -7), (-4, -7), (-3, None), (1, 0), (3, 0), (4, None), (33, 30), (34, None), (83, 80)],
)
def test_a_missed_day_is_made_up_for_within_three(since, days):
    assert sent(since) == days


def test_a_missed_day_is_not_made_up_for_once_the_next_has_come():
    assert [sent(since) for since in (-1, 0)] == [-1, 0]


@pytest.mark.parametrize("since", [-100, -8, 15, 84, 500])
def test_on_other_days_nobody_is_reminded(since):
    assert sent(since) is None


@given(DAYS)
def test_whoever_is_due_on_a_day_is_found_by_their_last_paid_month(day):
    found = {(each.paid_through, each.days) for each in due_on(day)}
    months = (Month.of(day) + -5).span(12)
    dues = {(month, reminder_on(day, month.last_day)) for month in months}
    assert found == {(month, days) for month, days in dues if days is not None}


def test_february_is_due_on_its_leap_day():
    assert Due(Month(2028, 2), -1) in due_on(date(2028, 2, 28))
    assert Due(Month(2028, 2), 0) in due_on(date(2028, 2, 29))
    assert Due(Month(2028, 2), 0) in due_on(date(2028, 3, 1))


@given(DAYS)
def test_nobody_is_reminded_of_a_membership_that_has_lapsed(day):
    for due in due_on(day):
        assert Month.of(day) <= due.paid_through + GRACE_MONTHS.value
    assert MADE_UP_WITHIN.value + REMINDER_DAYS.value[-1] < 89  # February to April


def test_a_reminder_is_missed_when_its_jakarta_day_has_ended():
    assert Due(Month(2026, 12), -7).missed_by == wib(2026, 12, 25)


@pytest.mark.parametrize(
    ("hour", "minute", "awake"), [(8, 59, False), (9, 0, True), (19, 59, True), (20, 0, False)]
)
def test_nobody_is_woken(hour, minute, awake):
    assert in_hours(wib(2026, 12, 24, hour, minute)) is awake


def test_the_day_opens_at_nine_in_jakarta():
    assert opened_at(wib(2026, 12, 24, 15)) == wib(2026, 12, 24, 9)
    assert opened_at(wib(2026, 12, 24, 0, 30)) == wib(2026, 12, 24, 9)
