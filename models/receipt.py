"""Proof that a contribution was paid, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from models.invoice import Invoice
from models.payment import Payment
from models.pricing import PricedMonth
from models.values.rupiah import Rupiah
from models.worker import Worker


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """:param months: what was paid for; none where the money became credit.
    :param credited: what became the worker's credit, because the months had been settled meanwhile.
    :param bank_reference: the bank's own number; none where credit paid for everything.
    :param paid_at: the instant from which the months protect: when the bank says that it took the
        money, if that is not before the invoice or yet to come.
    """

    invoice_id: UUID
    full_name: str
    nik_masked: str
    member_number: str | None
    registration_number: str
    months: tuple[PricedMonth, ...]
    total: Rupiah
    credit_used: Rupiah
    amount: Rupiah
    credited: Rupiah
    virtual_account_no: str
    bank_reference: str | None
    paid_at: datetime
    protected_until: date | None


def select_receipt(invoice_id: UUID, *, worker_id: UUID) -> Select[Invoice, Worker, Payment]:
    """A worker's invoice, the worker, and the payment; none where credit paid for everything."""
    return (
        select(Invoice, Worker, Payment)
        .join(Worker, Worker.id == Invoice.worker_id)
        .outerjoin(Payment, Payment.invoice_id == Invoice.id)
        .where(Invoice.id == invoice_id, Invoice.worker_id == worker_id)
        .options(selectinload(Invoice.months))
    )
