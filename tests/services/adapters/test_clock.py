"""The clock that everything else reads."""

from datetime import UTC, datetime, timedelta

from services.adapters.clock import SystemClock


def test_it_is_now_in_utc():
    before = datetime.now(UTC)
    now = SystemClock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.utcoffset() == timedelta(0)


def test_a_moved_clock_runs_on_from_where_it_was_put():
    moved = SystemClock(timedelta(days=90))
    first = moved.now()
    assert first - datetime.now(UTC) > timedelta(days=89, hours=23)
    assert moved.now() >= first
