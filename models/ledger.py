"""Whether the money of every worker adds up, read from all the tables that speak of it.

``models/partner_ledger`` asks the same of partners."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    not_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from models.columns import RupiahColumn
from models.contribution import Contribution
from models.partner_posting import PartnerPosting
from models.payment import LedgerPosting, Payment
from models.refund import RefundCase
from models.values.rupiah import Rupiah

Amount: TypeAlias = InstrumentedAttribute[Rupiah] | ColumnElement[Rupiah]

_SUMS = (
    "paid",
    "received",
    "settled",
    "credit",
    "refund",
    "contributed",
    "taken_back",
    "owed",
    "by_partners",
    "contributed_by_partners",
)
_NOTHING = literal(Rupiah(0), RupiahColumn)


class Balance(NamedTuple):
    """A worker's money.

    ``paid`` is what the banks told us; ``received``, ``settled``, ``credit`` and ``refund`` what was
    posted; ``contributed`` what the paid months cost that stand, ``taken_back`` those that do not,
    and ``owed`` what the refund cases amount to. ``by_partners`` is what partners' postings settled
    for the worker, ``contributed_by_partners`` what the months cost that stand by it: neither is in
    any of the others.
    """

    worker_id: UUID
    paid: Rupiah
    received: Rupiah
    settled: Rupiah
    credit: Rupiah
    refund: Rupiah
    contributed: Rupiah
    taken_back: Rupiah
    owed: Rupiah
    by_partners: Rupiah
    contributed_by_partners: Rupiah


def select_unbalanced() -> Select[*tuple[Any, ...]]:
    """A ``Balance`` for every worker for whom it does not hold that

    - what the banks told us is what was posted as received,
    - what was received is settled months, credit and refunds, and the credit is not negative,
    - what was settled is what the paid months cost that stand,
    - what was refunded is what the months cost that were taken back, and what the cases say,
    - what partners settled is what the months cost that stand by it.
    """
    columns = _movements_of_all().c
    sums = [_sum(columns[name]) for name in _SUMS]
    paid, received, settled, credit, refund, contributed, taken_back, owed, *partners = sums
    by_partners, contributed_by_partners = partners
    balances = and_(
        paid == received,
        received == settled + credit + refund,
        settled == contributed,
        refund == taken_back,
        refund == owed,
        credit >= Rupiah(0),
        by_partners == contributed_by_partners,
    )
    return select(columns.worker_id, *sums).group_by(columns.worker_id).having(not_(balances))


def _movements_of_all() -> Subquery:
    own = Contribution.invoice_id.is_not(None)
    stands = Contribution.refunded_at.is_(None)
    return union_all(
        _movements(Payment.worker_id, paid=Payment.amount).where(Payment.worker_id.is_not(None)),
        _movements(
            LedgerPosting.worker_id,
            received=LedgerPosting.received,
            settled=LedgerPosting.settled,
            credit=LedgerPosting.credit,
            refund=LedgerPosting.refund,
        ),
        _movements(
            Contribution.worker_id,
            contributed=case((and_(own, stands), Contribution.amount), else_=_NOTHING),
            taken_back=case((and_(own, not_(stands)), Contribution.amount), else_=_NOTHING),
            contributed_by_partners=case(
                (and_(not_(own), stands), Contribution.amount), else_=_NOTHING
            ),
        ),
        _movements(PartnerPosting.worker_id, by_partners=PartnerPosting.settled).where(
            PartnerPosting.worker_id.is_not(None)
        ),
        _movements(RefundCase.worker_id, owed=RefundCase.amount),
    ).subquery()


def _movements(
    worker_id: InstrumentedAttribute[UUID] | InstrumentedAttribute[UUID | None], **amounts: Amount
) -> Select[*tuple[UUID | Rupiah, ...]]:
    """One table in the columns that all have in common."""
    columns = [amounts.get(name, _NOTHING).label(name) for name in _SUMS]
    return select(worker_id.label("worker_id"), *columns)


def _sum(column: ColumnElement[Rupiah]) -> ColumnElement[Rupiah]:
    return func.sum(column, type_=RupiahColumn)
