"""When the next look is allowed."""

from datetime import UTC, datetime, timedelta

import pytest

from models.audit_pace import DAY, HOUR, LOOK_UPS, MINUTE, REVEALS, VIEWS, again_at

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
PACE = ((2, MINUTE), (3, HOUR))


def taken(*seconds_ago):
    return [NOW - timedelta(seconds=each) for each in seconds_ago]


@pytest.mark.parametrize(
    ("before", "wait"),
    [
        ([], 0),
        (taken(1), 0),
        (taken(1, 59), 1),
        (taken(0, 0), 60),
        (taken(1, 60), 0),
        (taken(1, 70), 0),
        (taken(1, 70, 600), 3000),
        (taken(1, 2, 600), 3000),
        (taken(1, 70, 3600), 0),
    ],
)
def test_so_many_within_any_such_time(before, wait):
    assert again_at(before, PACE, NOW) == NOW + timedelta(seconds=wait)


@pytest.mark.parametrize("policy", [LOOK_UPS, VIEWS, REVEALS])
def test_a_days_pace_is_slower_than_an_hours_and_that_than_a_minutes(policy):
    rates = [count / time.total_seconds() for count, time in policy.value]
    assert [time for _, time in policy.value] == [MINUTE, HOUR, DAY]
    assert rates == sorted(rates, reverse=True)
