"""A worker that delivers, and what came of it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from models.webhook import Webhook
from models.webhook_delivery import WebhookDelivery
from services.webhooks import registering
from services.webhooks.routing import route
from tests.fakes import NOON
from tests.partners import calling

MOVED_TO = "https://baru.ojek.example/jaring"
LONG_AFTER = NOON + timedelta(days=30)


def work(ports):
    """What the worker does in a second."""
    route(ports)
    ports.jobs.work(ports)


def live(ports, clock, until):
    """A worker that runs on; the time between two tries is passed over."""
    while clock.time < until:
        work(ports)
        clock.time = max(clock.time + timedelta(seconds=1), min(next_look(ports), until))


def next_look(ports):
    """When something is due, and not paused."""
    waiting = select(WebhookDelivery.next_try_at, Webhook.paused_until).join(
        Webhook, Webhook.id == WebhookDelivery.webhook_id
    )
    with ports.transactions.reading() as session:
        rows = session.execute(waiting.where(WebhookDelivery.next_try_at.is_not(None))).all()
    return min((max(filter(None, row)) for row in rows), default=LONG_AFTER)


def change(ports, ojek, hook, status):
    registering.change(ports, calling(ojek), hook.id, {"status": status})


def move(ports, ojek, hook, url=MOVED_TO):
    registering.change(ports, calling(ojek), hook.id, {"url": url})


def ids_sent(targets):
    return [headers["webhook-id"] for _, _, headers in targets.sent]


def all_of(ports):
    with ports.transactions.reading() as session:
        return session.scalars(select(WebhookDelivery)).all()
