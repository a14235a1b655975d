"""Statements of the work on files: which chunk is next, what became of it, and the end of a file."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Update, exists, select, true, update

from models.enrolment_batch import BatchChunk, BatchStatus, ChunkState, EnrolmentBatch

# Chunks are held before their file, by whoever holds both.

_UNDER_WAY = EnrolmentBatch.status == BatchStatus.PROCESSING
_WAITING = BatchChunk.state == ChunkState.WAITING


def select_next_chunk(now: datetime, *, after: UUID) -> Select[*tuple[Any, ...]]:
    """Its ``batch_id``, ``number`` and ``tries``, held; none that somebody else holds.

    Partners take turns, and so do the files of each: of all that wait, the first chunks go first.
    A small file does not wait behind a million rows.

    :param after: the partner whose turn it was last.
    """
    ready = BatchChunk.not_before.is_(None) | (BatchChunk.not_before <= now)
    had_its_turn = EnrolmentBatch.partner_id <= after
    return (
        select(
            BatchChunk.batch_id,
            BatchChunk.number,
            BatchChunk.tries,
            EnrolmentBatch.partner_id,
            EnrolmentBatch.started_at,
        )
        .join(EnrolmentBatch, EnrolmentBatch.id == BatchChunk.batch_id)
        .where(_UNDER_WAY, _WAITING, ready)
        .order_by(
            had_its_turn, EnrolmentBatch.partner_id, BatchChunk.number, EnrolmentBatch.created_at
        )
        .limit(1)
        .with_for_update(of=BatchChunk, skip_locked=True)
    )


def begin_batch(batch_id: UUID, now: datetime) -> Update:
    return (
        update(EnrolmentBatch)
        .where(EnrolmentBatch.id == batch_id, EnrolmentBatch.started_at.is_(None))
        .values(started_at=now)
    )


def begin_chunk(batch_id: UUID, number: int, *, tries: int, not_before: datetime) -> Update:
    return (
        update(BatchChunk).where(_is(batch_id, number)).values(tries=tries, not_before=not_before)
    )


def select_chunk_to_do(batch_id: UUID, number: int) -> Select[*tuple[Any, ...]]:
    """What there is to do in a chunk, held until it is done. None if it waits no more, or if
    somebody else is at it."""
    return (
        select(
            BatchChunk.first_row,
            BatchChunk.rows,
            BatchChunk.content_sealed,
            EnrolmentBatch.partner_id,
            EnrolmentBatch.plan,
            EnrolmentBatch.dry_run,
        )
        .join(EnrolmentBatch, EnrolmentBatch.id == BatchChunk.batch_id)
        .where(_is(batch_id, number), _WAITING)
        .with_for_update(of=BatchChunk, skip_locked=True)
    )


def finish_chunk(batch_id: UUID, number: int, **values: object) -> Update:
    return update(BatchChunk).where(_is(batch_id, number)).values(state=ChunkState.DONE, **values)


def complete_batches(now: datetime, batch_id: UUID | None = None) -> Any:
    """End the file, or whatever files have nothing left to do; gives back ``id`` and
    ``partner_id`` of those that it has ended. Nobody else ends them again.

    Whoever has done a chunk asks, after its commit. Of two who are done at once, the one who
    commits last sees that nothing waits.
    """
    waits = exists().where(BatchChunk.batch_id == EnrolmentBatch.id, _WAITING)
    one = true() if batch_id is None else EnrolmentBatch.id == batch_id
    return (
        update(EnrolmentBatch)
        .where(one, _UNDER_WAY, ~waits)
        .values(status=BatchStatus.COMPLETED, completed_at=now)
        .returning(EnrolmentBatch.id, EnrolmentBatch.partner_id)
        .execution_options(synchronize_session=False)
    )


def give_up_chunks(batch_id: UUID, now: datetime) -> Update:
    """All that wait still. Those that are being done are waited for."""
    return (
        update(BatchChunk)
        .where(BatchChunk.batch_id == batch_id, _WAITING)
        .values(
            state=ChunkState.DONE,
            not_processed=BatchChunk.rows,
            content_sealed=None,
            done_at=now,
        )
        .execution_options(synchronize_session=False)
    )


def give_up_batch(batch_id: UUID, now: datetime) -> Any:
    """Gives back ``partner_id``, once; nothing where the file has ended already."""
    return (
        update(EnrolmentBatch)
        .where(EnrolmentBatch.id == batch_id, _UNDER_WAY)
        .values(status=BatchStatus.FAILED, completed_at=now)
        .returning(EnrolmentBatch.partner_id)
        .execution_options(synchronize_session=False)
    )


def _is(batch_id: UUID, number: int) -> ColumnElement[bool]:
    return (BatchChunk.batch_id == batch_id) & (BatchChunk.number == number)
