"""Where partners want to be told of events, and whether anything gets through to them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ColumnElement,
    Exists,
    ForeignKey,
    Index,
    Select,
    Text,
    Update,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.columns import word_of
from models.partner import Partner
from models.partner_event import PartnerEventName
from models.policy import Policy
from models.values.ids import new_id
from models.values.page import Place
from models.webhook_delivery import DeliveryProgress, WebhookDelivery

MOST_PER_PARTNER = 10
OLD_SECRET_KEPT = Policy(
    timedelta(hours=24),
    since=date(2026, 11, 23),
    basis="Standard Webhooks has both secrets sign while one is changed; a day is enough to roll "
    "a new one out, and short for one that was seen by others.",
)
AT_ONCE_PER_PARTNER = 2
"""How many of a partner's webhooks are delivered to at the same time: however slow all of them are,
there is room for other partners."""
# A job that was asked for and never came to its end is asked for again.
_CALLED_FOR = timedelta(minutes=10)
_EVENTS = ", ".join(f"'{name}'" for name in PartnerEventName)


class WebhookStatus(StrEnum):
    ACTIVE = "active"
    DISABLED = "disabled"


class DisabledReason(StrEnum):
    FAILING = "failing"
    """Nothing got through for three days."""
    GONE = "gone"
    """The other side answered 410."""
    BY_PARTNER = "by_partner"


class Webhook(Model):
    """``url_sealed`` as well as the secrets: an address may hold a token."""

    __tablename__ = "webhook"
    __table_args__ = (
        Index("ix_webhook_partner_id", "partner_id", "created_at", "id"),
        CheckConstraint(f"events <@ array[{_EVENTS}]::text[]", name="events"),
        CheckConstraint("num_nonnulls(disabled_at, disabled_reason) in (0, 2)", name="disabled"),
        CheckConstraint("num_nonnulls(old_secret_sealed, old_secret_until) in (0, 2)", name="old"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    partner_id: Mapped[UUID] = mapped_column(ForeignKey(Partner.id))
    url_sealed: Mapped[bytes]
    events: Mapped[list[str]] = mapped_column(ARRAY(Text))
    """Which ones it wants (``PartnerEventName``)."""
    secret_sealed: Mapped[bytes]
    old_secret_sealed: Mapped[bytes | None]
    """The one before, which signs as well until ``old_secret_until``."""
    old_secret_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    disabled_reason: Mapped[DisabledReason | None] = mapped_column(word_of(DisabledReason))
    failures: Mapped[int] = mapped_column(default=0)
    """How many rounds in a row got nothing through."""
    failing_since: Mapped[datetime | None]
    paused_until: Mapped[datetime | None]
    """Nothing is sent before but what the partner asks for: one that is down is asked now and then,
    not once per event."""
    called_at: Mapped[datetime | None]
    """When the job that delivers to it was asked for, until that has ended."""
    served_at: Mapped[datetime | None]
    """When such a job ended last."""

    def is_paused(self, now: datetime) -> bool:
        return self.paused_until is not None and self.paused_until > now

    @property
    def status(self) -> WebhookStatus:
        return WebhookStatus.ACTIVE if self.disabled_at is None else WebhookStatus.DISABLED

    def disable(self, reason: DisabledReason, now: datetime) -> None:
        self.disabled_at, self.disabled_reason = now, reason

    def start_afresh(self) -> None:
        """What went wrong before counts no more, and what waits is sent at once."""
        self.disabled_at = self.disabled_reason = None
        self.failures, self.failing_since, self.paused_until = 0, None, None


def select_webhooks(partner_id: UUID, *, after: Place | None, limit: int) -> Select[Webhook]:
    """A partner's, the oldest first."""
    rows = (
        select(Webhook)
        .where(Webhook.partner_id == partner_id)
        .order_by(Webhook.created_at, Webhook.id)
        .limit(limit)
    )
    if after is None:
        return rows
    created_at, webhook_id = after
    later = (Webhook.created_at == created_at) & (Webhook.id > webhook_id)
    return rows.where((Webhook.created_at > created_at) | later)


def select_webhook(webhook_id: UUID, *, partner_id: UUID) -> Select[Webhook]:
    return select(Webhook).where(Webhook.id == webhook_id, Webhook.partner_id == partner_id)


