"""How far a file is, and what its partner may ask about it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Update,
    and_,
    func,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.sql.selectable import LateralFromClause

from models.enrolment_batch import BatchChunk, BatchStatus, ChunkState, EnrolmentBatch
from models.values.page import Place

COUNTS = ("accepted", "unchanged", "rejected", "not_processed")


def select_standing(batch_id: UUID, *, partner_id: UUID) -> Select[*tuple[Any, ...]]:
    """One file of the partner's, with the counts over its chunks."""
    return standings().where(EnrolmentBatch.partner_id == partner_id, EnrolmentBatch.id == batch_id)


def select_standings(
    partner_id: UUID, *, after: Place | None, limit: int
) -> Select[*tuple[Any, ...]]:
    """A page of the partner's files, newest first."""
    statement = standings().where(EnrolmentBatch.partner_id == partner_id)
    newest_first = (EnrolmentBatch.created_at, EnrolmentBatch.id)
    if after is not None:
        statement = statement.where(tuple_(*newest_first) < after)
    return statement.order_by(*(each.desc() for each in newest_first)).limit(limit)


def standings() -> Select[*tuple[Any, ...]]:
    """Files with the counts over their chunks. Whose, is for the caller to say."""
    counted = _counted()
    return (
        select(
            EnrolmentBatch.id,
            EnrolmentBatch.status,
            EnrolmentBatch.dry_run,
            func.coalesce(EnrolmentBatch.rows, counted.c.rows).label("rows"),
            *(counted.c[name] for name in COUNTS),
            EnrolmentBatch.created_at,
            EnrolmentBatch.started_at,
            EnrolmentBatch.completed_at,
            EnrolmentBatch.checks_paused_at,
        )
        .select_from(EnrolmentBatch)
        .join(counted, true())
    )


def _counted() -> LateralFromClause:
    sums = (
        func.coalesce(func.sum(getattr(BatchChunk, name)), 0).label(name)
        for name in ("rows", *COUNTS)
    )
    return select(*sums).where(BatchChunk.batch_id == EnrolmentBatch.id).lateral("counted")


def call_off_waiting(batch_id: UUID | None, now: datetime, *, partner_id: UUID) -> Update:
    """What of a file, or of all the partner's files, has not been done is not done any more, and not kept.

    A chunk that is being worked on is waited for, and then left as it became: chunks before their
    file, as whoever works on them.
    """
    owned = select(EnrolmentBatch.id).where(_is_worked_on(batch_id, partner_id))
    return (
        update(BatchChunk)
        .where(BatchChunk.batch_id.in_(owned), BatchChunk.state == ChunkState.WAITING)
        .values(
            state=ChunkState.DONE,
            not_processed=BatchChunk.rows,
            content_sealed=None,
            done_at=now,
        )
        .execution_options(synchronize_session=False)
    )


def call_off(batch_id: UUID | None, now: datetime, *, partner_id: UUID) -> Update:
    """A file, or all the partner's files. Touches nothing that is not being worked on."""
    return (
        update(EnrolmentBatch)
        .where(_is_worked_on(batch_id, partner_id))
        .values(status=BatchStatus.CANCELLED, completed_at=now)
        .execution_options(synchronize_session=False)
    )


def _is_worked_on(batch_id: UUID | None, partner_id: UUID) -> ColumnElement[bool]:
    named = true() if batch_id is None else EnrolmentBatch.id == batch_id
    return and_(
        named,
        EnrolmentBatch.partner_id == partner_id,
        EnrolmentBatch.status == BatchStatus.PROCESSING,
    )


def select_next_done(batch_id: UUID, *, partner_id: UUID, after: int) -> Select[*tuple[Any, ...]]:
    """Number, first row, outcomes and sealed content of the partner's next chunk whose rows have
    an outcome, behind the number ``after``."""
    return (
        select(
            BatchChunk.number, BatchChunk.first_row, BatchChunk.outcomes, BatchChunk.content_sealed
        )
        .join(EnrolmentBatch, EnrolmentBatch.id == BatchChunk.batch_id)
        .where(
            BatchChunk.batch_id == batch_id,
            EnrolmentBatch.partner_id == partner_id,
            BatchChunk.number > after,
            BatchChunk.state == ChunkState.DONE,
            BatchChunk.outcomes.is_not(None),
        )
        .order_by(BatchChunk.number)
        .limit(1)
    )


def forget_results(completed_before: datetime) -> Update:
    """What was sent, and what became of it, of files completed before an instant."""
    old = select(EnrolmentBatch.id).where(EnrolmentBatch.completed_at <= completed_before)
    return (
        update(BatchChunk)
        .where(
            BatchChunk.content_sealed.is_not(None) | BatchChunk.outcomes.is_not(None),
            BatchChunk.batch_id.in_(old),
        )
        .values(content_sealed=None, outcomes=None)
    )
