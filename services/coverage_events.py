"""What happens to a worker's cover is told when a payment settles; the rest by ``month_turn``."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.contribution import select_contributions
from models.coverage_event import select_told
from models.coverage_turns import Turn, amends, turns_since_payment
from models.told_to_partners import tell_turns
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
    happened = turns_since_payment(paid, settled_at, now)
    if settled_at <= Month.at(now).starts_at:
        told = session.scalars(select_told(worker_id, settled_at))
        happened += amends(paid, [Turn(each.event, each.happened_at) for each in told])
    if happened:
        session.execute(tell_turns(worker_id, happened, now))
