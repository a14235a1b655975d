"""Files of drivers: what was received of each, in chunks, and what became of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.columns import word_of
from models.partner import Partner
from models.values.ids import new_id
from models.values.plan import Plan


class BatchStatus(StrEnum):
    RECEIVING = "receiving"
    PROCESSING = "processing"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    FAILED = "failed"


class EnrolmentBatch(Model):
    """One file. ``rows`` is known when all of it is here.

    How far it is, is the sum over its chunks: no chunk waits for another to count.
    """

    __tablename__ = "enrolment_batch"
    __table_args__ = (
        Index("ix_enrolment_batch_partner_id", "partner_id", "created_at", "id"),
        Index("ix_enrolment_batch_created_at", "created_at", "id"),
        Index(
            "uq_enrolment_batch_key",
            "partner_id",
            "key",
            unique=True,
            postgresql_where="key is not null",
        ),
        Index(
            "ix_enrolment_batch_unfinished",
            "created_at",
            postgresql_where="status in ('receiving', 'processing')",
        ),
        CheckConstraint("(rows is null) = (received_at is null)", name="received"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    partner_id: Mapped[UUID] = mapped_column(ForeignKey(Partner.id))
    status: Mapped[BatchStatus] = mapped_column(word_of(BatchStatus))
    dry_run: Mapped[bool]
    plan: Mapped[Plan] = mapped_column(word_of(Plan))
    key: Mapped[bytes | None]
    """Stands for the ``Idempotency-Key``, for as long as it is remembered."""
    request_digest: Mapped[bytes | None]
    """Of method, path, query and the bytes that were sent."""
    created_at: Mapped[datetime]
    progress_at: Mapped[datetime]
    """When last anything of it arrived, while it is received."""
    received_at: Mapped[datetime | None]
    rows: Mapped[int | None]
    started_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    """When nothing was left to do, whether all was done or the rest called off."""
    checks_paused_at: Mapped[datetime | None]
    """Since when its people are not compared any more, because the registry knew too few."""


class ChunkState(StrEnum):
    WAITING = "waiting"
    DONE = "done"


class BatchChunk(Model):
    """Some thousand rows of a file: the unit of work, of commit and of retry."""

    __tablename__ = "batch_chunk"
    __table_args__ = (
        Index("ix_batch_chunk_waiting", "number", "batch_id", postgresql_where="state = 'waiting'"),
        CheckConstraint(
            "state = 'waiting' or accepted + unchanged + rejected + not_processed = rows",
            name="accounted",
        ),
    )

    batch_id: Mapped[UUID] = mapped_column(ForeignKey(EnrolmentBatch.id), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    """From 0, in the order of the file."""
    first_row: Mapped[int]
    """The number of its first row in the file: the first row below the names of the columns is 1."""
    rows: Mapped[int]
    state: Mapped[ChunkState] = mapped_column(word_of(ChunkState))
    content_sealed: Mapped[bytes | None]
    """The rows as they were sent. Once it is done, of the rejected ones only: they are given back
    to be mended."""
    outcomes: Mapped[bytes | None]
    """What became of each row, in order; without anything that was sent but ``external_id``."""
    accepted: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    not_processed: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often it was begun. Counted beforehand: what kills the process is counted too."""
    not_before: Mapped[datetime | None]
    """When it may be begun again, should it not be done by then."""
