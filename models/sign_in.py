"""Sessions: a family of refresh tokens, of which the newest is good."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    Delete,
    ForeignKey,
    Insert,
    Select,
    Update,
    Uuid,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.values.ids import new_id
from models.worker import Worker

# A phone on a bad line may not have got the answer to its last refresh.
GIVEN_AGAIN_FOR = timedelta(seconds=60)


class SignIn(Model):
    """``generation`` counts the refreshes; tokens name the one that they belong to."""

    __tablename__ = "sign_in"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    worker_id: Mapped[UUID] = mapped_column(ForeignKey(Worker.id), index=True)
    started_at: Mapped[datetime]
    generation: Mapped[int] = mapped_column(default=0)
    rotated_at: Mapped[datetime]
    """When the newest pair of tokens was made. It makes the same pair again."""
    ended_at: Mapped[datetime | None]

    def gives_again(self, generation: int, now: datetime) -> bool:
        """Whether a token that was just replaced may be answered with its replacement."""
        return generation == self.generation - 1 and now <= self.rotated_at + GIVEN_AGAIN_FOR


def select_sign_in_to_rotate(sign_in_id: UUID) -> Select[SignIn]:
    return (
        select(SignIn).where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None)).with_for_update()
    )


def select_live() -> Select[UUID]:
    """A worker's session that was not ended, by ``sign_in_id`` and ``worker_id``."""
    return select(SignIn.id).where(
        SignIn.id == bindparam("sign_in_id", type_=Uuid),
        SignIn.worker_id == bindparam("worker_id", type_=Uuid),
        SignIn.ended_at.is_(None),
    )


def end_sign_in(sign_in_id: UUID, now: datetime) -> Update:
    return (
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None))
        .values(ended_at=now)
    )


def end_all_sign_ins(worker_id: UUID, now: datetime) -> Update:
    return (
        update(SignIn)
        .where(SignIn.worker_id == worker_id, SignIn.ended_at.is_(None))
        .values(ended_at=now)
    )


def end_other_sign_ins(worker_id: UUID, kept_id: UUID, now: datetime) -> Update:
    return end_all_sign_ins(worker_id, now).where(SignIn.id != kept_id)


def insert_sign_in(sign_in: SignIn) -> Insert:
    return insert(SignIn).values(
        id=sign_in.id,
        worker_id=sign_in.worker_id,
        started_at=sign_in.started_at,
        generation=sign_in.generation,
        rotated_at=sign_in.rotated_at,
    )


def forget_sign_ins_of(worker_id: UUID) -> Delete:
    return delete(SignIn).where(SignIn.worker_id == worker_id)


def select_sign_ins(worker_id: UUID) -> Select[SignIn]:
    return select(SignIn).where(SignIn.worker_id == worker_id).order_by(SignIn.started_at)


def forget_sign_ins(before: datetime) -> Delete:
    """Those whose newest tokens were made before."""
    return delete(SignIn).where(SignIn.rotated_at <= before)
