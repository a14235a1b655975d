"""Answers kept for a day, so that a request sent again is not done again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import BigInteger, Delete, Index, Select, bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.values.ids import new_id

KEPT_FOR = timedelta(hours=24)


class KeptAnswer(Model):
    """The first 2xx answer to a request that carried an ``Idempotency-Key``."""

    __tablename__ = "kept_answer"
    __table_args__ = (
        Index("uq_kept_answer_owner_key", "owner", "key", unique=True),
        Index("ix_kept_answer_kept_at", "kept_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    owner: Mapped[bytes]
    """Stands for the worker, partner, officer or verified phone, not for a token."""
    key: Mapped[bytes]
    request_digest: Mapped[bytes]
    answer_sealed: Mapped[bytes]
    kept_at: Mapped[datetime]


def try_to_hold() -> Select[bool]:
    """Whether no other request holds ``lock``. Held until the transaction ends."""
    return select(func.pg_try_advisory_xact_lock(bindparam("lock", type_=BigInteger)))


def lock_of(owner: bytes, key: bytes) -> int:
    """What stands for a key while its request is running. Two keys may share one."""
    mixed = bytes(a ^ b for a, b in zip(owner[:8], key[:8], strict=True))
    return int.from_bytes(mixed, "big", signed=True)


def select_answer() -> Select[UUID, bytes, bytes]:
    """Id, request digest and sealed answer, by ``owner`` and ``key``, if kept after ``since``."""
    return select(KeptAnswer.id, KeptAnswer.request_digest, KeptAnswer.answer_sealed).where(
        KeptAnswer.owner == bindparam("owner"),
        KeptAnswer.key == bindparam("key"),
        KeptAnswer.kept_at > bindparam("since"),
    )


def keep_answer() -> Insert:
    """Bound by the names of the columns.

    An answer of more than a day ago may still be there under the same key: it is replaced.
    """
    statement = insert(KeptAnswer)
    replaced = ("id", "request_digest", "answer_sealed", "kept_at")
    return statement.on_conflict_do_update(
        index_elements=["owner", "key"],
        set_={name: statement.excluded[name] for name in replaced},
    )


def forget_answers_to(owners: Iterable[bytes]) -> Delete:
    return delete(KeptAnswer).where(KeptAnswer.owner.in_(owners))


def forget_answers(before: datetime) -> Delete:
    return delete(KeptAnswer).where(KeptAnswer.kept_at <= before)
