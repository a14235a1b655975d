"""A partner sees what was sent to its webhooks, and has some of it sent again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.values.ids import new_id
from models.values.page import Page, PageRequest
from models.values.target_trouble import TargetTrouble
from models.values.words import Words
from models.webhook import Webhook, WebhookStatus, select_webhook
from models.webhook_delivery import (
    DeliveryProgress,
    OwnEvent,
    WebhookDelivery,
    select_deliveries,
    select_delivery_to_repeat,
)
from services.callers import PartnerCaller
from services.errors import Conflict, NotFound
from services.once import Once
from services.ports import Ports
from services.webhooks.payloads import written
from services.webhooks.registering import WebhookNotFound, held


class WebhookDeliveryNotFound(NotFound):
    code = "webhook-delivery-not-found"
    title = Words("Pengiriman tidak ditemukan", "No such delivery")
    detail = Words(
        "Lihat daftar pengiriman webhook ini. Yang lebih lama dari 30 hari sudah dihapus.",
        "Look at the list of this webhook's deliveries. What is older than 30 days is gone.",
    )


class WebhookDisabled(Conflict):
    code = "webhook-disabled"
    title = Words("Webhook tidak aktif", "The webhook is disabled")
    detail = Words(
        "Aktifkan dulu dengan PATCH dan status active.",
        "Enable it first, by PATCH with the status active.",
    )


@dataclass(frozen=True)
class Attempt:
    """:param reason: why there was no answer; None where there is a status."""

    at: datetime
    status: int | None
    reason: TargetTrouble | None


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A delivery as the webhook's owner sees it."""

    id: UUID
    event: str
    event_id: UUID
    state: DeliveryProgress
    attempts: tuple[Attempt, ...]
    created_at: datetime
    next_try_at: datetime | None


def listed(ports: Ports, caller: PartnerCaller, webhook_id: UUID, page: PageRequest) -> Page[Sent]:
    """What is or was on its way to a webhook, the newest first.

    :raises WebhookNotFound: the partner has none under this id.
    """
    own = select_webhook(webhook_id, partner_id=caller.partner_id)
    statement = select_deliveries(webhook_id, after=page.after, limit=page.to_read)
    with ports.transactions.reading() as session:
        if session.scalar(own) is None:
            raise WebhookNotFound
        deliveries = session.scalars(statement).all()
    return Page.of(list(map(_sent, deliveries)), page, lambda last: (last.created_at, last.id))


def test(ports: Ports, caller: PartnerCaller, webhook_id: UUID, once: Once[Sent]) -> Sent:
    """Send a webhook something, to see that it arrives: at once, however it went before.

    :raises WebhookNotFound: the partner has none under this id.
    :raises WebhookDisabled: nothing is sent to it.
    """
    with ports.transactions.begin() as session:
        once.claim(ports, session)
        webhook = held(session, caller, webhook_id)
        _refuse_disabled(webhook)
        delivery = _test_delivery(webhook, ports.clock.now())
        session.add(delivery)
        return once.remember(ports, session, _sent(delivery))


def redeliver(ports: Ports, caller: PartnerCaller, webhook_id: UUID, delivery_id: UUID) -> Sent:
    """Send something again at once, with the id that it had, whether or not it arrived.

    :raises WebhookNotFound: the partner has none under this id.
    :raises WebhookDeliveryNotFound: nothing of this id was sent to it.
    :raises WebhookDisabled: nothing is sent to it.
    """
    with ports.transactions.begin() as session:
        webhook = held(session, caller, webhook_id)
        of_it = select_delivery_to_repeat(delivery_id, webhook_id=webhook.id)
        delivery = session.scalar(of_it)
        if delivery is None:
            raise WebhookDeliveryNotFound
        _refuse_disabled(webhook)
        delivery.queue_again(ports.clock.now())
    return _sent(delivery)


def _refuse_disabled(webhook: Webhook) -> None:
    if webhook.status is WebhookStatus.DISABLED:
        raise WebhookDisabled


def _test_delivery(webhook: Webhook, now: datetime) -> WebhookDelivery:
    return WebhookDelivery(
        id=new_id(),
        webhook_id=webhook.id,
        event=OwnEvent.TEST.value,
        event_id=new_id(),
        payload=written(OwnEvent.TEST, now, {"webhook_id": webhook.id}),
        state=DeliveryProgress.QUEUED,
        tries=0,
        attempts=[],
        created_at=now,
        next_try_at=now,
        asked_for=True,
    )


def _sent(delivery: WebhookDelivery) -> Sent:
    return Sent(
        id=delivery.id,
        event=delivery.event,
        event_id=delivery.event_id,
        state=delivery.state,
        attempts=tuple(
            Attempt(
                datetime.fromisoformat(each["at"]),
                each["status"],
                None if each["reason"] is None else TargetTrouble(each["reason"]),
            )
            for each in delivery.attempts
        ),
        created_at=delivery.created_at,
        next_try_at=delivery.next_try_at,
    )
