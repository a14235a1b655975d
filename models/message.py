"""Messages to people, and how far the gateway's delivery reports have been read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Delete,
    ForeignKey,
    Index,
    Select,
    Update,
    and_,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.columns import word_of
from models.enrolment import Enrolment
from models.phone_verification import PhoneVerification
from models.policy import Policy
from models.values.channel import Channel, DeliveryState
from models.worker import Worker

NOTICES_KEPT = Policy(
    timedelta(days=365),
    since=date(2026, 11, 25),
    basis="Whoever asks what we told them, and whether it arrived, asks within a year.",
)


class MessageKind(StrEnum):
    """What a message is about. All but the code are notices to a worker."""

    CODE = "code"
    """Proves that somebody holds a phone; who they are is not known yet."""
    PHONE_CHANGED = "phone_changed"
    PHONE_CHANGE_REQUESTED = "phone_change_requested"
    ERASURE_REQUESTED = "erasure_requested"
    IDENTITY_DECIDED = "identity_decided"
    """By our staff."""
    REMINDER = "reminder"
    """To pay; see ``models/reminder``."""
    ENROLLED = "enrolled"
    """A partner says that they drive for it; see ``models/welcome``."""


class Message(Model):
    """A message to whoever verifies a phone, or to a worker. Its words are made when it is sent,
    and kept nowhere."""

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_verification_id", "verification_id", "queued_at"),
        Index(
            "ix_message_worker_id",
            "worker_id",
            "queued_at",
            postgresql_where="worker_id is not null",
        ),
        Index(
            "ix_message_waiting_reminder",
            "queued_at",
            postgresql_where="kind = 'reminder' and state = 'queued'",
        ),
        Index(
            "ix_message_waiting_welcome",
            "queued_at",
            postgresql_where="kind = 'enrolled' and state = 'queued'",
        ),
        Index("ix_message_resent_of", "resent_of", postgresql_where="resent_of is not null"),
        CheckConstraint("(kind = 'enrolled') = (enrolment_id is not null)", name="enrolment"),
        CheckConstraint(
            "(kind = 'code') = (verification_id is not null)"
            " and num_nonnulls(verification_id, worker_id) = 1",
            name="addressee",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[MessageKind] = mapped_column(word_of(MessageKind))
    verification_id: Mapped[UUID | None] = mapped_column(ForeignKey(PhoneVerification.id))
    worker_id: Mapped[UUID | None] = mapped_column(ForeignKey(Worker.id))
    enrolment_id: Mapped[UUID | None] = mapped_column(ForeignKey(Enrolment.id))
    """The tie to a partner that a welcome is about."""
    recipient_sealed: Mapped[bytes | None]
    """The number that it is for. None: the one that the verification or the worker has when it
    is sent."""
    channel: Mapped[Channel] = mapped_column(word_of(Channel))
    state: Mapped[DeliveryState] = mapped_column(
        word_of(DeliveryState), default=DeliveryState.QUEUED
    )
    fallback_of: Mapped[UUID | None] = mapped_column(ForeignKey("message.id"), unique=True)
    """The message on another channel that failed; followed up once."""
    resent_of: Mapped[UUID | None] = mapped_column(ForeignKey("message.id"))
    """The first message of all, where our staff had it sent again. What follows this one up names
    it, too."""
    queued_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    """When the state last changed."""

    @property
    def addressee(self) -> UUID:
        """The worker that a notice is for."""
        if self.worker_id is None:
            raise ValueError("a code is for whoever holds the phone")
        return self.worker_id

    @property
    def about_tie(self) -> UUID:
        """The enrolment that a welcome tells of."""
        if self.enrolment_id is None:
            raise ValueError("only a welcome is about a tie")
        return self.enrolment_id

    def again_by(self, channel: Channel, now: datetime) -> Message:
        """The same to the same person, for a channel that failed."""
        return Message(
            id=uuid4(),
            kind=self.kind,
            verification_id=self.verification_id,
            worker_id=self.worker_id,
            enrolment_id=self.enrolment_id,
            channel=channel,
            state=DeliveryState.QUEUED,
            fallback_of=self.id,
            resent_of=self.resent_of,
            queued_at=now,
        )

    @property
    def first(self) -> UUID:
        """The message that this one is, follows up, or was sent again for."""
        return self.resent_of or self.fallback_of or self.id

    def resent_by(self, channel: Channel, now: datetime) -> Message:
        """The same once more, as our staff want it."""
        again = self.again_by(channel, now)
        again.fallback_of, again.resent_of = None, self.first
        return again


class GatewayPosition(Model):
    """How far the gateway's delivery reports have been read."""

    __tablename__ = "gateway_position"

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[str | None]


