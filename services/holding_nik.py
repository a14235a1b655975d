"""One worker holds a NIK: who is about to, and who does, are held together while that is settled."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.identity_verdict import IdentityReason
from models.values.identity import IdentityStatus
from models.worker import Worker, select_holder, select_workers_to_change
from services.constraints import broken_constraint


class HolderMoved(Exception):
    """Another has come to hold the NIK since we looked: to be done again from the start."""


def hold_with_holder(
    session: Session, worker_id: UUID, nik_key: bytes
) -> tuple[Worker | None, Worker | None]:
    """A worker, unless they have been erased, and another one who holds the NIK, if there is one:
    both in the order in which everybody holds several."""
    holder_id = session.scalar(select_holder(nik_key))
    to_hold = {worker_id} if holder_id is None else {worker_id, holder_id}
    held = {each.id: each for each in session.scalars(select_workers_to_change(to_hold))}
    worker = held.pop(worker_id, None)
    holders = (each for each in held.values() if _holds(each, nik_key))
    return worker, next(holders, None)


def _holds(worker: Worker, nik_key: bytes) -> bool:
    return worker.nik_key == nik_key and worker.identity_status is IdentityStatus.VERIFIED


def stand(
    session: Session, worker: Worker, status: IdentityStatus, reason: IdentityReason | None
) -> None:
    """:raises HolderMoved: another has come to hold the NIK a moment ago."""
    session.flush()
    try:
        with session.begin_nested():
            worker.identity_status = status
            worker.identity_reason = reason
    except IntegrityError as broken:
        if broken_constraint(broken) != "uq_worker_nik_holder":
            raise
        raise HolderMoved from None
