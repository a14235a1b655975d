"""One event on its way to one webhook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Delete,
    ForeignKey,
    Index,
    Select,
    Update,
    bindparam,
    delete,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.columns import word_of
from models.policy import Policy
from models.values.ids import new_id
from models.values.page import Place

DELIVERIES_KEPT = Policy(
    timedelta(days=30),
    since=date(2026, 11, 23),
    basis="Ten times as long as we try: time to notice, to mend, and to have it sent again.",
)


class OwnEvent(StrEnum):
    """What is delivered beside the events of ``PartnerEventName``."""

    TEST = "webhook.test"


class DeliveryProgress(StrEnum):
    QUEUED = "queued"
    DELIVERED = "delivered"
    FAILED = "failed"


class WebhookDelivery(Model):
    """``payload`` is kept as the very text that is signed, so that every try sends the same.

    It holds ids and counts, and of a driver the partner's own name for them.
    """

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        Index("ix_webhook_delivery_webhook_id", "webhook_id", "created_at", "id"),
        Index(
            "ix_webhook_delivery_due",
            "webhook_id",
            "next_try_at",
            postgresql_where="state = 'queued'",
        ),
        Index(
            "ix_webhook_delivery_asked_for",
            "webhook_id",
            "next_try_at",
            postgresql_where="state = 'queued' and asked_for",
        ),
        CheckConstraint("(state = 'queued') = (next_try_at is not null)", name="next_try"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    webhook_id: Mapped[UUID] = mapped_column(ForeignKey("webhook.id"))
    event: Mapped[str]
    event_id: Mapped[UUID]
    """By which the other side knows an event that it gets twice. The same for all webhooks."""
    payload: Mapped[str]
    state: Mapped[DeliveryProgress] = mapped_column(word_of(DeliveryProgress))
    tries: Mapped[int] = mapped_column(default=0)
    """How many came to nothing since it was queued, or queued again."""
    attempts: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    """Of the last ones: when, and the status of the answer or why there was none."""
    created_at: Mapped[datetime]
    next_try_at: Mapped[datetime | None]
    """While it is being sent: when somebody else takes it for left behind."""
    asked_for: Mapped[bool] = mapped_column(default=False, server_default="false")
    """By the partner itself, who looks whether it arrives: its next try waits neither behind others nor
    for the end of a pause."""

    def queue_again(self, now: datetime) -> None:
        """Because the partner asks for it."""
        self.state, self.tries, self.next_try_at = DeliveryProgress.QUEUED, 0, now
        self.asked_for = True


def select_deliveries(
    webhook_id: UUID, *, after: Place | None, limit: int
) -> Select[WebhookDelivery]:
    """What is or was on its way to a webhook, the newest first."""
    newest_first = (WebhookDelivery.created_at.desc(), WebhookDelivery.id.desc())
    rows = (
        select(WebhookDelivery)
        .where(WebhookDelivery.webhook_id == webhook_id)
        .order_by(*newest_first)
        .limit(limit)
    )
    if after is None:
        return rows
    created_at, delivery_id = after
    earlier = (WebhookDelivery.created_at == created_at) & (WebhookDelivery.id < delivery_id)
    return rows.where((WebhookDelivery.created_at < created_at) | earlier)


def select_delivery_to_repeat(delivery_id: UUID, *, webhook_id: UUID) -> Select[WebhookDelivery]:
    return (
        select(WebhookDelivery)
        .where(WebhookDelivery.id == delivery_id, WebhookDelivery.webhook_id == webhook_id)
        .with_for_update()
    )


def take_due(
    webhook_id: UUID, *, asked_for: bool, limit: int, now: datetime, until: datetime
) -> Update:
    """Take what is due to a webhook, the longest due first, for oneself.

    What another worker has taken is passed over. Whoever is killed with some of it leaves it due
    again at ``until``.

    :param asked_for: what the partner has asked for, or all the rest.
    :returns: (``RETURNING``) id, event_id, payload, tries and attempts.
    """
    due = (
        select(WebhookDelivery.id)
        .where(
            WebhookDelivery.webhook_id == webhook_id,
            WebhookDelivery.state == DeliveryProgress.QUEUED,
            WebhookDelivery.next_try_at <= now,
            WebhookDelivery.asked_for if asked_for else ~WebhookDelivery.asked_for,
        )
        .order_by(WebhookDelivery.next_try_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    told = WebhookDelivery
    return (
        update(WebhookDelivery)
        .where(WebhookDelivery.id == due.c.id)
        .values(next_try_at=until, asked_for=False)
        .returning(told.id, told.event_id, told.payload, told.tries, told.attempts)
        .execution_options(synchronize_session=False)
    )


def write_progress() -> Update:
    """What came of each, by its id as ``this``; one that is gone meanwhile is passed over."""
    table = WebhookDelivery.__table__
    return (
        update(table)  # type: ignore[arg-type]
        .where(table.c.id == bindparam("this"))
        .values({each: bindparam(each) for each in ("state", "tries", "attempts", "next_try_at")})
    )


def give_back(delivery_ids: Sequence[UUID], now: datetime) -> Update:
    """Those that were taken and not tried are due as before."""
    return (
        update(WebhookDelivery)
        .where(WebhookDelivery.id.in_(delivery_ids))
        .values(next_try_at=now)
        .execution_options(synchronize_session=False)
    )


def make_due(webhook_id: UUID, now: datetime) -> Update:
    """All that waits for a later try is tried now."""
    return (
        update(WebhookDelivery)
        .where(
            WebhookDelivery.webhook_id == webhook_id,
            WebhookDelivery.state == DeliveryProgress.QUEUED,
            WebhookDelivery.next_try_at > now,
        )
        .values(next_try_at=now)
        .execution_options(synchronize_session=False)
    )


def forget_deliveries_to(webhook_id: UUID) -> Delete:
    return delete(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook_id)


def forget_deliveries(before: datetime) -> Delete:
    """Those of events that were queued before."""
    return delete(WebhookDelivery).where(WebhookDelivery.created_at <= before)
