"""What a webhook is told of an event: ids, counts, and the partner's own name for a driver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson

from models.enrolment_batch import BatchStatus
from models.partner_event import PartnerEventName


@dataclass(frozen=True)
class BatchCounts:
    """A batch that has come to its end."""

    partner_id: UUID
    status: BatchStatus
    dry_run: bool
    accepted: int
    unchanged: int
    rejected: int
    not_processed: int

    @property
    def rows(self) -> int:
        return self.accepted + self.unchanged + self.rejected + self.not_processed


def written(event: str, happened_at: datetime, data: Mapping[str, Any]) -> str:
    """The text that is signed and sent, at every try the same."""
    instant = happened_at.astimezone(UTC).isoformat(timespec="milliseconds")
    told = {"type": event, "timestamp": instant.replace("+00:00", "Z"), "data": data}
    return orjson.dumps(told).decode()


def about_driver(enrolment_id: UUID, external_id: str) -> dict[str, Any]:
    return {"worker_id": enrolment_id, "external_id": external_id}


def about_batch(batch_id: UUID, batch: BatchCounts) -> dict[str, Any]:
    return {
        "batch_id": batch_id,
        "status": batch.status,
        "dry_run": batch.dry_run,
        "rows": batch.rows,
        "accepted": batch.accepted,
        "unchanged": batch.unchanged,
        "rejected": batch.rejected,
        "not_processed": batch.not_processed,
    }


def about_invoice(invoice_id: UUID) -> dict[str, Any]:
    return {"invoice_id": invoice_id}


@dataclass(frozen=True)
class Happened:
    """A partner event as it is read to be told of.

    :param external_id: of the driver that it is about; None: it is about none of the partner's.
        So is ``invoice_id`` of an invoice.
    :param is_shared: the worker has not ended or taken back meanwhile what lets the partner know.
    """

    id: UUID
    partner_id: UUID
    event: PartnerEventName
    about: UUID
    happened_at: datetime
    external_id: str | None
    invoice_id: UUID | None
    is_shared: bool

    def payload(self, batches: Mapping[UUID, BatchCounts]) -> str | None:
        """None: it is about nothing that is the partner's."""
        data = self._data(batches)
        return None if data is None else written(self.event, self.happened_at, data)

    def _data(self, batches: Mapping[UUID, BatchCounts]) -> dict[str, Any] | None:
        if self.event is PartnerEventName.INVOICE_PAID:
            return None if self.invoice_id is None else about_invoice(self.invoice_id)
        if self.event is PartnerEventName.BATCH_COMPLETED:
            batch = batches.get(self.about)
            is_own = batch is not None and batch.partner_id == self.partner_id
            return about_batch(self.about, batch) if is_own and batch else None
        if self.external_id is None:
            return None
        return about_driver(self.about, self.external_id)
