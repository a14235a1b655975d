"""What partners are told of by webhook, written where it happens."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.columns import word_of
from models.partner import Partner
from models.values.ids import new_id


class PartnerEventName(StrEnum):
    BATCH_COMPLETED = "batch.completed"
    IDENTITY_VERIFIED = "worker.identity_verified"
    IDENTITY_FAILED = "worker.identity_failed"
    CONFIRMED = "worker.confirmed"
    COVERAGE_ACTIVATED = "coverage.activated"
    COVERAGE_GRACE = "coverage.grace"
    COVERAGE_LAPSED = "coverage.lapsed"
    COVERAGE_RESTORED = "coverage.restored"
    INVOICE_PAID = "invoice.paid"


ABOUT_COVER = frozenset(each for each in PartnerEventName if each.startswith("coverage."))
"""What a partner may know as long as the worker shares it."""


class PartnerEvent(Model):
    """Written in the transaction that causes it, once; delivered as often as it takes."""

    __tablename__ = "partner_event"
    __table_args__ = (
        Index("ix_partner_event_partner_id", "partner_id", "recorded_at"),
        Index("ix_partner_event_unrouted", "id", postgresql_where="routed_at is null"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    partner_id: Mapped[UUID] = mapped_column(ForeignKey(Partner.id))
    event: Mapped[PartnerEventName] = mapped_column(word_of(PartnerEventName))
    about: Mapped[UUID]
    """The id of the enrolment, the batch or the collective invoice, by the event's first word."""
    happened_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    routed_at: Mapped[datetime | None]
    """When it was handed to those of the partner's webhooks that want it."""
