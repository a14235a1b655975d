"""Workers ask to have erased what we hold about them, and may call it off while it waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
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
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.columns import word_of
from models.phone_change_request import HOLD
from models.policy import Policy
from models.values.ids import new_id
from models.values.month import Month
from models.worker import Worker

TIME_TO_OBJECT = Policy(
    timedelta(hours=48),
    since=date(2026, 11, 25),
    basis="Nothing brings back what is erased, so there are two days in which to call it off. Where "
    "the number has been changed, whoever had the one before has the time of a lost phone (72 hours "
    "from the change) to be heard.",
)
CARRIED_OUT_WITHIN = Policy(
    timedelta(hours=24),
    since=date(2026, 11, 25),
    basis="Room for an outage of ours. With the time to object it makes 3x24 hours, which UU "
    "27/2022 gives for requests of this kind (articles 40 and 41 say so of withdrawal and "
    "suspension; article 43 names no time for erasure).",
)


class ErasureStatus(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    CANCELLED = "cancelled"


class ErasureRequest(Model):
    """Kept when it is done: it says why there is nothing else."""

    __tablename__ = "erasure_request"
    __table_args__ = (
        Index(
            "uq_erasure_request_waiting",
            "worker_id",
            unique=True,
            postgresql_where="status = 'waiting'",
        ),
        Index(
            "ix_erasure_request_not_before",
            "not_before",
            postgresql_where="status = 'waiting'",
        ),
        Index(
            "ix_erasure_request_due_by",
            "due_by",
            "id",
            postgresql_where="status = 'waiting'",
        ),
        Index("ix_erasure_request_worker_id", "worker_id", "requested_at"),
        CheckConstraint(
            "(status = 'done') = (done_at is not null)"
            " and (status = 'cancelled') = (cancelled_at is not null)",
            name="ended",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    worker_id: Mapped[UUID] = mapped_column(ForeignKey(Worker.id))
    requested_at: Mapped[datetime]
    objection_until: Mapped[datetime]
    """So long the worker has in any case, to call it off."""
    not_before: Mapped[datetime]
    """Until then the worker may object, or is covered."""
    due_by: Mapped[datetime]
    """What was promised."""
    status: Mapped[ErasureStatus] = mapped_column(
        word_of(ErasureStatus), default=ErasureStatus.WAITING
    )
    done_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]

    @classmethod
    def of(
        cls, worker: Worker, now: datetime, number_changed_at: datetime | None = None
    ) -> ErasureRequest:
        """:param number_changed_at: when the worker's number last became another, if it did."""
        number_settled = number_changed_at + HOLD.value if number_changed_at else now
        request = cls(
            id=new_id(),
            worker_id=worker.id,
            requested_at=now,
            objection_until=max(now + TIME_TO_OBJECT.value, number_settled),
            status=ErasureStatus.WAITING,
        )
        request.wait_for_cover(worker.paid_through)
        return request

    def wait_for_cover(self, paid_through: Month | None) -> None:
        """Let nothing be taken away that is paid for.

        Cover of today runs to the end of the last paid month (months are paid in order); whoever
        is not covered, or no longer, has only the time to object to wait for.

        :param paid_through: the worker's, as of now.
        """
        objected_by = self.objection_until
        self.not_before = (
            objected_by if paid_through is None else max(objected_by, paid_through.ends_at)
        )
        self.due_by = self.not_before + CARRIED_OUT_WITHIN.value

    def put_off(self, now: datetime) -> None:
        """It is due, and something has to be settled first: say so rather than break a promise."""
        self.due_by = max(self.due_by, now + CARRIED_OUT_WITHIN.value)


def select_waiting_request(worker_id: UUID) -> Select[ErasureRequest]:
    """The one that is neither done nor called off: at most one."""
    return select(ErasureRequest).where(
        ErasureRequest.worker_id == worker_id, ErasureRequest.status == ErasureStatus.WAITING
    )


def select_waiting_requests(worker_ids: Sequence[UUID]) -> Select[ErasureRequest]:
    """``select_waiting_request`` of many workers at once."""
    return select(ErasureRequest).where(
        ErasureRequest.worker_id == any_(literal(list(worker_ids), ARRAY(Uuid))),
        ErasureRequest.status == ErasureStatus.WAITING,
    )


def finish_waiting(worker_id: UUID, now: datetime) -> Update:
    """Whatever it was that erased the worker."""
    return _end_waiting(worker_id).values(status=ErasureStatus.DONE, done_at=now)


def cancel_waiting(worker_id: UUID, now: datetime) -> Update:
    """Before a record becomes part of another one of the same person, who has registered."""
    return _end_waiting(worker_id).values(status=ErasureStatus.CANCELLED, cancelled_at=now)


def _end_waiting(worker_id: UUID) -> Update:
    return update(ErasureRequest).where(
        ErasureRequest.worker_id == worker_id, ErasureRequest.status == ErasureStatus.WAITING
    )


def select_due_requests(now: datetime) -> Select[UUID]:
    """Whose time has come, the longest waiting first, by their workers."""
    return (
        select(ErasureRequest.worker_id)
        .where(ErasureRequest.status == ErasureStatus.WAITING, ErasureRequest.not_before <= now)
        .order_by(ErasureRequest.not_before)
    )


def select_request(request_id: UUID, *, worker_id: UUID) -> Select[ErasureRequest]:
    return select(ErasureRequest).where(
        ErasureRequest.id == request_id, ErasureRequest.worker_id == worker_id
    )


def select_requests(
    worker_id: UUID, *, after: tuple[datetime, UUID] | None = None, limit: int | None = None
) -> Select[ErasureRequest]:
    """A worker's requests, newest first, from behind one of them on."""
    statement = (
        select(ErasureRequest)
        .where(ErasureRequest.worker_id == worker_id)
        .order_by(ErasureRequest.requested_at.desc(), ErasureRequest.id.desc())
        .limit(limit)
    )
    place = tuple_(ErasureRequest.requested_at, ErasureRequest.id)
    return statement if after is None else statement.where(place < after)
