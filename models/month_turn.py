"""Months begin: whose cover turns then, found among all workers at once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, exists, func, literal, select
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.columns import word_of
from models.contribution import Contribution
from models.coverage_event import CoverageEvent
from models.coverage_turns import UNPAID_FOR, CoverageEventName
from models.told_to_partners import TOLD, pass_on
from models.values.month import Month
from models.worker import Worker

_LAST_EVENT = list(UNPAID_FOR)[-1]


class MonthTurn(Model):
    """How far one event has been told of, of all to whom it happened as a month began."""

    __tablename__ = "month_turn"

    month: Mapped[Month] = mapped_column(primary_key=True)
    event: Mapped[CoverageEventName] = mapped_column(word_of(CoverageEventName), primary_key=True)
    position: Mapped[UUID | None]
    """The last worker that was looked at, until all have been."""
    finished_at: Mapped[datetime | None]

    def is_finished(self, now: datetime) -> bool:
        """What was finished later than now was so before ``JARING_NOW`` went back."""
        return self.finished_at is not None and self.finished_at <= now


def select_last_turned(now: datetime) -> Select[Month | None]:
    """The last month of which everything has been told."""
    return select(func.max(MonthTurn.month, type_=MonthTurn.month.type)).where(
        MonthTurn.event == _LAST_EVENT, MonthTurn.finished_at <= now
    )


def select_least_paid_through() -> Select[Month | None]:
    """The earliest month after which somebody has not paid; a look at one end of an index."""
    return select(func.min(Worker.paid_through, type_=Worker.paid_through.type))


def start_turn(month: Month, event: CoverageEventName) -> Insert:
    """Unless it was started."""
    return insert(MonthTurn).values(month=month, event=event).on_conflict_do_nothing()


def select_turn_to_move(month: Month, event: CoverageEventName) -> Select[MonthTurn]:
    """Held: of two workers at it, the later one goes on where the other has come to."""
    return (
        select(MonthTurn)
        .where(MonthTurn.month == month, MonthTurn.event == event)
        .with_for_update()
    )


def tell_of(
    event: CoverageEventName, month: Month, *, after: UUID | None, size: int, now: datetime
) -> Select[UUID]:
    """Write the event, for partners as well, for the next ``size`` workers whose last paid month lies so far back that it
    may happen to them as ``month`` begins, in the order of their ids.

    It happens to those who had paid that last month before; who settled it as an arrear had been in
    grace before. Whoever has paid since is not found here: what a payment settled tells of all that
    came before it (``services/coverage_events``). That is why no index on contributions is needed.

    A worker whose payment is being settled is waited for, and left aside if that changes what they
    have paid: so it is either told here and then amended there, or told there alone.

    :returns: the id of the last worker looked at; none if there is nobody left.
    """
    last_paid = month + -UNPAID_FOR[event]
    next_workers = (
        select(Worker.id)
        .where(Worker.paid_through == last_paid, Worker.erased_at.is_(None))
        .order_by(Worker.id)
        .limit(size)
        .with_for_update(key_share=True)
    )
    looked_at = (next_workers if after is None else next_workers.where(Worker.id > after)).cte(
        "looked_at"
    )
    # Asked of those few alone: of all together, PostgreSQL would read every contribution there is.
    was_covered = exists().where(
        Contribution.worker_id == looked_at.c.id,
        Contribution.month == last_paid,
        Contribution.settled_at < month.starts_at,
        Contribution.refunded_at.is_(None),
    )
    happened = select(
        looked_at.c.id,
        literal(event, CoverageEvent.event.type),
        literal(month, CoverageEvent.month.type),
        literal(month.starts_at, CoverageEvent.happened_at.type),
        literal(now, CoverageEvent.recorded_at.type),
    ).where(was_covered)
    columns = ["worker_id", "event", "month", "happened_at", "recorded_at"]
    new = insert(CoverageEvent).from_select(columns, happened).on_conflict_do_nothing()
    told = new.returning(*TOLD).cte("told")
    last = select(looked_at.c.id).order_by(looked_at.c.id.desc()).limit(1)
    return last.add_cte(told, pass_on(told).cte("passed_on"))
