"""Each time the population registry is asked about a worker."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Insert,
    Select,
    Update,
    func,
    insert,
    null,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, aliased, mapped_column

from models.base import Model
from models.columns import word_of
from models.enrolment import Enrolment
from models.values.identity import Finding, IdentityStatus
from models.values.ids import new_id
from models.worker import Worker


class IdentityCheck(Model):
    """Open until it has an ``outcome`` or is superseded. A worker has at most one open that they
    asked for; each enrolment may have one of its own."""

    __tablename__ = "identity_check"
    __table_args__ = (
        Index("ix_identity_check_worker_id", "worker_id", "requested_at"),
        Index("ix_identity_check_nik_key", "nik_key", "requested_at"),
        Index(
            "ix_identity_check_open_of_partners",
            "enrolment_id",
            postgresql_where="enrolment_id is not null and outcome is null"
            " and superseded_at is null",
        ),
        CheckConstraint("num_nonnulls(nik_key, outcome, superseded_at) > 0", name="nik_key"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    worker_id: Mapped[UUID] = mapped_column(ForeignKey(Worker.id))
    enrolment_id: Mapped[UUID | None] = mapped_column(ForeignKey(Enrolment.id))
    """Where it was asked for a partner, of what it sent: the partner's."""
    of_record: Mapped[bool] = mapped_column(server_default=text("true"))
    """Whether it is the worker's record that is compared. A partner's new driver has no other; once
    they correct it, what was sent is compared by itself, and says nothing about them."""
    nik_key: Mapped[bytes] = mapped_column(nullable=True)
    """The NIK that was asked about; the worker may have corrected it since. Gone with who they were,
    where that goes."""
    requested_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    """How often the registry was asked without a usable answer."""
    outcome: Mapped[IdentityStatus | None] = mapped_column(word_of(IdentityStatus))
    finding: Mapped[Finding | None] = mapped_column(word_of(Finding))
    response_code: Mapped[str | None]
    scores: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """0-100 by element. For staff."""
    notes: Mapped[list[str] | None] = mapped_column(JSONB)
    """What about the NIK deserves a second look (``NikNote``). For staff."""
    answered_at: Mapped[datetime | None]
    superseded_at: Mapped[datetime | None]
    """When the worker corrected what was asked about, before the answer had come."""


def select_open_check(check_id: UUID) -> Select[IdentityCheck]:
    """One whose answer is still wanted."""
    return select_unanswered_check(check_id).where(IdentityCheck.superseded_at.is_(None))


def select_unanswered_check(check_id: UUID) -> Select[IdentityCheck]:
    return select(IdentityCheck).where(
        IdentityCheck.id == check_id, IdentityCheck.outcome.is_(None)
    )


def supersede_checks(worker_id: UUID, now: datetime) -> Update:
    """An answer that still comes says nothing about what the worker has corrected since. What
    partners have asked is another matter: of what they sent."""
    return supersede_every_check(worker_id, now).where(IdentityCheck.enrolment_id.is_(None))


def supersede_every_check(worker_id: UUID, now: datetime) -> Update:
    """Partners' too."""
    return (
        update(IdentityCheck)
        .where(
            IdentityCheck.worker_id == worker_id,
            IdentityCheck.outcome.is_(None),
            IdentityCheck.superseded_at.is_(None),
        )
        .values(superseded_at=now)
    )


def blank_checks(worker_id: UUID) -> Update:
    """Leave of a worker's checks that and when the registry was asked, and what followed."""
    what_it_said = ("finding", "response_code", "scores", "notes")
    return (
        update(IdentityCheck)
        .where(IdentityCheck.worker_id == worker_id)
        .values(dict.fromkeys(what_it_said, null()))
    )


def forget_nik_in_checks_of(worker_id: UUID) -> Update:
    """No answer may be on its way."""
    return update(IdentityCheck).where(IdentityCheck.worker_id == worker_id).values(nik_key=None)


def select_checks(worker_id: UUID) -> Select[IdentityCheck]:
    """All that were ever asked for, oldest first."""
    return (
        select(IdentityCheck)
        .where(IdentityCheck.worker_id == worker_id)
        .order_by(IdentityCheck.requested_at)
    )


def count_checks_of_worker(worker_id: UUID, since: datetime) -> Select[int]:
    """Those that the worker asked for."""
    return select(func.count()).where(
        IdentityCheck.worker_id == worker_id,
        IdentityCheck.requested_at > since,
        IdentityCheck.enrolment_id.is_(None),
    )


def count_checks_of_nik(
    nik_key: bytes, since: datetime, *, enrolment_id: UUID | None
) -> Select[int]:
    """Those that people asked for, or those for one partner: nobody uses up what others may, nor
    learns that they have asked.

    :param enrolment_id: one of the partner's; None: people's own.
    """
    counted = (
        select(func.count())
        .select_from(IdentityCheck)
        .where(IdentityCheck.nik_key == nik_key, IdentityCheck.requested_at > since)
    )
    if enrolment_id is None:
        return counted.where(IdentityCheck.enrolment_id.is_(None))
    theirs = aliased(Enrolment)
    partner = select(theirs.partner_id).where(theirs.id == enrolment_id).scalar_subquery()
    return counted.join(Enrolment, Enrolment.id == IdentityCheck.enrolment_id).where(
        Enrolment.partner_id == partner
    )


def insert_check(check_id: UUID, worker_id: UUID, nik_key: bytes, now: datetime) -> Insert:
    return insert(IdentityCheck).values(
        id=check_id, worker_id=worker_id, nik_key=nik_key, requested_at=now, attempts=0
    )
