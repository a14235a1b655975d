from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.eligibility import age_on, too_old, too_young

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("birth_date", "age"),
    [
        (date(2009, 11, 22), 17),
        (date(2009, 11, 23), 16),
        (date(1961, 11, 23), 64),
        (date(1961, 11, 22), 65),
        (TODAY, 0),
    ],
)
def test_age_is_in_completed_years(birth_date, age):
    assert age_on(birth_date, TODAY) == age


@pytest.mark.parametrize(
    ("today", "age"),
    [(date(2025, 2, 28), 16), (date(2025, 3, 1), 17), (date(2028, 2, 29), 20)],
)
def test_a_birthday_on_a_leap_day_is_kept_on_the_first_of_march(today, age):
    assert age_on(date(2008, 2, 29), today) == age


@given(st.dates(date(1900, 1, 1), TODAY), st.dates(date(1900, 1, 1), TODAY))
def test_nobody_grows_younger_or_by_two_years_in_one(first, second):
    born, today = sorted((first, second))
    grown = age_on(born, today + timedelta(days=365)) - age_on(born, today)
    assert grown in (0, 1)


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)))
def test_nobody_is_too_young_and_too_old(birth_date):
    assert not (too_young(birth_date, TODAY) and too_old(birth_date, TODAY))
