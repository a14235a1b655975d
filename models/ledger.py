"""Whether the money of every worker adds up, read from all the tables that speak of it."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
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
from models.values.rupiah import Rupiah

_SUMS = ("paid", "received", "settled", "credit", "contributed")


class Balance(NamedTuple):
    """A worker's money.

    ``paid`` is what the banks told us, ``received``, ``settled`` and ``credit`` what was posted,
    ``contributed`` what the paid months cost.
    """

    worker_id: UUID
    paid: Rupiah
    received: Rupiah
    settled: Rupiah
    credit: Rupiah
    contributed: Rupiah


def select_unbalanced() -> Select[UUID, Rupiah, Rupiah, Rupiah, Rupiah, Rupiah]:
    """A ``Balance`` for every worker for whom it does not hold that

    - what the banks told us is what was posted as received,
    - what was received is settled months and credit, and the credit is not negative,
    - what was settled is what the paid months cost.
    """
    movements = union_all(
        _movements(Payment.worker_id, paid=Payment.amount),
        _movements(
            LedgerPosting.worker_id,
            received=LedgerPosting.received,
            settled=LedgerPosting.settled,
            credit=LedgerPosting.credit,
        ),
        _movements(Contribution.worker_id, contributed=Contribution.amount),
    ).subquery()
    columns = movements.c
    paid, received, settled, credit, contributed = (_sum(columns[name]) for name in _SUMS)
    balances = and_(
        paid == received,
        received == settled + credit,
        settled == contributed,
        credit >= Rupiah(0),
    )
    return (
        select(columns.worker_id, paid, received, settled, credit, contributed)
        .group_by(columns.worker_id)
        .having(not_(balances))
    )


def _movements(
    worker_id: InstrumentedAttribute[UUID], **amounts: InstrumentedAttribute[Rupiah]
) -> Select[*tuple[UUID | Rupiah, ...]]:
    """One table in the columns that all have in common."""
    nothing = literal(Rupiah(0), RupiahColumn)
    columns = [amounts.get(name, nothing).label(name) for name in _SUMS]
    return select(worker_id.label("worker_id"), *columns)


def _sum(column: ColumnElement[Rupiah]) -> ColumnElement[Rupiah]:
    return func.sum(column, type_=RupiahColumn)
