"""The statements by which money settles months. The worker is held first, then the bill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    Update,
    Uuid,
    any_,
    column,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import selectinload

from models.columns import MonthColumn
from models.invoice import Invoice, InvoiceStatus, select_open_invoice
from models.values.identity import IdentityStatus
from models.values.month import Month
from models.worker import Worker


def select_payer_of(virtual_account_no: str) -> Select[UUID]:
    """Whose bill a virtual account number stands for."""
    return select(Invoice.worker_id).where(Invoice.virtual_account_no == virtual_account_no)


def select_payer_name(worker_id: UUID) -> Select[str]:
    return select(Worker.full_name).where(Worker.id == worker_id)


def select_worker_to_settle(worker_id: UUID) -> Select[Worker]:
    """Held against everybody else who changes this worker's money, plan or identity, as by
    ``select_worker_to_change``; but rows that only name the worker can be written meanwhile."""
    return select(Worker).where(Worker.id == worker_id).with_for_update(key_share=True)


class Held(NamedTuple):
    """What must be known of a worker for whom somebody else's money settles a month."""

    worker_id: UUID
    paid_through: Month | None
    identity_status: IdentityStatus
    identity_checked_at: datetime | None
    erased_at: datetime | None


def select_workers_to_settle(
    worker_ids: Sequence[UUID],
) -> Select[UUID, Month | None, IdentityStatus, datetime | None, datetime | None]:
    """A ``Held`` for each: ``select_worker_to_settle`` of many, in the order of their ids. Whoever
    else holds many takes them in this order, so that none waits in a circle."""
    return (
        select(
            Worker.id,
            Worker.paid_through,
            Worker.identity_status,
            Worker.identity_checked_at,
            Worker.erased_at,
        )
        .where(Worker.id == any_(_ids(worker_ids)))
        .order_by(Worker.id)
        .with_for_update(key_share=True)
    )


def move_paid_through(paid_through: Mapping[UUID, Month], numbers: Sequence[str]) -> Update:
    """The last paid months of many workers, by their ids; and to each who has no member number the
    one that stands at its place."""
    moved = (
        func.unnest(
            _ids(list(paid_through)),
            literal(list(paid_through.values()), ARRAY(MonthColumn)),
            literal(list(numbers), ARRAY(Text)),
        )
        .table_valued(
            column("worker_id", Uuid),
            column("month", MonthColumn),
            column("number", Text),
            name="moved",
        )
        .render_derived()
    )
    return (
        update(Worker)
        .where(Worker.id == moved.c.worker_id)
        .values(
            paid_through=moved.c.month,
            member_number=func.coalesce(Worker.member_number, moved.c.number),
        )
        .execution_options(synchronize_session=False)
    )


def select_bill_to_settle(virtual_account_no: str) -> Select[Invoice]:
    """As it is now that the worker is held, whatever was read before."""
    return (
        select(Invoice)
        .where(Invoice.virtual_account_no == virtual_account_no)
        .options(selectinload(Invoice.months))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


def select_other_open_bill(settled: Invoice) -> Select[Invoice]:
    """The worker's bill, other than this one, that is stored as open."""
    return (
        select_open_invoice(settled.worker_id)
        .where(Invoice.id != settled.id)
        .options(selectinload(Invoice.months))
    )


def select_open_bills(worker_ids: Sequence[UUID]) -> Select[Invoice]:
    """The bills of some workers that are stored as open."""
    return (
        select(Invoice)
        .where(Invoice.worker_id == any_(_ids(worker_ids)), Invoice.status == InvoiceStatus.OPEN)
        .options(selectinload(Invoice.months))
    )


def _ids(worker_ids: Sequence[UUID]) -> ColumnElement[Sequence[UUID]]:
    """One parameter, however many there are."""
    return literal(list(worker_ids), ARRAY(Uuid))
