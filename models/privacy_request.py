"""What people ask of whoever holds their data, as far as staff have to see to it.

That a worker asked to be erased stands in ``erasure_request``, whoever wrote it down.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    Update,
    and_,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.columns import word_of
from models.consent import WorkerConsent
from models.erasure_request import ErasureRequest
from models.policy import Policy
from models.staff import StaffAccount
from models.values.ids import new_id
from models.values.privacy import PrivacyRequestKind
from models.worker import Worker

HONOURED_WITHIN = Policy(
    timedelta(hours=72),
    since=date(2026, 11, 25),
    basis="3x24 hours from the request (UU 27/2022, articles 30, 32, 40 and 41).",
)


class PrivacyRequest(Model):
    """Open until it is done, called off, or there is nobody left whom it is about."""

    __tablename__ = "privacy_request"
    __table_args__ = (
        Index("ix_privacy_request_open", "due_by", "id", postgresql_where="closed_at is null"),
        Index("ix_privacy_request_worker_id", "worker_id"),
        Index("ix_privacy_request_about_id", "about_id", postgresql_where="about_id is not null"),
        CheckConstraint("num_nonnulls(exported_by, exported_at) in (0, 2)", name="exported"),
        CheckConstraint("done_by is null or closed_at is not null", name="done"),
        CheckConstraint("entered_by <> exported_by", name="two_officers"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    worker_id: Mapped[UUID] = mapped_column(ForeignKey(Worker.id))
    kind: Mapped[PrivacyRequestKind] = mapped_column(word_of(PrivacyRequestKind))
    requested_at: Mapped[datetime]
    """When the person asked, however late it was entered."""
    due_by: Mapped[datetime]
    entered_by: Mapped[UUID | None] = mapped_column(ForeignKey(StaffAccount.id))
    """Who wrote down what somebody asked for by letter or phone; None: they asked in the app."""
    note: Mapped[str | None]
    about_id: Mapped[UUID | None]
    """The consent that was withdrawn in the app, or the erasure that was begun."""
    exported_by: Mapped[UUID | None] = mapped_column(ForeignKey(StaffAccount.id))
    exported_at: Mapped[datetime | None]
    """When the copy was made that is handed over: once, by another officer."""
    closed_at: Mapped[datetime | None]
    done_by: Mapped[UUID | None] = mapped_column(ForeignKey(StaffAccount.id))
    """None: it was called off, or carried itself out."""
    done_note: Mapped[str | None]

    @classmethod
    def of(
        cls,
        kind: PrivacyRequestKind,
        worker_id: UUID,
        requested_at: datetime,
        *,
        entered_by: UUID | None = None,
        note: str | None = None,
        about_id: UUID | None = None,
    ) -> PrivacyRequest:
        return cls(
            id=new_id(),
            worker_id=worker_id,
            kind=kind,
            requested_at=requested_at,
            due_by=requested_at + HONOURED_WITHIN.value,
            entered_by=entered_by,
            note=note,
            about_id=about_id,
        )


def select_request_to_change(request_id: UUID) -> Select[PrivacyRequest]:
    """Of an erasure by the id of that, if staff entered it. Held."""
    return select(PrivacyRequest).where(_listed_as(request_id)).with_for_update()


def select_worker_of_request(request_id: UUID) -> Select[UUID]:
    """Whether staff entered it or not."""
    entered = select(PrivacyRequest.worker_id).where(PrivacyRequest.id == request_id)
    erasure = select(ErasureRequest.worker_id).where(ErasureRequest.id == request_id)
    return select(union_all(entered, erasure).subquery().c.worker_id)


def _listed_as(request_id: UUID) -> ColumnElement[bool]:
    of_erasure = PrivacyRequest.kind == PrivacyRequestKind.ERASURE
    return or_(
        and_(PrivacyRequest.id == request_id, ~of_erasure),
        and_(PrivacyRequest.about_id == request_id, of_erasure),
    )


def select_privacy_requests(worker_id: UUID) -> Select[PrivacyRequest]:
    """A worker's, oldest first, closed or not."""
    return (
        select(PrivacyRequest)
        .where(PrivacyRequest.worker_id == worker_id)
        .order_by(PrivacyRequest.requested_at, PrivacyRequest.id)
    )


def close_withdrawals(worker_id: UUID, document: str, now: datetime) -> Update:
    """The worker agrees again to what they took back."""
    taken_back = select(WorkerConsent.id).where(
        WorkerConsent.worker_id == worker_id, WorkerConsent.document == document
    )
    return _close(worker_id, now).where(PrivacyRequest.about_id.in_(taken_back))


def close_requests_of(worker_id: UUID, now: datetime) -> Update:
    """There is nothing left that could be asked for."""
    return _close(worker_id, now)


def hand_on_requests(source_id: UUID, target_id: UUID) -> Update:
    """What was asked for about a record that becomes part of another one of the same person."""
    return (
        update(PrivacyRequest)
        .where(
            PrivacyRequest.worker_id == source_id,
            PrivacyRequest.closed_at.is_(None),
            PrivacyRequest.kind != PrivacyRequestKind.ERASURE,
        )
        .values(worker_id=target_id)
    )


def close_erasure(erasure_request_id: UUID, now: datetime) -> Update:
    """It was called off."""
    return (
        update(PrivacyRequest)
        .where(PrivacyRequest.about_id == erasure_request_id, PrivacyRequest.closed_at.is_(None))
        .values(closed_at=now)
    )


def forget_request_notes_of(worker_id: UUID) -> Update:
    return (
        update(PrivacyRequest)
        .where(PrivacyRequest.worker_id == worker_id)
        .values(note=None, done_note=None)
    )


def _close(worker_id: UUID, now: datetime) -> Update:
    return (
        update(PrivacyRequest)
        .where(PrivacyRequest.worker_id == worker_id, PrivacyRequest.closed_at.is_(None))
        .values(closed_at=now)
    )
