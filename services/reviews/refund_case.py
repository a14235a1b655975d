"""What is to be paid back, and that it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.contribution import select_months_of_case
from models.payment import select_credit
from models.refund import RefundCase
from models.values.month import Month
from models.values.rupiah import Rupiah


@dataclass(frozen=True, kw_only=True)
class Refund:
    """:param credit: what the worker has paid and not used besides; it stays credit."""

    amount: Rupiah
    credit: Rupiah
    months: Sequence[Month]
    opened_at: datetime


def refund_of(session: Session, case_id: UUID) -> Refund:
    case = session.get_one(RefundCase, case_id)
    return Refund(
        amount=case.amount,
        credit=session.scalars(select_credit(case.worker_id)).one(),
        months=session.scalars(select_months_of_case(case_id)).all(),
        opened_at=case.opened_at,
    )


def pay_back(session: Session, case_id: UUID, bank_reference: str, now: datetime) -> None:
    """Close a case whose money is on its way back.

    :param bank_reference: by which the bank knows the transfer.
    """
    case = session.get_one(RefundCase, case_id)
    case.closed_at, case.bank_reference = now, bank_reference
