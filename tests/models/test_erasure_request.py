from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.erasure_request import ErasureRequest
from models.values.month import Month
from models.worker import Worker

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
TWO_DAYS, THREE_DAYS = timedelta(days=2), timedelta(days=3)
months = st.builds(Month, st.integers(2020, 2030), st.integers(1, 12))


def asked(paid_through=None, at=NOON, number_changed_at=None):
    worker = Worker(id=uuid4(), paid_through=paid_through)
    return ErasureRequest.of(worker, at, number_changed_at)


@pytest.mark.parametrize("paid_through", [None, Month(2026, 10), Month(2020, 1)])
def test_whoever_is_not_covered_is_erased_within_three_days_of_which_two_are_for_objecting(
    paid_through,
):
    request = asked(paid_through)
    assert request.not_before == NOON + TWO_DAYS
    assert request.due_by == NOON + THREE_DAYS


@pytest.mark.parametrize(
    ("paid_through", "covered_to"),
    [
        (Month(2026, 11), datetime(2026, 11, 30, 17, tzinfo=UTC)),
        (Month(2027, 1), datetime(2027, 1, 31, 17, tzinfo=UTC)),
    ],
)
def test_whoever_is_covered_is_erased_on_the_day_after(paid_through, covered_to):
    request = asked(paid_through)
    assert request.not_before == covered_to
    assert request.due_by == covered_to + timedelta(days=1)


def test_there_is_time_to_object_also_at_the_end_of_cover():
    last_hour = datetime(2026, 11, 30, 16, tzinfo=UTC)
    assert asked(Month(2026, 11), at=last_hour).not_before == last_hour + TWO_DAYS


@given(st.none() | months, st.integers(0, 5_000))
def test_nothing_that_is_paid_for_is_ever_taken_away(paid_through, hours):
    request = asked(paid_through, NOON + timedelta(hours=hours))
    assert request.not_before >= request.requested_at + TWO_DAYS
    assert request.due_by - request.not_before == timedelta(days=1)
    assert paid_through is None or request.not_before >= paid_through.ends_at


def test_more_cover_is_waited_for_as_well():
    request = asked(Month(2026, 11))
    request.wait_for_cover(Month(2026, 12))
    assert request.not_before == Month(2026, 12).ends_at


@pytest.mark.parametrize(
    ("changed", "waited"),
    [(timedelta(0), THREE_DAYS), (timedelta(hours=12), timedelta(hours=60)), (TWO_DAYS, TWO_DAYS)],
)
def test_whoever_had_the_number_before_has_three_days_from_the_change(changed, waited):
    assert asked(number_changed_at=NOON - changed).not_before == NOON + waited


def test_one_that_is_put_off_promises_another_day():
    request = asked()
    request.put_off(NOON)
    assert request.due_by == NOON + THREE_DAYS
    later = NOON + timedelta(days=9)
    request.put_off(later)
    assert request.due_by == later + timedelta(days=1)
