"""Messages to workers, and how far the gateway's delivery reports have been read."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Delete, ForeignKey, Index, Select, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.columns import word_of
from models.phone_verification import PhoneVerification
from models.values.channel import Channel, DeliveryState


class Message(Model):
    """A message to a worker. Its words are made when it is sent, and kept nowhere."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_verification_id", "verification_id", "queued_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    verification_id: Mapped[UUID] = mapped_column(ForeignKey(PhoneVerification.id))
    channel: Mapped[Channel] = mapped_column(word_of(Channel))
    state: Mapped[DeliveryState] = mapped_column(
        word_of(DeliveryState), default=DeliveryState.QUEUED
    )
    fallback_of: Mapped[UUID | None] = mapped_column(ForeignKey("message.id"), unique=True)
    """The message on another channel that failed; followed up once."""
    queued_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    """When the state last changed."""


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


def select_message_to_settle(message_id: UUID) -> Select[Message]:
    return select(Message).where(Message.id == message_id).with_for_update()


def select_position_to_move() -> Select[GatewayPosition]:
    return select(GatewayPosition).with_for_update()


def select_message(message_id: UUID) -> Select[Message]:
    return select(Message).where(Message.id == message_id)


def select_follow_up(message_id: UUID) -> Select[UUID]:
    """The message that followed up a failed one."""
    return select(Message.id).where(Message.fallback_of == message_id)


def forget_messages(before: datetime) -> Delete:
    """Those of verifications that were started before."""
    old = select(PhoneVerification.id).where(PhoneVerification.started_at <= before)
    return delete(Message).where(Message.verification_id.in_(old))
