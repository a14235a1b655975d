"""When a delivery that failed is tried again, and when that ends."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID
from zlib import crc32

from models.policy import Policy

PAUSES = Policy(
    (
        timedelta(seconds=5),
        timedelta(minutes=5),
        timedelta(minutes=30),
        timedelta(hours=2),
        timedelta(hours=5),
        timedelta(hours=10),
        timedelta(hours=14),
        timedelta(hours=20),
        timedelta(hours=24),
    ),
    since=date(2026, 11, 23),
    basis="The schedule that Standard Webhooks recommends: ten tries over a little more than three "
    "days, so that an outage on a Friday evening is over before we give up.",
)
GIVE_UP_AFTER = Policy(
    timedelta(days=3),
    since=date(2026, 11, 23),
    basis="As long as the tries of one delivery last. A webhook that nothing got through to for so "
    "long is switched off.",
)
# How much longer a pause may be, so that what failed together is not tried together.
_JITTER = 0.1


def next_try(delivery_id: UUID, failed: int, now: datetime) -> datetime | None:
    """:param failed: how many tries have come to nothing, at least 1.
    :returns: None when that was the last one.
    """
    if failed > len(PAUSES.value):
        return None
    share = crc32(delivery_id.bytes + failed.to_bytes(2)) / 0xFFFFFFFF
    return now + PAUSES.value[failed - 1] * (1 + _JITTER * share)


def is_given_up(failing_since: datetime | None, now: datetime) -> bool:
    """Whether nothing got through for too long."""
    return failing_since is not None and failing_since <= now - GIVE_UP_AFTER.value
