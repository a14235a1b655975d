"""Proof that a contribution was paid."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict
from uuid import UUID

from models.invoice import Invoice, InvoiceStatus
from models.payment import Payment
from models.pricing import PricedMonth
from models.receipt import Receipt, select_receipt
from models.values.nik import Nik
from models.values.rupiah import Rupiah
from models.worker import Worker
from services.callers import SignedIn
from services.errors import InvoiceNotFound, InvoiceNotPaid
from services.person_on_record import NIK_PLACE
from services.ports import Ports

_NOTHING = Rupiah(0)


def show(ports: Ports, caller: SignedIn, invoice_id: UUID) -> Receipt:
    """The receipt of a paid invoice, or of one whose money became credit.

    :raises InvoiceNotFound: the worker has none under this id.
    :raises InvoiceNotPaid: there is no receipt before it is paid.
    """
    with ports.transactions.reading() as session:
        found = session.execute(select_receipt(invoice_id, worker_id=caller.worker_id)).first()
    if found is None:
        raise InvoiceNotFound
    invoice, worker, payment = found
    if invoice.status is InvoiceStatus.PAID and invoice.closed_at is not None:
        return _receipt(
            ports, invoice, worker, payment, _settled(ports, invoice, invoice.closed_at)
        )
    if payment is not None:
        return _receipt(ports, invoice, worker, payment, _credited(invoice, payment))
    raise InvoiceNotPaid


class _Outcome(TypedDict):
    """What the money was for."""

    months: tuple[PricedMonth, ...]
    total: Rupiah
    credit_used: Rupiah
    credited: Rupiah
    paid_at: datetime
    protected_until: date | None


def _settled(ports: Ports, invoice: Invoice, paid_at: datetime) -> _Outcome:
    book = ports.books.version(invoice.rates_version)
    return _Outcome(
        months=tuple(line.priced_by(book) for line in invoice.months),
        total=invoice.total,
        credit_used=invoice.credit_used,
        credited=_NOTHING,
        paid_at=paid_at,
        protected_until=invoice.protects_until(paid_at),
    )


def _credited(invoice: Invoice, payment: Payment) -> _Outcome:
    return _Outcome(
        months=(),
        total=_NOTHING,
        credit_used=_NOTHING,
        credited=payment.amount,
        paid_at=max(invoice.created_at, min(payment.transacted_at, payment.received_at)),
        protected_until=None,
    )


def _receipt(
    ports: Ports, invoice: Invoice, worker: Worker, payment: Payment | None, outcome: _Outcome
) -> Receipt:
    return Receipt(
        invoice_id=invoice.id,
        full_name=worker.full_name,
        nik_masked=Nik(ports.vault.open(NIK_PLACE, worker.id, worker.nik_sealed)).masked,
        member_number=worker.member_number,
        registration_number=worker.registration_number,
        amount=invoice.amount,
        virtual_account_no=invoice.virtual_account_no,
        bank_reference=payment.reference_no if payment else None,
        **outcome,
    )
