"""A worker looks at bills, and calls them off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from models.invoice import Invoice, InvoiceStatus, select_invoice, select_invoices
from models.pricing import PricedMonth
from models.rates import RateBooks
from models.values.page import Page, PageRequest
from models.values.rupiah import Rupiah
from services.callers import SignedIn
from services.errors import InvoiceNotFound, InvoiceNotOpen
from services.held import held
from services.ports import Ports


@dataclass(frozen=True, kw_only=True)
class Bill:
    """An invoice as its worker sees it at some instant.

    :param protected_until: the last day that it protects, or would if it were paid now.
    :param expires_in: seconds, 0 when it cannot be paid.
    """

    id: UUID
    virtual_account_no: str
    status: InvoiceStatus
    months: tuple[PricedMonth, ...]
    amount: Rupiah
    credit_used: Rupiah
    rates_version: str
    created_at: datetime
    protected_until: date | None
    expires_at: datetime
    expires_in: int


def listed(ports: Ports, caller: SignedIn, page: PageRequest) -> Page[Bill]:
    """A worker's bills, newest first."""
    now = ports.clock.now()
    statement = select_invoices(caller.worker_id, after=page.after, limit=page.to_read)
    with ports.transactions.reading() as session:
        invoices = session.scalars(statement).all()
    bills = [bill(ports.books, invoice, now) for invoice in invoices]
    return Page.of(bills, page, lambda last: (last.created_at, last.id))


def show(ports: Ports, caller: SignedIn, invoice_id: UUID) -> Bill:
    """:raises InvoiceNotFound: the worker has none under this id."""
    with ports.transactions.reading() as session:
        invoice = session.scalar(select_invoice(invoice_id, worker_id=caller.worker_id))
    if invoice is None:
        raise InvoiceNotFound
    return bill(ports.books, invoice, ports.clock.now())


def cancel(ports: Ports, caller: SignedIn, invoice_id: UUID) -> Bill:
    """Call a bill off: from now on the bank refuses it.

    :raises InvoiceNotFound: the worker has none under this id.
    :raises InvoiceNotOpen: it was paid, called off or superseded, or has expired.
    """
    with ports.transactions.begin() as session:
        # A payment that is being booked holds the worker: whoever comes first, counts.
        held(session, caller)
        now = ports.clock.now()
        invoice = session.scalar(select_invoice(invoice_id, worker_id=caller.worker_id))
        if invoice is None:
            raise InvoiceNotFound
        if invoice.status_at(now) is not InvoiceStatus.OPEN:
            raise InvoiceNotOpen
        invoice.status = InvoiceStatus.CANCELLED
        invoice.closed_at = now
    return bill(ports.books, invoice, now)


def bill(books: RateBooks, invoice: Invoice, now: datetime) -> Bill:
    book = books.version(invoice.rates_version)
    status = invoice.status_at(now)
    left = invoice.expires_at - now if status is InvoiceStatus.OPEN else None
    return Bill(
        id=invoice.id,
        virtual_account_no=invoice.virtual_account_no,
        status=status,
        months=tuple(line.priced_by(book) for line in invoice.months),
        amount=invoice.amount,
        credit_used=invoice.credit_used,
        rates_version=invoice.rates_version,
        created_at=invoice.created_at,
        protected_until=invoice.protects_until(now),
        expires_at=invoice.expires_at,
        expires_in=int(left.total_seconds()) if left else 0,
    )
