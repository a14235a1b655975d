"""Who has seen a worker's data. Other tables know of the registry and the banks; the rest is here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, select, tuple_
from sqlalchemy.dialects.postgresql import JSONB, Insert, insert
from sqlalchemy.orm import Mapped, aliased, mapped_column

from models.bank_call import BankCall, BankOutcome
from models.base import Model
from models.columns import word_of
from models.identity_check import IdentityCheck
from models.merged_list import MergedList, Source
from models.values.access import AccessReason, StaffRole, Viewer
from models.values.ids import new_id
from models.worker import Worker

_ROLES = ", ".join(f"'{role}'" for role in StaffRole)


class DataAccess(Model):
    """Rows are only added: they are the worker's evidence (UU 27/2022, article 32)."""

    __tablename__ = "data_access"
    __table_args__ = (
        Index("ix_data_access_worker_id", "worker_id", "at"),
        CheckConstraint(
            f"case viewer when 'staff' then coalesce(name, '') in ({_ROLES})"
            " when 'partner' then name is not null else name is null end",
            name="name",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    worker_id: Mapped[UUID] = mapped_column(ForeignKey(Worker.id))
    at: Mapped[datetime]
    viewer: Mapped[Viewer] = mapped_column(word_of(Viewer))
    name: Mapped[str | None]
    """Of staff the role, of a partner the name."""
    reason: Mapped[AccessReason] = mapped_column(word_of(AccessReason))
    seen: Mapped[list[str]] = mapped_column(JSONB)
    """Of ``Seen``."""


RECORDED = Source(
    kind="recorded",
    at=DataAccess.at,
    id=DataAccess.id,
    worker_id=DataAccess.worker_id,
    details={
        "viewer": DataAccess.viewer,
        "name": DataAccess.name,
        "reason": DataAccess.reason,
        "seen": DataAccess.seen,
    },
)
ASKED_REGISTRY = Source(
    kind="identity_check",
    at=IdentityCheck.answered_at,
    id=IdentityCheck.id,
    worker_id=IdentityCheck.worker_id,
)

# Those that were not told so were told nothing of the worker.
_SHOWN = [outcome for outcome in BankOutcome if outcome.money_is_ours]
_earlier = aliased(BankCall)
ASKED_BY_BANK = Source(
    kind="bank_call",
    at=BankCall.called_at,
    id=BankCall.id,
    worker_id=BankCall.worker_id,
    where=(
        BankCall.outcome.in_(_SHOWN),
        # A bank asks about a bill, tells us of the payment, and asks again: that is one look a day.
        ~select(_earlier.id)
        .where(
            _earlier.invoice_id == BankCall.invoice_id,
            _earlier.bank == BankCall.bank,
            _earlier.called_on == BankCall.called_on,
            _earlier.outcome.in_(_SHOWN),
            tuple_(_earlier.called_at, _earlier.id) < tuple_(BankCall.called_at, BankCall.id),
        )
        .exists(),
    ),
)

ACCESS_LOG = MergedList((RECORDED, ASKED_REGISTRY, ASKED_BY_BANK))


def select_recorded(ids: Iterable[UUID]) -> Select[UUID]:
    """Which of these are written down already."""
    return select(DataAccess.id).where(DataAccess.id.in_(list(ids)))


def insert_unless_recorded(rows: Sequence[Mapping[str, Any]]) -> Insert:
    return insert(DataAccess).values(rows).on_conflict_do_nothing()


def select_accesses(worker_id: UUID) -> Select[DataAccess]:
    """Every row about a worker, oldest first."""
    return select(DataAccess).where(DataAccess.worker_id == worker_id).order_by(DataAccess.at)
