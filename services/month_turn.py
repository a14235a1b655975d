"""As a month begins, cover ends for whoever has not paid: told of everybody, once. Run by the worker.

However late, often or interrupted it runs, the same events come of it: every month since the last
one that was finished is gone through, in small transactions each of which remembers where it has
come to, and what is told already is not told again.
"""

from __future__ import annotations

from models.coverage_turns import UNPAID_FOR, CoverageEventName, months_to_turn
from models.month_turn import (
    select_last_turned,
    select_least_paid_through,
    select_turn_to_move,
    start_turn,
    tell_of,
)
from models.values.month import Month
from services.ports import Ports

# Workers in one transaction. While it runs, a payment of one of them waits.
BATCH = 2_000


def turn(ports: Ports, size: int = BATCH) -> None:
    """Tell of all months that have begun and were not told of."""
    for month in _due(ports):
        for event in UNPAID_FOR:
            while not _go_on(ports, month, event, size):
                continue


def _due(ports: Ports) -> list[Month]:
    now = ports.clock.now()
    with ports.transactions.reading() as session:
        last = session.scalar(select_last_turned(now))
        least = session.scalar(select_least_paid_through()) if last is None else None
    return months_to_turn(last, least + 1 if least else None, now)


def _go_on(ports: Ports, month: Month, event: CoverageEventName, size: int) -> bool:
    """Tell of the next workers: whether nobody is left."""
    now = ports.clock.now()
    with ports.transactions.begin() as session:
        session.execute(start_turn(month, event))
        at = session.scalars(select_turn_to_move(month, event)).one()
        if at.is_finished(now):
            return True
        # One that was finished later than now begins again: the clock was put back.
        after = None if at.finished_at is not None else at.position
        at.position = session.scalar(tell_of(event, month, after=after, size=size, now=now))
        at.finished_at = now if at.position is None else None
        return at.position is None
