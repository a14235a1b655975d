"""A partner's money comes in: it is held for the lines of the invoice, which are posted afterwards."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models.bill import settled_instant
from models.invoice import InvoiceStatus
from models.partner_invoice import PartnerInvoice, select_open_on_credit
from models.partner_posting import PartnerPosting, select_partner_credit
from models.payment import Payment
from models.values.ids import new_id
from models.values.rupiah import Rupiah
from services.jobs import SettleCollectiveInvoice
from services.ports import Ports

_NOTHING = Rupiah(0)


def receive(ports: Ports, session: Session, invoice: PartnerInvoice, payment: Payment) -> None:
    """Keep money that a bank took for an invoice that could be paid when it was paid.

    Its lines are posted in the background (``settling``). If the invoice no longer stands, because
    the credit that it counted on was used meanwhile, it is superseded and all the money becomes
    credit: the bank has taken it already. Whether this has happened is for ``invoice.status`` to tell.

    :param session: holds the partner, then the invoice.
    :param payment: of exactly the invoice's amount; written here.
    """
    now = ports.clock.now()
    session.add(payment)
    session.flush()
    credit = session.scalars(select_partner_credit(invoice.partner_id)).one()
    if invoice.status is not InvoiceStatus.SUPERSEDED and invoice.credit_used <= credit:
        paid_at = settled_instant(invoice.created_at, payment.transacted_at, now)
        _hold(ports, session, invoice, payment, paid_at)
        _supersede_short_of_credit(session, invoice, credit - invoice.credit_used, now)
        return
    if invoice.status is not InvoiceStatus.SUPERSEDED:
        _close(invoice, InvoiceStatus.SUPERSEDED, now)
    session.add(_posting(invoice, payment, now, credit=payment.amount))


def pay_by_credit(ports: Ports, session: Session, invoice: PartnerInvoice) -> None:
    """Settle an invoice of nothing: the partner's credit pays for all its lines, from now on.

    :param session: holds the partner; the invoice has been flushed.
    """
    _hold(ports, session, invoice, None, ports.clock.now())


def _hold(
    ports: Ports,
    session: Session,
    invoice: PartnerInvoice,
    payment: Payment | None,
    paid_at: datetime,
) -> None:
    _close(invoice, InvoiceStatus.PAID, paid_at)
    moves = {"credit": -invoice.credit_used, "held": invoice.total}
    session.add(_posting(invoice, payment, ports.clock.now(), **moves))
    ports.jobs.defer(session, SettleCollectiveInvoice(invoice.id))


def _supersede_short_of_credit(
    session: Session, paid: PartnerInvoice, credit: Rupiah, now: datetime
) -> None:
    """Told of late, this one may have used what newer ones counted on: the older keep their part."""
    for invoice in session.scalars(select_open_on_credit(paid.partner_id, now)):
        if invoice.id == paid.id:
            continue
        if invoice.credit_used <= credit:
            credit -= invoice.credit_used
        else:
            _close(invoice, InvoiceStatus.SUPERSEDED, now)


def _posting(
    invoice: PartnerInvoice,
    payment: Payment | None,
    now: datetime,
    *,
    credit: Rupiah,
    held: Rupiah = _NOTHING,
) -> PartnerPosting:
    return PartnerPosting(
        id=new_id(),
        partner_id=invoice.partner_id,
        partner_invoice_id=invoice.id,
        payment_id=payment.id if payment else None,
        posted_at=now,
        received=payment.amount if payment else _NOTHING,
        settled=_NOTHING,
        credit=credit,
        held=held,
    )


def _close(invoice: PartnerInvoice, status: InvoiceStatus, at: datetime) -> None:
    invoice.status = status
    invoice.closed_at = at
