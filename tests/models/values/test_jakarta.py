from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.jakarta import WIB, day_of, end_of_day, start_of_day

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
zones = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
instants = st.builds(datetime.combine, days, st.times(), zones)


def test_the_day_begins_at_seventeen_utc_of_the_day_before():
    assert start_of_day(date(2026, 11, 22)) == datetime(2026, 11, 21, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 11, 21, 16, 59, 59, 999999, UTC), date(2026, 11, 21)),
        (datetime(2026, 11, 21, 17, tzinfo=UTC), date(2026, 11, 22)),
        (datetime(2028, 2, 28, 17, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2027, 12, 31, 17, tzinfo=UTC), date(2028, 1, 1)),
    ],
)
def test_midnight_is_jakarta_s(instant, day):
    assert day_of(instant) == day


@given(instants)
def test_an_instant_lies_within_its_day(instant):
    day = day_of(instant)
    assert start_of_day(day) <= instant < end_of_day(day)


@given(instants)
def test_the_zone_an_instant_is_told_in_does_not_matter(instant):
    assert day_of(instant) == day_of(instant.astimezone(UTC)) == day_of(instant.astimezone(WIB))


@given(days)
def test_every_day_lasts_24_hours_and_meets_the_next(day):
    assert end_of_day(day) - start_of_day(day) == timedelta(hours=24)
    assert end_of_day(day) == start_of_day(day + timedelta(days=1))
