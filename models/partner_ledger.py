"""Whether the money of every partner adds up, read from all the tables that speak of it."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, Subquery, and_, func, literal, not_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from models.columns import RupiahColumn
from models.contribution import Contribution
from models.invoice import InvoiceStatus
from models.ledger import Amount
from models.partner_invoice import PartnerInvoice
from models.partner_invoice_line import LineStatus, PartnerInvoiceLine
from models.partner_posting import PartnerPosting
from models.payment import Payment
from models.values.rupiah import Rupiah

_SUMS = ("paid", "received", "settled", "credit", "held", "contributed", "posted", "waiting")
_NOTHING = literal(Rupiah(0), RupiahColumn)


class PartnerBalance(NamedTuple):
    """A partner's money.

    ``paid`` is what the banks told us; ``received``, ``settled``, ``credit`` and ``held`` what was
    posted; ``contributed`` what the drivers' months cost that stand, ``posted`` what the lines say
    that are paid, and ``waiting`` those that are still to be posted, of invoices whose money is here.
    """

    partner_id: UUID
    paid: Rupiah
    received: Rupiah
    settled: Rupiah
    credit: Rupiah
    held: Rupiah
    contributed: Rupiah
    posted: Rupiah
    waiting: Rupiah


def select_unbalanced_partners() -> Select[*tuple[Any, ...]]:
    """A ``PartnerBalance`` for every partner for whom it does not hold that

    - what the banks told us is what was posted as received,
    - what was received is settled months, credit and what is held; the credit is not negative,
    - what was settled is what the months cost that stand, and what the lines say that are paid,
    - what is held is what the lines cost that wait to be posted.
    """
    columns = _movements_of_all().c
    sums = [func.sum(columns[name], type_=RupiahColumn) for name in _SUMS]
    paid, received, settled, credit, held, contributed, posted, waiting = sums
    balances = and_(
        paid == received,
        received == settled + credit + held,
        settled == contributed,
        settled == posted,
        held == waiting,
        credit >= Rupiah(0),
    )
    return select(columns.partner_id, *sums).group_by(columns.partner_id).having(not_(balances))


def _movements_of_all() -> Subquery:
    posting, line = PartnerPosting, PartnerInvoiceLine
    stands = Contribution.refunded_at.is_(None)
    waits = and_(PartnerInvoice.status == InvoiceStatus.PAID, line.status == LineStatus.WAITING)
    postings = _movements(
        posting.partner_id,
        received=posting.received,
        settled=posting.settled,
        credit=posting.credit,
        held=posting.held,
    )
    of = PartnerInvoice.partner_id
    is_of = PartnerInvoice.id
    return union_all(
        postings,
        _movements(of, paid=Payment.amount).where(Payment.partner_invoice_id == is_of),
        _movements(of, contributed=Contribution.amount).where(
            Contribution.partner_invoice_id == is_of, stands
        ),
        _movements(of, posted=line.amount).where(
            line.partner_invoice_id == is_of, line.status == LineStatus.PAID
        ),
        _movements(of, waiting=line.amount).where(line.partner_invoice_id == is_of, waits),
    ).subquery()


def _movements(
    partner_id: InstrumentedAttribute[UUID], **amounts: Amount
) -> Select[*tuple[Any, ...]]:
    """One table in the columns that all have in common."""
    columns = [amounts.get(name, _NOTHING).label(name) for name in _SUMS]
    return select(partner_id.label("partner_id"), *columns)
