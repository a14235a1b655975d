"""Proof that somebody holds a phone, by a code sent to it."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Delete,
    Index,
    Select,
    Update,
    and_,
    case,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.columns import word_of
from models.values.channel import Channel

MAX_TRIES = 5
MAX_WRONG_NIKS = 5
CODE_LIFETIME = timedelta(minutes=5)
RESEND_AFTER = timedelta(seconds=60)
RESENDABLE_FOR = timedelta(minutes=15)
# (policy) Limits look back a day; staff can see for a month what became of a message.
KEPT_FOR = timedelta(days=30)


class PhoneVerification(Model):
    """The code is stored nowhere: it is computed from the id.

    The id is drawn at random (version 4): whoever knows it may ask for its state.
    """

    __tablename__ = "phone_verification"
    __table_args__ = (
        Index("ix_phone_verification_phone_key", "phone_key", "started_at"),
        Index("ix_phone_verification_source_key", "source_key", "started_at"),
        Index("ix_phone_verification_started_at", "started_at"),
        CheckConstraint(f"tries between 0 and {MAX_TRIES}", name="tries"),
        CheckConstraint(f"wrong_niks between 0 and {MAX_WRONG_NIKS}", name="wrong_niks"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    phone_key: Mapped[bytes]
    phone_sealed: Mapped[bytes]
    prefix: Mapped[str]
    """How the number begins (+62 and the operator's digits): thousands of numbers share it."""
    source_key: Mapped[bytes]
    """Stands for the caller's network address."""
    language: Mapped[str]
    channel: Mapped[Channel] = mapped_column(word_of(Channel))
    started_at: Mapped[datetime]
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    confirmed_at: Mapped[datetime | None]
    wrong_niks: Mapped[int] = mapped_column(default=0)
    spent_at: Mapped[datetime | None]

    @property
    def resend_at(self) -> datetime:
        return self.sent_at + RESEND_AFTER

    @property
    def tries_left(self) -> int:
        return MAX_TRIES - self.tries

    def awaits_code(self, now: datetime) -> bool:
        return self.confirmed_at is None and now < self.expires_at

    def resendable(self, now: datetime) -> bool:
        return self.confirmed_at is None and now < self.started_at + RESENDABLE_FOR

    def prolong(self, now: datetime) -> None:
        """Let the code be good for as long as a message says that goes out now."""
        longest = self.started_at + RESENDABLE_FOR
        self.expires_at = max(self.expires_at, min(now + CODE_LIFETIME, longest))


def select_verification(verification_id: UUID) -> Select[PhoneVerification]:
    return select(PhoneVerification).where(PhoneVerification.id == verification_id)


def hold_phone(phone_key: bytes) -> Select[object]:
    """Let one request at a time count what has been done with a phone.

    Released when the transaction ends. Two numbers may share a lock; they only wait.
    """
    return select(func.pg_advisory_xact_lock(_as_bigint(phone_key)))


def _as_bigint(key: bytes) -> int:
    return int.from_bytes(key[:8], "big", signed=True)


def select_attempts(phone_key: bytes, since: datetime) -> Select[datetime, int]:
    """When verifications of a phone were started and how many wrong codes each met, newest first."""
    wrong = PhoneVerification.tries - case((PhoneVerification.confirmed_at.is_(None), 0), else_=1)
    return (
        select(PhoneVerification.started_at, wrong)
        .where(PhoneVerification.phone_key == phone_key, PhoneVerification.started_at > since)
        .order_by(PhoneVerification.started_at.desc())
    )


def select_nth_start_from(source_key: bytes, since: datetime, nth: int) -> Select[datetime]:
    """When the nth last verification was started from a network address."""
    return (
        select(PhoneVerification.started_at)
        .where(PhoneVerification.source_key == source_key, PhoneVerification.started_at > since)
        .order_by(PhoneVerification.started_at.desc())
        .offset(nth - 1)
        .limit(1)
    )


def select_busy_prefixes(since: datetime, above: int) -> Select[str, int]:
    """The beginnings of numbers of which more than so many were verified, and how many."""
    return (
        select(PhoneVerification.prefix, func.count())
        .where(PhoneVerification.started_at > since)
        .group_by(PhoneVerification.prefix)
        .having(func.count() > above)
    )


def count_try(verification_id: UUID, now: datetime) -> Update:
    """Count one try, if one is left. Counting and judging the limit are one statement."""
    return (
        update(PhoneVerification)
        .where(
            PhoneVerification.id == verification_id,
            PhoneVerification.confirmed_at.is_(None),
            PhoneVerification.expires_at > now,
            PhoneVerification.tries < MAX_TRIES,
        )
        .values(tries=PhoneVerification.tries + 1)
        .returning(PhoneVerification.tries)
    )


def can_be_spent(verification_id: UUID | ColumnElement[UUID]) -> ColumnElement[bool]:
    return and_(
        PhoneVerification.id == verification_id,
        PhoneVerification.confirmed_at.is_not(None),
        PhoneVerification.spent_at.is_(None),
        PhoneVerification.wrong_niks < MAX_WRONG_NIKS,
    )


def select_verification_to_spend(verification_id: UUID) -> Select[PhoneVerification]:
    """Held: of NIKs that are tried at once, each waits until the one before is counted."""
    return select(PhoneVerification).where(can_be_spent(verification_id)).with_for_update()


def select_verifications_of(phone_key: bytes) -> Select[PhoneVerification]:
    return (
        select(PhoneVerification)
        .where(PhoneVerification.phone_key == phone_key)
        .order_by(PhoneVerification.started_at)
    )


def forget_verifications_of(phone_key: bytes) -> Delete:
    """Their messages must have gone before."""
    return delete(PhoneVerification).where(PhoneVerification.phone_key == phone_key)


def forget_verifications(before: datetime) -> Delete:
    """Their messages must have gone before."""
    return delete(PhoneVerification).where(PhoneVerification.started_at <= before)
