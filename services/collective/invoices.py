"""A partner looks at its collective invoices, and calls them off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.collective_order import FIRST_LEFT_OUT
from models.invoice import InvoiceStatus
from models.partner_invoice import (
    CollectiveStatus,
    PartnerInvoice,
    select_partner_invoice,
    select_partner_invoices,
    select_partner_to_pay,
)
from models.partner_invoice_line import Listed, select_left_out, select_lines
from models.partner_posting import select_credited, select_payments_for
from models.values.month import Month
from models.values.page import Page, PageRequest
from models.values.rupiah import Rupiah
from services.callers import PartnerCaller
from services.errors import InvoiceNotFound, InvoiceNotOpen
from services.ports import Ports


@dataclass(frozen=True, kw_only=True)
class Collective:
    """A collective invoice as its partner sees it at some instant.

    :param lines: how many there are. :param left_out_count: how many could not be paid for.
    :param more: whether there were more drivers than one invoice holds.
    :param credited: what of its money became the partner's credit.
    :param expires_in: seconds, 0 when it cannot be paid.
    :param paid_at: the instant from which its months protect.
    :param posted_at: when the last of its lines had been posted.
    """

    id: UUID
    virtual_account_no: str
    month: Month
    status: CollectiveStatus
    lines: int
    left_out_count: int
    more: bool
    amount: Rupiah
    credit_used: Rupiah
    credited: Rupiah
    rates_version: str
    bank_reference: str | None
    created_at: datetime
    expires_at: datetime
    expires_in: int
    paid_at: datetime | None
    posted_at: datetime | None


@dataclass(frozen=True)
class LeftOut:
    """Somebody who cannot be paid for now. Why is never told: it would tell of other people."""

    external_id: str
    code: str = "not-payable-now"


@dataclass(frozen=True, kw_only=True)
class CollectiveInvoice(Collective):
    """:param left_out: the first of those who could not be paid for."""

    left_out: tuple[LeftOut, ...]


def listed(ports: Ports, caller: PartnerCaller, page: PageRequest) -> Page[Collective]:
    """A partner's collective invoices, newest first."""
    now = ports.clock.now()
    statement = select_partner_invoices(caller.partner_id, after=page.after, limit=page.to_read)
    with ports.transactions.reading() as session:
        invoices = session.scalars(statement).all()
        money = _money(session, [each.id for each in invoices])
    shown = [_document(each, money, now) for each in invoices]
    return Page.of(shown, page, lambda last: (last.created_at, last.id))


def show(ports: Ports, caller: PartnerCaller, invoice_id: UUID) -> CollectiveInvoice:
    """:raises InvoiceNotFound: the partner has none under this id."""
    with ports.transactions.reading() as session:
        return shown(session, _find(session, caller, invoice_id), ports.clock.now())


def lines(ports: Ports, caller: PartnerCaller, invoice_id: UUID, page: PageRequest) -> Page[Listed]:
    """Whom an invoice pays for, in the order in which they were enrolled.

    :raises InvoiceNotFound: the partner has none under this id.
    """
    after = page.after[0] if page.after else None
    with ports.transactions.reading() as session:
        invoice = _find(session, caller, invoice_id)
        rows = session.execute(select_lines(invoice.id, after=after, limit=page.to_read))
        found = [Listed(*row) for row in rows]
    return Page.of(found, page, lambda last: (last.enrolment_id,))


def left_out(
    ports: Ports, caller: PartnerCaller, invoice_id: UUID, page: PageRequest
) -> Page[LeftOut]:
    """Whom an invoice leaves out, in the order in which they were asked for.

    :raises InvoiceNotFound: the partner has none under this id.
    """
    after = page.after[0] if page.after else None
    with ports.transactions.reading() as session:
        invoice = _find(session, caller, invoice_id)
        rows = session.execute(select_left_out(invoice.id, after=after, limit=page.to_read)).all()
    some = Page.of(rows, page, lambda last: (last[0],))
    return Page([LeftOut(external_id) for _, external_id in some.items], some.next_after)


def cancel(ports: Ports, caller: PartnerCaller, invoice_id: UUID) -> CollectiveInvoice:
    """Call an invoice off: from now on the bank refuses it.

    :raises InvoiceNotFound: the partner has none under this id.
    :raises InvoiceNotOpen: it was paid, called off or superseded, or has expired.
    """
    with ports.transactions.begin() as session:
        # A payment that is being taken holds the partner: whoever comes first, counts.
        session.execute(select_partner_to_pay(caller.partner_id))
        now = ports.clock.now()
        invoice = _find(session, caller, invoice_id)
        if invoice.status_at(now) is not InvoiceStatus.OPEN:
            raise InvoiceNotOpen
        invoice.status = InvoiceStatus.CANCELLED
        invoice.closed_at = now
        session.flush()
        return shown(session, invoice, now)


def shown(session: Session, invoice: PartnerInvoice, now: datetime) -> CollectiveInvoice:
    """The invoice as a document, with the first of those whom it leaves out."""
    first = session.execute(select_left_out(invoice.id, after=None, limit=FIRST_LEFT_OUT))
    return CollectiveInvoice(
        **vars(_document(invoice, _money(session, [invoice.id]), now)),
        left_out=tuple(LeftOut(external_id) for _, external_id in first),
    )


@dataclass(frozen=True)
class _Money:
    """By the invoices' ids."""

    credited: Mapping[UUID, Rupiah]
    references: Mapping[UUID | None, str | None]


def _money(session: Session, invoice_ids: Sequence[UUID]) -> _Money:
    credited = session.execute(select_credited(invoice_ids))
    references = session.execute(select_payments_for(invoice_ids))
    return _Money({row[0]: row[1] for row in credited}, {row[0]: row[1] for row in references})


def _document(invoice: PartnerInvoice, money: _Money, now: datetime) -> Collective:
    is_open = invoice.status_at(now) is InvoiceStatus.OPEN
    return Collective(
        id=invoice.id,
        virtual_account_no=invoice.virtual_account_no,
        month=invoice.month,
        status=invoice.shown_at(now),
        lines=invoice.lines,
        left_out_count=invoice.left_out,
        more=invoice.more,
        amount=invoice.amount,
        credit_used=invoice.credit_used,
        credited=money.credited.get(invoice.id, Rupiah(0)),
        rates_version=invoice.rates_version,
        bank_reference=money.references.get(invoice.id),
        created_at=invoice.created_at,
        expires_at=invoice.expires_at,
        expires_in=int((invoice.expires_at - now).total_seconds()) if is_open else 0,
        paid_at=invoice.closed_at if invoice.status is InvoiceStatus.PAID else None,
        posted_at=invoice.posted_at,
    )


def _find(session: Session, caller: PartnerCaller, invoice_id: UUID) -> PartnerInvoice:
    statement = select_partner_invoice(invoice_id, partner_id=caller.partner_id)
    invoice = session.scalar(statement)
    if invoice is None:
        raise InvoiceNotFound
    return invoice
