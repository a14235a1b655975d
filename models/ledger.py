"""Whether the money of every worker adds up, read from all the tables that speak of it."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias
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
from models.payment import LedgerPosting, Payment
from models.refund import RefundCase
from models.values.rupiah import Rupiah

Amount: TypeAlias = InstrumentedAttribute[Rupiah] | ColumnElement[Rupiah]

_SUMS = ("paid", "received", "settled", "credit", "refund", "contributed", "taken_back", "owed")
_NOTHING = literal(Rupiah(0), RupiahColumn)


class Balance(NamedTuple):
    """A worker's money.

    ``paid`` is what the banks told us; ``received``, ``settled``, ``credit`` and ``refund`` what was
    posted; ``contributed`` what the paid months cost that stand, ``taken_back`` those that do not,
    and ``owed`` what the refund cases amount to.
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


def select_unbalanced() -> Select[
    UUID, Rupiah, Rupiah, Rupiah, Rupiah, Rupiah, Rupiah, Rupiah, Rupiah
]:
    """A ``Balance`` for every worker for whom it does not hold that

    - what the banks told us is what was posted as received,
    - what was received is settled months, credit and refunds, and the credit is not negative,
    - what was settled is what the paid months cost that stand,
    - what was refunded is what the months cost that were taken back, and what the cases say.
    """
    columns = _movements_of_all().c
    paid, received, settled, credit, refund, contributed, taken_back, owed = (
        _sum(columns[name]) for name in _SUMS
    )
    balances = and_(
        paid == received,
        received == settled + credit + refund,
        settled == contributed,
        refund == taken_back,
        refund == owed,
        credit >= Rupiah(0),
    )
    sums = (paid, received, settled, credit, refund, contributed, taken_back, owed)
    return select(columns.worker_id, *sums).group_by(columns.worker_id).having(not_(balances))


def _movements_of_all() -> Subquery:
    stands = Contribution.refund_case_id.is_(None)
    return union_all(
        _movements(Payment.worker_id, paid=Payment.amount),
        _movements(
            LedgerPosting.worker_id,
            received=LedgerPosting.received,
            settled=LedgerPosting.settled,
            credit=LedgerPosting.credit,
            refund=LedgerPosting.refund,
        ),
        _movements(
            Contribution.worker_id,
            contributed=case((stands, Contribution.amount), else_=_NOTHING),
            taken_back=case((stands, _NOTHING), else_=Contribution.amount),
        ),
        _movements(RefundCase.worker_id, owed=RefundCase.amount),
    ).subquery()


def _movements(
    worker_id: InstrumentedAttribute[UUID], **amounts: Amount
) -> Select[*tuple[UUID | Rupiah, ...]]:
    """One table in the columns that all have in common."""
    columns = [amounts.get(name, _NOTHING).label(name) for name in _SUMS]
    return select(worker_id.label("worker_id"), *columns)


def _sum(column: ColumnElement[Rupiah]) -> ColumnElement[Rupiah]:
    return func.sum(column, type_=RupiahColumn)
