"""What is told of a partner event, and to which webhooks: of many events at a time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Delete, Select, Update, delete, false, func, or_, select, update
from sqlalchemy.dialects.postgresql import Insert, insert

from models.enrolment import Enrolment
from models.enrolment_batch import BatchChunk, BatchStatus, EnrolmentBatch
from models.partner_event import ABOUT_COVER, PartnerEvent, PartnerEventName
from models.partner_invoice import PartnerInvoice
from models.partner_links import shares_cover
from models.policy import Policy
from models.webhook_delivery import WebhookDelivery

EVENTS_KEPT = Policy(
    timedelta(days=90),
    since=date(2026, 11, 23),
    basis="A partner that asks why its figures differ from ours asks within a quarter.",
)


def select_unrouted(
    limit: int, documents: Collection[str]
) -> Select[UUID, UUID, PartnerEventName, UUID, datetime, str | None, UUID | None, bool]:
    """Events that no webhook was told of, taken: id, partner, event, what it is about, when it
    happened; where it is about a driver, the partner's own name for them; where it is about an
    invoice of the partner's, its id; and whether it is still the partner's to know.

    What another worker has taken is passed over.

    :param documents: those that are required of a worker.
    """
    event = PartnerEvent
    about_own = (Enrolment.id == event.about) & (Enrolment.partner_id == event.partner_id)
    own_invoice = (PartnerInvoice.id == event.about) & (
        PartnerInvoice.partner_id == event.partner_id
    )
    shared = shares_cover(Enrolment, documents, Enrolment.worker_id)
    return (
        select(
            event.id,
            event.partner_id,
            event.event,
            event.about,
            event.happened_at,
            Enrolment.external_id,
            PartnerInvoice.id,
            or_(event.event.not_in(ABOUT_COVER), func.coalesce(shared, false())),
        )
        .outerjoin(Enrolment, about_own)
        .outerjoin(PartnerInvoice, own_invoice)
        .where(event.routed_at.is_(None))
        .order_by(event.id)
        .limit(limit)
        .with_for_update(of=event, skip_locked=True)
    )


def select_batch_counts(
    batch_ids: Collection[UUID],
) -> Select[UUID, UUID, BatchStatus, bool, int, int, int, int]:
    """Id, partner, status, whether it was a dry run, and how many rows were accepted, unchanged,
    rejected and not processed."""
    batch = EnrolmentBatch
    return (
        select(
            batch.id,
            batch.partner_id,
            batch.status,
            batch.dry_run,
            func.coalesce(func.sum(BatchChunk.accepted), 0),
            func.coalesce(func.sum(BatchChunk.unchanged), 0),
            func.coalesce(func.sum(BatchChunk.rejected), 0),
            func.coalesce(func.sum(BatchChunk.not_processed), 0),
        )
        .outerjoin(BatchChunk, BatchChunk.batch_id == batch.id)
        .where(batch.id.in_(batch_ids))
        .group_by(batch.id)
    )


def mark_routed(event_ids: Collection[UUID], now: datetime) -> Update:
    return (
        update(PartnerEvent)
        .where(PartnerEvent.id.in_(event_ids))
        .values(routed_at=now)
        .execution_options(synchronize_session=False)
    )


def insert_deliveries() -> Insert:
    """For many rows at once."""
    return insert(WebhookDelivery)


def forget_partner_events(before: datetime) -> Delete:
    """Those that were recorded before, and handed on."""
    is_done = PartnerEvent.routed_at.is_not(None)
    return delete(PartnerEvent).where(PartnerEvent.recorded_at <= before, is_done)
