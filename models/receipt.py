"""What a receipt is made of."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from models.invoice import Invoice
from models.payment import Payment
from models.worker import Worker


def select_receipt(invoice_id: UUID, *, worker_id: UUID) -> Select[Invoice, Worker, Payment]:
    """A worker's invoice, the worker, and the payment; none where credit paid for everything."""
    return (
        select(Invoice, Worker, Payment)
        .join(Worker, Worker.id == Invoice.worker_id)
        .outerjoin(Payment, Payment.invoice_id == Invoice.id)
        .where(Invoice.id == invoice_id, Invoice.worker_id == worker_id)
        .options(selectinload(Invoice.months))
    )
