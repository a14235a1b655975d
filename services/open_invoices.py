"""A worker has one open invoice at a time, or none."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.invoice import Invoice, InvoiceStatus, select_open_invoice
from services.errors import InvoiceOpen


def leave_none_open(session: Session, worker_id: UUID, now: datetime) -> None:
    """See to it that the worker has no open invoice. The worker's row must be held.

    One that the clock has run out on is stored as expired.

    :raises InvoiceOpen: one can still be paid.
    """
    invoice = session.scalar(select_open_invoice(worker_id))
    if invoice is None:
        return
    if invoice.status_at(now) is InvoiceStatus.OPEN:
        raise InvoiceOpen(invoice_id=invoice.id)
    _expire(invoice)
    # Now, not at the end: the index lets no second one in before.
    session.flush()


def call_off(session: Session, worker_id: UUID, now: datetime) -> None:
    """Cancel the worker's open invoice, if there is one. The worker's row must be held.

    One that the clock has run out on is stored as expired: what was paid for it in time, and is
    told late, is still taken.
    """
    invoice = session.scalar(select_open_invoice(worker_id))
    if invoice is None:
        return
    if invoice.status_at(now) is InvoiceStatus.OPEN:
        invoice.status = InvoiceStatus.CANCELLED
        invoice.closed_at = now
    else:
        _expire(invoice)


def _expire(invoice: Invoice) -> None:
    invoice.status = InvoiceStatus.EXPIRED
    invoice.closed_at = invoice.expires_at
