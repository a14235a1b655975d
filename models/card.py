"""How long a card of cover may speak for its worker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from models.coverage import Coverage
from models.policy import Policy
from models.spells import PaidMonth
from models.values.jakarta import end_of_day
from models.values.plan import Programme

CARD_LIFETIME = Policy(
    timedelta(days=31),
    since=date(2026, 11, 25),
    basis="A card cannot be called back, so it is short-lived; yet one that was loaded on the "
    "first of any month, where there was a connection, is good for all of that month.",
)
_SECOND = timedelta(seconds=1)


def card_expires_at(paid: Sequence[PaidMonth], coverage: Coverage) -> datetime:
    """The last second for which a card made now can promise all that stands on it.

    :param coverage: an active one, as of now.
    """
    return min(_ends(paid, coverage))


def _ends(paid: Sequence[PaidMonth], coverage: Coverage) -> Iterator[datetime]:
    yield coverage.as_of.replace(microsecond=0) + CARD_LIFETIME.value
    # Within the last protected day. Its end is an instant of the next day, which readers who let
    # ``exp`` itself pass, or show it as a day, would take for a protected one.
    if coverage.protected_until is not None:
        yield end_of_day(coverage.protected_until) - _SECOND
    held = {cover.programme for cover in coverage.programmes}
    for each in paid:
        if each.refunded_at is None and _is_to_come_without(each, held, coverage.as_of):
            yield each.month.starts_at - _SECOND


def _is_to_come_without(paid: PaidMonth, held: set[Programme], now: datetime) -> bool:
    return paid.month.starts_at > now and not held.issubset(paid.plan.programmes)
