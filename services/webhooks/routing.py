"""Events become deliveries to the webhooks that want them, and somebody is called to deliver.

Run by the worker, every second. An event is written where it happens, by whatever happens to a
hundred thousand drivers at once; what follows from it is written here, many in one statement.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from models.partner_event import PartnerEventName
from models.values.ids import new_id
from models.webhook import call_for_due, select_webhooks_of
from models.webhook_delivery import DeliveryProgress
from models.webhook_routing import (
    insert_deliveries,
    mark_routed,
    select_batch_counts,
    select_unrouted,
)
from services.jobs import DeliverWebhook
from services.links.documents import required
from services.ports import Ports
from services.webhooks.payloads import BatchCounts, Happened

# Events in one transaction, and transactions before somebody is called to deliver.
BATCH, BATCHES = 2_000, 5

Wanted = Mapping[UUID, Sequence[tuple[UUID, frozenset[str]]]]
"""By partner: its webhooks, and which events each of them wants."""

log = logging.getLogger(__name__)


def route(ports: Ports, size: int = BATCH) -> None:
    """Hand on some thousand events, and have what is due delivered.

    Of a hundred thousand the first are on their way before the last are handed on.
    """
    for _ in range(BATCHES):
        if not _route_some(ports, size):
            break
    _call(ports)


def _route_some(ports: Ports, size: int) -> bool:
    """Whether there may be more."""
    with ports.transactions.begin() as session:
        now = ports.clock.now()
        unrouted = select_unrouted(size, required(ports))
        events = [Happened(*row) for row in session.execute(unrouted)]
        if not events:
            return False
        wanted = _wanted(session, {event.partner_id for event in events})
        deliveries = list(_deliveries(session, events, wanted, now))
        if deliveries:
            session.execute(insert_deliveries(), deliveries)
        session.execute(mark_routed([event.id for event in events], now))
    return len(events) == size


def _call(ports: Ports) -> None:
    with ports.transactions.begin() as session:
        due = session.scalars(call_for_due(ports.clock.now())).all()
        ports.jobs.defer_all(session, [DeliverWebhook(webhook_id) for webhook_id in due])


def _wanted(session: Session, partner_ids: set[UUID]) -> Wanted:
    wanted = defaultdict(list)
    for webhook_id, partner_id, events in session.execute(select_webhooks_of(partner_ids)):
        wanted[partner_id].append((webhook_id, frozenset(events)))
    return wanted


def _deliveries(
    session: Session, events: Sequence[Happened], wanted: Wanted, now: datetime
) -> Iterator[dict[str, Any]]:
    batches = _batches(session, events)
    for event in events:
        if not event.is_shared:
            continue
        webhooks = [
            each for each, names in wanted.get(event.partner_id, ()) if event.event in names
        ]
        payload = event.payload(batches) if webhooks else None
        if payload is not None:
            yield from (_delivery(each, event, payload, now) for each in webhooks)
        elif webhooks:
            log.error("an event is about nothing of its partner's", extra={"event": str(event.id)})


def _batches(session: Session, events: Iterable[Happened]) -> Mapping[UUID, BatchCounts]:
    completed = PartnerEventName.BATCH_COMPLETED
    ids = {event.about for event in events if event.event is completed}
    if not ids:
        return {}
    found = session.execute(select_batch_counts(ids))
    return {row[0]: BatchCounts(*row[1:]) for row in found}


def _delivery(webhook_id: UUID, event: Happened, payload: str, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "webhook_id": webhook_id,
        "event": event.event.value,
        "event_id": event.id,
        "payload": payload,
        "state": DeliveryProgress.QUEUED,
        "tries": 0,
        "attempts": [],
        "created_at": now,
        "next_try_at": now,
    }
