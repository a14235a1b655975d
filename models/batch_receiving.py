"""Statements of a file that arrives: its place, its chunks, and its removal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Delete,
    Insert,
    Select,
    Update,
    delete,
    func,
    insert,
    select,
    update,
)

from models.enrolment_batch import BatchChunk, BatchStatus, ChunkState, EnrolmentBatch
from models.partner import Partner

_RECEIVING = EnrolmentBatch.status == BatchStatus.RECEIVING


def hold_account(partner_id: UUID) -> Select[datetime | None]:
    """When it was closed. Until the transaction ends nobody else closes it, or begins an upload for
    this partner."""
    return (
        select(Partner.disabled_at).where(Partner.id == partner_id).with_for_update(key_share=True)
    )


def forget_keys(before: datetime, partner_id: UUID | None = None) -> Update:
    """Idempotency keys of files that began before an instant, of one partner or of all."""
    of_partner = () if partner_id is None else (EnrolmentBatch.partner_id == partner_id,)
    return (
        update(EnrolmentBatch)
        .where(EnrolmentBatch.key.is_not(None), EnrolmentBatch.created_at <= before, *of_partner)
        .values(key=None)
    )


def select_by_key(partner_id: UUID, key: bytes) -> Select[EnrolmentBatch]:
    return select(EnrolmentBatch).where(
        EnrolmentBatch.partner_id == partner_id, EnrolmentBatch.key == key
    )


def count_arriving(partner_id: UUID) -> Select[int]:
    """How many files of the partner arrive just now."""
    return select(func.count()).where(EnrolmentBatch.partner_id == partner_id, _RECEIVING)


def select_left_behind(silent_since: datetime, partner_id: UUID | None = None) -> Select[UUID]:
    """Files whose receiver is gone, of one partner or of all; those that nobody else removes."""
    of_partner = () if partner_id is None else (EnrolmentBatch.partner_id == partner_id,)
    return (
        select(EnrolmentBatch.id)
        .where(_RECEIVING, EnrolmentBatch.progress_at <= silent_since, *of_partner)
        .with_for_update(skip_locked=True)
    )


def note_progress(batch_id: UUID, now: datetime) -> Update:
    """Touches nothing if the file is not being received any more."""
    return (
        update(EnrolmentBatch)
        .where(EnrolmentBatch.id == batch_id, _RECEIVING)
        .values(progress_at=now)
    )


def keep_chunk(batch_id: UUID, number: int, *, first_row: int, rows: int, sealed: bytes) -> Insert:
    return insert(BatchChunk).values(
        batch_id=batch_id,
        number=number,
        first_row=first_row,
        rows=rows,
        state=ChunkState.WAITING,
        content_sealed=sealed,
    )


def complete_receipt(batch_id: UUID, now: datetime, *, rows: int, request_digest: bytes) -> Update:
    """From now on it may be worked on. Touches nothing if it was removed meanwhile."""
    return (
        update(EnrolmentBatch)
        .where(EnrolmentBatch.id == batch_id, _RECEIVING)
        .values(
            status=BatchStatus.PROCESSING,
            rows=rows,
            request_digest=request_digest,
            received_at=now,
            progress_at=now,
        )
    )


def remove_chunks(batch_ids: Sequence[UUID]) -> Delete:
    """Those of files that are still received."""
    still = select(EnrolmentBatch.id).where(EnrolmentBatch.id.in_(batch_ids), _RECEIVING)
    return delete(BatchChunk).where(BatchChunk.batch_id.in_(still))


def remove_batches(batch_ids: Sequence[UUID]) -> Delete:
    return delete(EnrolmentBatch).where(EnrolmentBatch.id.in_(batch_ids), _RECEIVING)
