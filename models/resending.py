"""Which messages to a worker may be sent again for our staff, and how often."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from models.message import Message
from models.policy import Policy
from models.values.channel import DeliveryState

RESENDABLE_FOR = Policy(
    timedelta(days=30),
    since=date(2026, 11, 25),
    basis="Whoever says that a message never came says so within days. Operators give a number that "
    "was given up to somebody else after two months, and what went to it must not go there again.",
)
RESEND_AFTER = Policy(
    timedelta(seconds=60),
    since=date(2026, 11, 25),
    basis="As for codes: so long a message may be on its way. The follow-up by SMS goes out within "
    "it, too.",
)
MOST_RESENT = Policy(
    5,
    since=date(2026, 11, 25),
    basis="Within 24 hours for one worker. Two messages that did not come, on both channels, are "
    "four; whoever gets more than five is annoyed or frightened, and each costs money.",
)
DAY = timedelta(days=1)


def is_recent(message: Message, now: datetime) -> bool:
    return now - message.queued_at <= RESENDABLE_FOR.value


def wait_after(thread: Iterable[Message], now: datetime) -> timedelta | None:
    """How long to wait before a message may be sent again; None: no longer. One that has failed is
    not on its way.

    :param thread: the message with all that repeat it.
    """
    moved = [
        each.settled_at or each.queued_at
        for each in thread
        if each.state is not DeliveryState.FAILED
    ]
    left = max(moved, default=now - RESEND_AFTER.value) + RESEND_AFTER.value - now
    return left if left > timedelta() else None


def wait_for_day(resent: Sequence[datetime], now: datetime) -> timedelta | None:
    """How long to wait until the worker may get one more.

    :param resent: when messages were sent again within the last day, oldest first.
    """
    if len(resent) < MOST_RESENT.value:
        return None
    return resent[-MOST_RESENT.value] + DAY - now
