"""The statements by which a record that nobody has signed in to becomes part of another."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Select, func, select, union_all

from models.contribution import Contribution
from models.invoice import Invoice
from models.payment import LedgerPosting, Payment


def select_with_money(worker_ids: Iterable[UUID]) -> Select[UUID]:
    """Those of some workers of whom there is a paid month, a posting, a payment or an invoice."""
    ids = list(worker_ids)
    tables = (Contribution, LedgerPosting, Payment, Invoice)
    rows = union_all(
        *(select(table.worker_id).where(table.worker_id.in_(ids)) for table in tables)
    ).subquery()
    return select(rows.c.worker_id).distinct()


def move_unclaimed(source_id: UUID, target_id: UUID, *, with_terms: bool) -> Select[object]:
    """By the owner of the tables: rows that nobody else may change get another worker."""
    return select(func.move_unclaimed(source_id, target_id, with_terms))
