"""What happens to a worker's cover is told when a payment settles; the rest by ``month_turn``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.contribution import select_contributions
from models.coverage_event import CoverageEvent, row_of, select_told, select_told_of
from models.coverage_turns import Turn, amends, turns_since_payment
from models.spells import PaidMonth
from models.told_to_partners import tell_rows
from models.values.month import Month


def record(session: Session, worker_id: UUID, settled_at: datetime, now: datetime) -> None:
    """Tell of everything since the payment before this one, up to now.

    A month that has begun unpaid since then is told of here, whether or not ``month_turn`` has told
    of it already: from now on it would not find this worker. Where a bank told us late and a month
    has begun since the worker paid, what was told of it meanwhile is amended.

    :param session: holds the worker; the months have been written.
    :param settled_at: the instant from which they protect.
    """
    paid = session.scalars(select_contributions(worker_id)).all()
    may_amend = _may_amend(settled_at, now)
    told = session.scalars(select_told(worker_id, settled_at)) if may_amend else ()
    happened = _turns(paid, told, settled_at, now)
    if happened:
        session.execute(tell_rows([row_of(worker_id, turn, now) for turn in happened]))


def record_all(
    session: Session, paid: Mapping[UUID, Sequence[PaidMonth]], settled_at: datetime, now: datetime
) -> None:
    """``record`` for many workers at once, whose months were paid at one instant.

    :param paid: all that each of them ever paid.
    """
    told: dict[UUID, list[CoverageEvent]] = defaultdict(list)
    if _may_amend(settled_at, now):
        for event in session.scalars(select_told_of(list(paid), settled_at)):
            told[event.worker_id].append(event)
    rows = [
        row_of(worker_id, turn, now)
        for worker_id, months in paid.items()
        for turn in _turns(months, told[worker_id], settled_at, now)
    ]
    if rows:
        session.execute(tell_rows(rows))


def _may_amend(settled_at: datetime, now: datetime) -> bool:
    return settled_at <= Month.at(now).starts_at


def _turns(
    paid: Sequence[PaidMonth], told: Iterable[CoverageEvent], settled_at: datetime, now: datetime
) -> list[Turn]:
    happened = turns_since_payment(paid, settled_at, now)
    return happened + amends(paid, [Turn(each.event, each.happened_at) for each in told])
