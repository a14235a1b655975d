"""Money that is to be given back: months that were paid for and will not begin."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.values.ids import new_id
from models.values.rupiah import Rupiah
from models.worker import Worker


class RefundCase(Model):
    """What staff are to pay back to a worker whose identity was refused. Its months are the
    contributions that name it; what it amounts to never changes."""

    __tablename__ = "refund_case"
    __table_args__ = (
        Index("ix_refund_case_worker_id", "worker_id", "opened_at"),
        Index("ix_refund_case_open", "opened_at", postgresql_where="closed_at is null"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("closed_at >= opened_at", name="closed_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    worker_id: Mapped[UUID] = mapped_column(ForeignKey(Worker.id))
    opened_at: Mapped[datetime]
    amount: Mapped[Rupiah]
    closed_at: Mapped[datetime | None]
    """When the money was on its way back; until then the case is open."""
    bank_reference: Mapped[str | None]
    """By which the bank knows the transfer."""


def select_open_refund_case(worker_id: UUID) -> Select[UUID]:
    """Whether a worker is still owed money."""
    return (
        select(RefundCase.id)
        .where(RefundCase.worker_id == worker_id, RefundCase.closed_at.is_(None))
        .limit(1)
    )


def select_refund_cases(worker_id: UUID) -> Select[RefundCase]:
    """A worker's, oldest first, closed or not."""
    return (
        select(RefundCase)
        .where(RefundCase.worker_id == worker_id)
        .order_by(RefundCase.opened_at, RefundCase.id)
    )
