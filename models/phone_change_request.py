"""What is asked by those who lost their phone: to be reached under another number from now on."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Select,
    Update,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.columns import word_of
from models.policy import Policy
from models.values.ids import new_id
from models.worker import Worker

HOLD = Policy(
    timedelta(hours=72),
    since=date(2026, 11, 25),
    basis="Whoever still has the old number must see the message and object: three days reach "
    "those who are at sea or charge their phone on market days, and are bearable to those who wait.",
)
MOST_REQUESTS = Policy(
    3,
    since=date(2026, 11, 25),
    basis="NIK, name and birth date of many people are for sale, and each request sends a message "
    "to the number on record. So many are open, or of the last week, at most.",
)
COUNTED_FOR = Policy(
    timedelta(days=7),
    since=date(2026, 11, 25),
    basis="See MOST_REQUESTS. Within it the same new number asks once, whatever became of it.",
)
NUMBERS_KEPT = Policy(
    timedelta(days=90),
    since=date(2026, 11, 25),
    basis="Whoever disputes a decision, or is asked by the police about a number, comes within a "
    "quarter. The number may be a stranger's, so it is not kept for longer.",
)


class PhoneChangeStatus(StrEnum):
    ON_HOLD = "on_hold"
    AWAITING_STAFF = "awaiting_staff"
    OBJECTED = "objected"
    SUPERSEDED = "superseded"
    APPROVED = "approved"
    REJECTED = "rejected"


class PhoneChangeRequest(Model):
    """The stored status is ``ON_HOLD`` until something happens; the clock alone makes it
    ``AWAITING_STAFF``. Never removed; the number goes ``NUMBERS_KEPT`` after it was closed."""

    __tablename__ = "phone_change_request"
    __table_args__ = (
        Index("ix_phone_change_request_worker_id", "worker_id", "requested_at"),
        Index(
            "ix_phone_change_request_hold_until",
            "hold_until",
            postgresql_where="status = 'on_hold'",
        ),
        Index(
            "uq_phone_change_request_open",
            "worker_id",
            "phone_key",
            unique=True,
            postgresql_where="status = 'on_hold'",
        ),
        CheckConstraint("(status = 'on_hold') = (closed_at is null)", name="closed"),
        CheckConstraint(
            "num_nulls(phone_key, phone_sealed) in (0, 2)"
            " and (status <> 'on_hold' or phone_sealed is not null)",
            name="phone",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    worker_id: Mapped[UUID] = mapped_column(ForeignKey(Worker.id))
    phone_key: Mapped[bytes | None]
    """Of the number that is asked for."""
    phone_sealed: Mapped[bytes | None]
    requested_at: Mapped[datetime]
    hold_until: Mapped[datetime]
    status: Mapped[PhoneChangeStatus] = mapped_column(word_of(PhoneChangeStatus))
    closed_at: Mapped[datetime | None]

    @property
    def is_open(self) -> bool:
        return self.status is PhoneChangeStatus.ON_HOLD

    @property
    def wanted_sealed(self) -> bytes:
        """The number that an open request asks for."""
        if self.phone_sealed is None:
            raise ValueError("the number was forgotten")
        return self.phone_sealed

    def status_at(self, now: datetime) -> PhoneChangeStatus:
        if self.is_open and now >= self.hold_until:
            return PhoneChangeStatus.AWAITING_STAFF
        return self.status

    def close(self, status: PhoneChangeStatus, now: datetime) -> None:
        self.status = status
        self.closed_at = now


def select_request(request_id: UUID, *, worker_id: UUID) -> Select[PhoneChangeRequest]:
    return select(PhoneChangeRequest).where(
        PhoneChangeRequest.id == request_id, PhoneChangeRequest.worker_id == worker_id
    )


def select_wanted_key(request_id: UUID) -> Select[bytes | None]:
    """Of the number that is asked for; of none once it was forgotten."""
    return select(PhoneChangeRequest.phone_key).where(PhoneChangeRequest.id == request_id)


def select_requests(
    worker_id: UUID, *, after: tuple[datetime, UUID] | None = None, limit: int | None = None
) -> Select[PhoneChangeRequest]:
    """What was asked about a worker, newest first, from behind one of them on."""
    newest_first = (PhoneChangeRequest.requested_at.desc(), PhoneChangeRequest.id.desc())
    statement = (
        select(PhoneChangeRequest)
        .where(PhoneChangeRequest.worker_id == worker_id)
        .order_by(*newest_first)
        .limit(limit)
    )
    if after is None:
        return statement
    return statement.where(tuple_(PhoneChangeRequest.requested_at, PhoneChangeRequest.id) < after)


def select_requests_that_count(worker_id: UUID, since: datetime) -> Select[PhoneChangeRequest]:
    """Those that are open, or were made since."""
    counts = or_(
        PhoneChangeRequest.status == PhoneChangeStatus.ON_HOLD,
        PhoneChangeRequest.requested_at > since,
    )
    return select(PhoneChangeRequest).where(PhoneChangeRequest.worker_id == worker_id, counts)


def select_open_request(worker_id: UUID) -> Select[UUID]:
    """Whether anything that was asked about a worker is still to be decided."""
    return (
        select(PhoneChangeRequest.id)
        .where(
            PhoneChangeRequest.worker_id == worker_id,
            PhoneChangeRequest.status == PhoneChangeStatus.ON_HOLD,
        )
        .limit(1)
    )


def select_worker_asked_about(request_id: UUID) -> Select[Worker]:
    """Held, so that of an objection, a decision and a change each finds what the one before did."""
    return (
        select(Worker)
        .join(PhoneChangeRequest, PhoneChangeRequest.worker_id == Worker.id)
        .where(PhoneChangeRequest.id == request_id)
        .with_for_update(of=Worker)
    )


def supersede_requests(worker_id: UUID, now: datetime) -> Update:
    """Close what is open: the worker has another number by now."""
    return (
        update(PhoneChangeRequest)
        .where(
            PhoneChangeRequest.worker_id == worker_id,
            PhoneChangeRequest.status == PhoneChangeStatus.ON_HOLD,
        )
        .values(status=PhoneChangeStatus.SUPERSEDED, closed_at=now)
    )


def forget_numbers_of(worker_id: UUID) -> Update:
    """Of every request about a worker; none may be open."""
    return (
        update(PhoneChangeRequest)
        .where(PhoneChangeRequest.worker_id == worker_id)
        .values(phone_key=None, phone_sealed=None)
    )


def forget_numbers(before: datetime) -> Update:
    """The numbers of requests that were closed before."""
    return (
        update(PhoneChangeRequest)
        .where(PhoneChangeRequest.closed_at <= before, PhoneChangeRequest.phone_sealed.is_not(None))
        .values(phone_key=None, phone_sealed=None)
    )
