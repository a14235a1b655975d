"""When a delivery is tried again."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.webhook_tries import GIVE_UP_AFTER, PAUSES, is_given_up, next_try
from tests.fakes import NOON

TRIES = len(PAUSES.value) + 1


def times_of(delivery_id):
    """Of all tries of one delivery that never gets through."""
    at = [NOON]
    while len(at) <= TRIES and (again := next_try(delivery_id, len(at), at[-1])):
        at.append(again)
    return at


@given(st.uuids())
def test_ten_tries_go_on_for_a_little_more_than_three_days(delivery_id):
    times = times_of(delivery_id)
    assert len(times) == TRIES == 10
    assert GIVE_UP_AFTER.value < times[-1] - times[0] < timedelta(days=3.5)


@given(st.uuids())
def test_pauses_are_those_of_the_standard_or_a_tenth_longer(delivery_id):
    times = times_of(delivery_id)
    for pause, before, after in zip(PAUSES.value, times, times[1:], strict=False):
        assert pause <= after - before <= pause * 1.1


def test_what_failed_together_is_not_tried_together():
    times = {next_try(UUID(int=number), 2, NOON) for number in range(100)}
    assert len(times) == 100


@pytest.mark.parametrize(
    ("since", "is_it"),
    [
        (None, False),
        (NOON - timedelta(days=3), True),
        (NOON - timedelta(days=3) + timedelta(seconds=1), False),
    ],
)
def test_after_three_days_without_success_it_is_given_up(since, is_it):
    assert is_given_up(since, NOON) is is_it
