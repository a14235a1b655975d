"""What happened to a worker's cover, as it was told: for the timeline, and for partners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Select, Uuid, any_, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY, Insert, insert
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.columns import word_of
from models.coverage_turns import CoverageEventName, Turn
from models.values.month import Month
from models.worker import Worker


class CoverageEvent(Model):
    """Only ever added, once per worker, event and month, however often it is found out.

    Whoever tells the story sorts by ``happened_at``, then by ``recorded_at``: the last one says what
    the cover is. An event that a late payment has made untrue is followed by one of the same instant.
    """

    __tablename__ = "coverage_event"

    id: Mapped[UUID] = mapped_column(server_default=func.gen_random_uuid())
    """By which a list knows it: one payment may tell of several at once. What it is, is the key."""
    worker_id: Mapped[UUID] = mapped_column(ForeignKey(Worker.id), primary_key=True)
    event: Mapped[CoverageEventName] = mapped_column(word_of(CoverageEventName), primary_key=True)
    month: Mapped[Month] = mapped_column(primary_key=True)
    """The one in which it happened."""
    happened_at: Mapped[datetime]
    recorded_at: Mapped[datetime]


def insert_rows(rows: Sequence[Mapping[str, object]]) -> Insert:
    """Nothing is added where the same is told already.

    :param rows: at least one, each a ``row_of``.
    """
    return insert(CoverageEvent).values(list(rows)).on_conflict_do_nothing()


def row_of(worker_id: UUID, turn: Turn, recorded_at: datetime) -> dict[str, object]:
    return {
        "worker_id": worker_id,
        "event": turn.event,
        "month": Month.at(turn.happened_at),
        "happened_at": turn.happened_at,
        "recorded_at": recorded_at,
    }


def select_told(worker_id: UUID, since: datetime) -> Select[CoverageEvent]:
    """What was told of a worker's cover from an instant on."""
    return (
        select(CoverageEvent)
        .where(CoverageEvent.worker_id == worker_id, CoverageEvent.happened_at >= since)
        .order_by(CoverageEvent.happened_at)
    )


def select_told_of(worker_ids: Sequence[UUID], since: datetime) -> Select[CoverageEvent]:
    """``select_told`` of many workers at once."""
    return (
        select(CoverageEvent)
        .where(
            CoverageEvent.worker_id == any_(literal(list(worker_ids), ARRAY(Uuid))),
            CoverageEvent.happened_at >= since,
        )
        .order_by(CoverageEvent.worker_id, CoverageEvent.happened_at)
    )


def select_events(worker_id: UUID) -> Select[CoverageEvent]:
    """All that was told of a worker's cover, in order."""
    return (
        select(CoverageEvent)
        .where(CoverageEvent.worker_id == worker_id)
        .order_by(CoverageEvent.happened_at, CoverageEvent.recorded_at)
    )
