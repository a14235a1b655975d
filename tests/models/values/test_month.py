import calendar
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.month import InvalidMonth, Month

months = st.builds(Month, st.integers(1950, 2200), st.integers(1, 12))
steps = st.integers(-400, 400)


@given(months)
def test_a_month_reads_back_what_it_writes(month):
    assert Month.parse(str(month)) == month


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026-1", "2026-00", "2026-13", "0000-01", "26-01", "2026-01-01", "2026/01"],
)
def test_it_refuses_anything_not_written_year_dash_month(text):
    with pytest.raises(InvalidMonth):
        Month.parse(text)


@pytest.mark.parametrize(("year", "number"), [(2026, 0), (2026, 13), (0, 1), (10_000, 1)])
def test_there_is_no_such_month(year, number):
    with pytest.raises(InvalidMonth):
        Month(year, number)


@pytest.mark.parametrize("text", [" 2026-01", "2026-01\n", "+026-01", "٢٠٢٦-٠١"])
def test_it_refuses_what_only_looks_like_a_month(text):
    with pytest.raises(InvalidMonth):
        Month.parse(text)


def test_no_month_follows_the_last_one():
    with pytest.raises(InvalidMonth):
        Month(9999, 12) + 1


def test_counting_crosses_the_year():
    assert Month(2026, 11) + 3 == Month(2027, 2)
    assert Month(2027, 1) + -1 == Month(2026, 12)
    assert Month(2027, 2).minus(Month(2026, 11)) == 3


@given(months, steps)
def test_minus_undoes_plus(month, step):
    assert (month + step).minus(month) == step
    assert (month + step) + -step == month


@given(months, months)
def test_months_are_ordered_in_time(one, other):
    assert (one < other) == (one.first_day < other.first_day)
    assert (one < other) == (one.minus(other) < 0)


@given(months)
def test_the_last_day_is_the_calendar_s(month):
    days = calendar.monthrange(month.year, month.number)[1]
    assert month.last_day == date(month.year, month.number, days)


@pytest.mark.parametrize(("year", "day"), [(2027, 28), (2028, 29), (2100, 28), (2000, 29)])
def test_february_has_its_leap_day(year, day):
    assert Month(year, 2).last_day.day == day


@given(months)
def test_a_month_ends_where_the_next_begins(month):
    assert month.ends_at == (month + 1).starts_at
    assert Month.at(month.starts_at) == month
    assert Month.at(month.ends_at - timedelta(microseconds=1)) == month
    assert Month.at(month.ends_at) == month + 1


def test_the_year_turns_at_seventeen_utc():
    assert Month.at(datetime(2026, 12, 31, 16, 59, 59, 999999, UTC)) == Month(2026, 12)
    assert Month.at(datetime(2026, 12, 31, 17, tzinfo=UTC)) == Month(2027, 1)
    assert Month(2027, 1).starts_at == datetime(2026, 12, 31, 17, tzinfo=UTC)


def test_a_span_counts_the_month_itself():
    assert list(Month(2026, 11).span(3)) == [Month(2026, 11), Month(2026, 12), Month(2027, 1)]
    assert list(Month(2026, 11).span(0)) == []
