from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.jobs import Pauses

PAUSES = Pauses(timedelta(seconds=5), timedelta(minutes=10))


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 5), (2, 10), (3, 20), (7, 320), (8, 600), (9, 600)]
)
def test_pauses_double_up_to_the_longest(attempts, seconds):
    assert PAUSES.after(attempts) == timedelta(seconds=seconds)


@given(st.integers(1, 10**9))
def test_they_never_end_and_never_shrink(attempts):
    assert PAUSES.first <= PAUSES.after(attempts) <= PAUSES.after(attempts + 1) <= PAUSES.longest
