"""A life of many years, written down at once: what it tells of, not how it came about, matters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from models.base import Model
from models.coverage_event import CoverageEvent
from models.coverage_turns import CoverageEventName
from models.invoice import Invoice, InvoiceMonth, InvoiceStatus
from models.message import Message, MessageKind
from models.payment import LedgerPosting, Payment
from models.pricing import Terms, price
from models.sign_in import SignIn
from models.values.channel import Channel, DeliveryState
from models.values.ids import new_id
from models.values.month import Month
from models.values.payer import PayerKind
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.sector import Sector
from services.ports import Ports

TOLD_OF_A_MONTH = 9
_TERMS = Terms(plan=Plan.BASIC, monthly_income=Rupiah(0), sector=Sector.OTHER)

Row = dict[str, Any]


def live_long(ports: Ports, worker_id: UUID, first: Month, months: int) -> None:
    """Everything of a quarter happens at its first instant, so that instants tell nothing apart."""
    rows: dict[type[Model], list[Row]] = {}
    for count in range(months):
        at = (first + count // 3 * 3).starts_at
        for model, row in _month(ports, worker_id, first + count, at):
            rows.setdefault(model, []).append(row)
    with ports.transactions.begin() as session:
        for model, each in rows.items():
            session.execute(insert(model), each)


def _month(
    ports: Ports, worker_id: UUID, month: Month, at: datetime
) -> Iterator[tuple[type[Model], Row]]:
    line = InvoiceMonth.of(price(ports.books.current, _TERMS, month, PayerKind.SELF))
    yield from _paid(worker_id, line, at)
    yield from _told_of(worker_id, month, at)
    yield SignIn, {"worker_id": worker_id, "started_at": at, "rotated_at": at, "ended_at": at}


def _paid(worker_id: UUID, line: InvoiceMonth, at: datetime) -> Iterator[tuple[type[Model], Row]]:
    invoice_id, payment_id = new_id(), new_id()
    whose = {"worker_id": worker_id, "invoice_id": invoice_id}
    invoice = {
        "id": invoice_id,
        "worker_id": worker_id,
        "virtual_account_no": str(invoice_id),
        "status": InvoiceStatus.PAID,
        "rates_version": "2025-12",
        "amount": line.amount,
        "credit_used": Rupiah(0),
        "created_at": at,
        "expires_at": at + timedelta(days=1),
        "closed_at": at,
    }
    payment = {
        "id": payment_id,
        "bank": "test-bank",
        "payment_request_id": str(payment_id),
        "reference_no": "2026112200001234",
        "amount": line.amount,
        "transacted_at": at,
        "received_at": at,
    }
    posting = {
        "payment_id": payment_id,
        "posted_at": at,
        "received": line.amount,
        "settled": line.amount,
        "credit": Rupiah(0),
    }
    yield Invoice, invoice
    yield InvoiceMonth, {"invoice_id": invoice_id, "month": line.month, **line.pricing}
    yield Payment, whose | payment
    yield LedgerPosting, whose | posting


def _told_of(worker_id: UUID, month: Month, at: datetime) -> Iterator[tuple[type[Model], Row]]:
    """Messages, and that cover ended and began again: of a quarter's months all at once, as where
    a bank tells late."""
    for state in (DeliveryState.FAILED, DeliveryState.DELIVERED):
        message = {
            "worker_id": worker_id,
            "kind": MessageKind.PHONE_CHANGED,
            "channel": Channel.SMS,
            "state": state,
            "queued_at": at,
        }
        yield Message, message
    for event in (CoverageEventName.GRACE, CoverageEventName.RESTORED):
        turn = {
            "worker_id": worker_id,
            "event": event,
            "month": month,
            "happened_at": at,
            "recorded_at": at,
        }
        yield CoverageEvent, turn