def select_latest_message(verification_id: UUID) -> Select[Message]:
    """What follows up a failed message is later than it, however soon it followed."""
    newest_first = (Message.queued_at.desc(), Message.fallback_of.is_(None))
    return (
        select(Message)
        .where(Message.verification_id == verification_id)
        .order_by(*newest_first)
        .limit(1)
    )


def select_notice(message_id: UUID, *, worker_id: UUID) -> Select[Message]:
    """Of the messages to a worker, not of the codes to a phone."""
    return select_message(message_id).where(Message.worker_id == worker_id)


def select_thread(message: Message) -> Select[Message]:
    """A message with all that it repeats and that repeat it: by another channel, or for our staff."""
    first = message.first
    return select(Message).where(
        or_(Message.id == first, Message.fallback_of == first, Message.resent_of == first)
    )


def select_resent(worker_id: UUID, since: datetime) -> Select[datetime]:
    """When messages to a worker were sent again for our staff, oldest first."""
    return (
        select(Message.queued_at)
        .where(
            Message.worker_id == worker_id,
            Message.resent_of.is_not(None),
            # What follows up one that failed is not a message more.
            Message.fallback_of.is_(None),
            Message.queued_at > since,
        )
        .order_by(Message.queued_at)
    )


def hold_addressees(message_ids: Collection[UUID]) -> Select[UUID]:
    """The workers to whom some messages go, for those who hold a message and then write a row that
    names its worker. Whoever erases a worker holds them and then their messages: in any other order
    the two could wait for each other."""
    to = select(Message.worker_id).where(Message.id.in_(message_ids))
    return (
        select(Worker.id)
        .where(Worker.id.in_(to))
        .order_by(Worker.id)
        .with_for_update(read=True, key_share=True)
    )


def select_message_to_settle(message_id: UUID) -> Select[Message]:
    return select(Message).where(Message.id == message_id).with_for_update()


def select_position_to_move() -> Select[GatewayPosition]:
    return select(GatewayPosition).with_for_update()


def select_message(message_id: UUID) -> Select[Message]:
    return select(Message).where(Message.id == message_id)


def select_follow_up(message_id: UUID) -> Select[UUID]:
    """The message that followed up a failed one."""
    return select(Message.id).where(Message.fallback_of == message_id)


def count_waiting(kind: MessageKind, opened_at: datetime) -> Select[int, int]:
    """Messages of a kind that are still to be sent: all of them, and those that were queued before."""
    before = Message.queued_at < opened_at
    return select(func.count(), func.count().filter(before)).where(_waiting(kind))


def queue_again(kind: MessageKind, opened_at: datetime, now: datetime) -> Update:
    """Those that were queued before, as if they had been queued now. Returns their ids."""
    return (
        update(Message)
        .where(_waiting(kind), Message.queued_at < opened_at)
        .values(queued_at=now)
        .returning(Message.id)
    )


def _waiting(kind: MessageKind) -> ColumnElement[bool]:
    return and_(Message.kind == kind, Message.state == DeliveryState.QUEUED)


def forget_notices(before: datetime) -> Delete:
    """Messages to workers that were queued before. What followed one up, or was sent again for it,
    goes with it."""
    old = select(Message.id).where(Message.worker_id.is_not(None), Message.queued_at <= before)
    return delete(Message).where(
        or_(Message.id.in_(old), Message.fallback_of.in_(old), Message.resent_of.in_(old))
    )


def forget_notices_to(worker_id: UUID) -> Delete:
    return delete(Message).where(Message.worker_id == worker_id)


def forget_codes_to(phone_key: bytes) -> Delete:
    """The messages of every verification of a phone."""
    return delete(Message).where(Message.verification_id.in_(_verifications_of(phone_key)))


def select_messages_to(worker_id: UUID, phone_key: bytes) -> Select[Message]:
    """Notices to a worker and codes to a phone, oldest first."""
    codes = Message.verification_id.in_(_verifications_of(phone_key))
    return (
        select(Message)
        .where(or_(Message.worker_id == worker_id, codes))
        .order_by(Message.queued_at, Message.id)
    )


def _verifications_of(phone_key: bytes) -> Select[UUID]:
    return select(PhoneVerification.id).where(PhoneVerification.phone_key == phone_key)


def forget_codes(before: datetime) -> Delete:
    """The messages of verifications that were started before."""
    old = select(PhoneVerification.id).where(PhoneVerification.started_at <= before)
    return delete(Message).where(Message.verification_id.in_(old))