def select_webhook_to_change(webhook_id: UUID, *, partner_id: UUID) -> Select[Webhook]:
    return select_webhook(webhook_id, partner_id=partner_id).with_for_update(key_share=True)


def select_partner_to_add_to(partner_id: UUID) -> Select[UUID]:
    """Held, so that two additions at once are counted one after the other."""
    return select(Partner.id).where(Partner.id == partner_id).with_for_update(key_share=True)


def select_webhook_to_remove(webhook_id: UUID, *, partner_id: UUID) -> Select[Webhook]:
    """Held against those who deliver to it or hand it something."""
    return select_webhook(webhook_id, partner_id=partner_id).with_for_update()


def count_webhooks(partner_id: UUID) -> Select[int]:
    return select(func.count()).select_from(Webhook).where(Webhook.partner_id == partner_id)


def select_webhooks_of(partner_ids: Collection[UUID]) -> Select[UUID, UUID, list[str]]:
    """Id, partner and events of those that are told of what happens now. Held, so that none is taken
    away while it is given something."""
    return (
        select(Webhook.id, Webhook.partner_id, Webhook.events)
        .join(Partner, Partner.id == Webhook.partner_id)
        .where(
            Webhook.partner_id.in_(partner_ids),
            Webhook.disabled_at.is_(None),
            Partner.disabled_at.is_(None),
        )
        .with_for_update(read=True, key_share=True, of=Webhook)
    )


def select_webhook_to_deliver(webhook_id: UUID, now: datetime) -> Select[Webhook]:
    """Unless it is switched off, or paused and nothing asked for."""
    return (
        select(Webhook)
        .join(Partner, Partner.id == Webhook.partner_id)
        .where(
            Webhook.id == webhook_id,
            Webhook.disabled_at.is_(None),
            Partner.disabled_at.is_(None),
            _has_a_turn(now),
        )
    )


def _has_a_turn(now: datetime) -> ColumnElement[bool]:
    """It is not paused, or its partner wants something sent nevertheless."""
    unpaused = or_(Webhook.paused_until.is_(None), Webhook.paused_until <= now)
    return or_(unpaused, _has_due(now).where(WebhookDelivery.asked_for))


def _has_due(now: datetime) -> Exists:
    return exists().where(
        WebhookDelivery.webhook_id == Webhook.id,
        WebhookDelivery.state == DeliveryProgress.QUEUED,
        WebhookDelivery.next_try_at <= now,
    )


def select_webhook_to_judge(webhook_id: UUID) -> Select[Webhook]:
    """Held, while it is written down what came of a round."""
    return select(Webhook).where(Webhook.id == webhook_id).with_for_update(key_share=True)


def call_for_due(now: datetime) -> Update:
    """Mark the webhooks to which something is due and nobody is delivering yet.

    :returns: (``RETURNING``) their ids, of each partner so many that not more than
        ``AT_ONCE_PER_PARTNER`` are at work.
    """
    # Somebody else's clock may be ahead of ours, but not by so much.
    recently = (Webhook.called_at > now - _CALLED_FOR) & (Webhook.called_at < now + _CALLED_FOR)
    is_called = func.coalesce(recently, False)
    is_ready = (
        Webhook.disabled_at.is_(None)
        & Partner.disabled_at.is_(None)
        & _has_a_turn(now)
        & _has_due(now)
    )
    # Those at work count first, then come those whose last turn is longest ago.
    place = func.row_number().over(
        partition_by=Webhook.partner_id,
        order_by=(is_called.desc(), Webhook.served_at.nulls_first(), Webhook.id),
    )
    ranked = (
        select(Webhook.id, is_called.label("is_called"), place.label("place"))
        .join(Partner, Partner.id == Webhook.partner_id)
        .where(or_(is_called, is_ready))
        .subquery()
    )
    chosen = select(ranked.c.id).where(
        ranked.c.is_called.is_(False), ranked.c.place <= AT_ONCE_PER_PARTNER
    )
    return (
        update(Webhook)
        # Asked again of the row itself: of two at it, the later one sees here what the other wrote.
        .where(Webhook.id.in_(chosen), is_called.is_(False))
        .values(called_at=now)
        .returning(Webhook.id)
        .execution_options(synchronize_session=False)
    )


def end_call(webhook_id: UUID, now: datetime) -> Update:
    """From now on it may be called for again."""
    return update(Webhook).where(Webhook.id == webhook_id).values(called_at=None, served_at=now)
