"""The tie between a partner and a worker whom it enrolled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Select,
    Update,
    Uuid,
    any_,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.columns import word_of
from models.enrolment_batch import EnrolmentBatch
from models.partner import Partner
from models.values.identity import IdentityStatus
from models.values.ids import new_id
from models.worker import Worker


class Link(StrEnum):
    """How a tie stands, as partner and worker see it."""

    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    ENDED = "ended"


class EndedBy(StrEnum):
    PARTNER = "partner"
    WORKER = "worker"
    TIME = "time"
    """Nobody claimed or paid for the record within its time, or what was sent was never compared."""


class Enrolment(Model):
    """What a partner said of one driver, and what became of it.

    The partner sees its own enrolments only: what it sent, whether *that* is true of somebody, and
    what the worker has agreed to share. Its ``id`` is all that a partner learns as ``worker_id``,
    so that two of them cannot compare whom they have in common.

    Of who has been erased only the tie itself is left, without the partner's name for them and what
    it sent; and without their NIK, where they never signed in and were not paid for. Nobody asks for
    those of a tie that has ended, so they are typed as if none lacked them.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        # These two begin with what tells rows apart, so that the planner, who knows little of a
        # table that grows by a million rows in minutes, cannot take one of them for the other.
        Index(
            "uq_enrolment_external_id",
            "external_id",
            "partner_id",
            unique=True,
            postgresql_where="ended_at is null",
        ),
        Index(
            "uq_enrolment_nik_key",
            "nik_key",
            "partner_id",
            unique=True,
            postgresql_where="ended_at is null",
        ),
        Index("ix_enrolment_partner_id", "partner_id", "id"),
        Index("ix_enrolment_worker_id", "worker_id"),
        Index(
            "ix_enrolment_unasked",
            "partner_id",
            "batch_id",
            "id",
            postgresql_where="identity_asked_at is null and ended_at is null",
        ),
        Index(
            "ix_enrolment_unwelcomed",
            "partner_id",
            "id",
            # Who shares a phone with many others is not written to before people have looked at it.
            postgresql_where="welcomed_at is null and ended_at is null and not many_on_phone",
        ),
        # Of what partners look for, the few that are not as nearly all: a new row is in none.
        Index(
            "ix_enrolment_ended",
            "partner_id",
            "external_id",
            postgresql_where="ended_at is not null",
        ),
        Index(
            "ix_enrolment_confirmed",
            "partner_id",
            "id",
            postgresql_where="confirmed_at is not null and ended_at is null",
        ),
        Index(
            "ix_enrolment_identity",
            "partner_id",
            "identity_status",
            "id",
            postgresql_where="identity_status in ('needs_correction', 'in_review', 'refused')",
        ),
        CheckConstraint(
            "num_nulls(external_id, sent_digest, nik_key) = 0"
            " or ended_at is not null and num_nonnulls(external_id, sent_digest, sent_sealed) = 0",
            name="complete_or_forgotten",
        ),
        CheckConstraint("num_nonnulls(ended_at, ended_by) in (0, 2)", name="ended"),
        CheckConstraint("num_nonnulls(batch_id, batch_row) in (0, 2)", name="batch"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    partner_id: Mapped[UUID] = mapped_column(ForeignKey(Partner.id))
    worker_id: Mapped[UUID] = mapped_column(ForeignKey(Worker.id))
    external_id: Mapped[str] = mapped_column(nullable=True)
    """The partner's own name for the driver."""
    nik_key: Mapped[bytes] = mapped_column(nullable=True)
    batch_id: Mapped[UUID | None] = mapped_column(ForeignKey(EnrolmentBatch.id))
    """The file that it was last taken from; None: sent by itself."""
    batch_row: Mapped[int | None]
    enrolled_at: Mapped[datetime]
    sent_digest: Mapped[bytes] = mapped_column(nullable=True)
    """Stands for the row's values, in normal form: the same row again changes nothing."""
    sent_sealed: Mapped[bytes | None]
    """What was sent, where the worker's own record is another: a NIK that was known already keeps
    its record. Also while people are to look at what was not found true. Gone once it is judged, or
    when that is given up."""
    consent_version: Mapped[str]
    """The text that the driver agreed to with the partner."""
    consented_at: Mapped[datetime]
    many_on_phone: Mapped[bool]
    """More than five NIKs came with its phone: people look at it."""
    identity_status: Mapped[IdentityStatus] = mapped_column(word_of(IdentityStatus))
    """Of the data that the partner sent, whatever the worker has corrected since."""
    identity_asked_at: Mapped[datetime | None]
    """When its comparison was put before the registry's queue."""
    identity_checked_at: Mapped[datetime | None]
    welcomed_at: Mapped[datetime | None]
    """When the message was queued that tells the driver how to sign in and confirm."""
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[EndedBy | None] = mapped_column(word_of(EndedBy))

    @property
    def link(self) -> Link:
        if self.ended_at is not None:
            return Link.ENDED
        return Link.UNCONFIRMED if self.confirmed_at is None else Link.CONFIRMED

    def end(self, by: EndedBy, now: datetime) -> None:
        """Nothing is shared any more, and what was sent need not be compared. Once ended, a tie
        stays as it is."""
        if self.ended_at is None:
            self.ended_at, self.ended_by, self.sent_sealed = now, by, None


# Nobody changes what a tie is named by. So those who hold one do it against each other alone: an
# invoice of very many ties, which takes a while to be written, keeps no driver waiting.


def select_tie_to_end(enrolment_id: UUID, *, partner_id: UUID) -> Select[Enrolment]:
    return (
        select(Enrolment)
        .where(Enrolment.id == enrolment_id, Enrolment.partner_id == partner_id)
        .with_for_update(key_share=True)
    )


def select_tie_to_change(enrolment_id: UUID, *, worker_id: UUID) -> Select[Enrolment]:
    return (
        select(Enrolment)
        .where(Enrolment.id == enrolment_id, Enrolment.worker_id == worker_id)
        .with_for_update(key_share=True)
    )


def select_other_tie(worker_id: UUID, enrolment_id: UUID) -> Select[UUID]:
    """Another tie of a worker that has not ended."""
    return (
        select(Enrolment.id)
        .where(
            Enrolment.worker_id == worker_id,
            Enrolment.id != enrolment_id,
            Enrolment.ended_at.is_(None),
        )
        .limit(1)
    )


def select_ties_of(worker_id: UUID) -> Select[Enrolment]:
    """Every one that a worker ever had, oldest first."""
    return (
        select(Enrolment)
        .where(Enrolment.worker_id == worker_id)
        .order_by(Enrolment.enrolled_at, Enrolment.id)
    )


def end_ties_of(worker_id: UUID, by: EndedBy, now: datetime) -> Update:
    """Those that have not ended."""
    return (
        update(Enrolment)
        .where(Enrolment.worker_id == worker_id, Enrolment.ended_at.is_(None))
        .values(ended_at=now, ended_by=by)
    )


def forget_what_was_sent_of(worker_id: UUID) -> Update:
    """Their ties must have ended before."""
    return (
        update(Enrolment)
        .where(Enrolment.worker_id == worker_id)
        .values(external_id=None, sent_digest=None, sent_sealed=None)
    )


def forget_nik_in_ties_of(worker_id: UUID) -> Update:
    """What was sent must have been forgotten before."""
    return update(Enrolment).where(Enrolment.worker_id == worker_id).values(nik_key=None)


def select_workers_of(enrolment_ids: Sequence[UUID]) -> Select[UUID, UUID]:
    """Whose records the enrolments are tied to, by their own ids."""
    return select(Enrolment.id, Enrolment.worker_id).where(
        Enrolment.id == any_(literal(list(enrolment_ids), ARRAY(Uuid)))
    )
