"""Whoever has the phone and the NIK makes a record theirs that a partner has begun for them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.enrolment_checks import select_check_of_record, select_uncompared
from models.values.identity import IdentityStatus
from models.worker import (
    Worker,
    select_unclaimed_from,
    select_worker,
    select_workers_to_change,
)
from services.identity import request_check
from services.links.merging import may_merge
from services.ports import Ports


def claim(ports: Ports, session: Session, worker: Worker, now: datetime) -> None:
    """By signing in: the record stays as it was enrolled.

    A person who waits is not put behind a platform's thousands: unless the registry has been asked
    already it is asked now, and its answer is the partners' as well.

    :param worker: held, and unclaimed.
    """
    worker.claimed_at = now
    if worker.identity_status is not IdentityStatus.PENDING:
        return
    if session.scalar(select_check_of_record(worker.id)) is not None:
        return
    request_check(ports, session, worker.id, worker.nik_key, now)
    for enrolment in session.scalars(select_uncompared(worker.id)):
        enrolment.identity_asked_at = enrolment.identity_asked_at or now


def hold_with_unclaimed(
    session: Session,
    worker_id: UUID,
    *,
    nik_key: bytes | None = None,
    phone_key: bytes | None = None,
) -> Worker | None:
    """Hold a worker, and the unclaimed record under the NIK and the phone that they are about to
    have: both in the order in which everybody holds several.

    :param nik_key: None: the NIK stays.
    :param phone_key: None: the phone stays.
    :returns: the unclaimed record, if there is one.
    """
    worker = session.scalar(select_worker(worker_id))
    if worker is None or worker.erased_at is not None:
        return None
    wanted = (nik_key or worker.nik_key, phone_key or worker.phone_key)
    unclaimed_id = session.scalar(select_unclaimed_from(*wanted))
    if unclaimed_id is None:
        return None
    held = session.scalars(select_workers_to_change([worker_id, unclaimed_id])).all()
    found = (each for each in held if each.id == unclaimed_id and each.claimed_at is None)
    return next(found, None)


def step_aside(session: Session, unclaimed: Worker | None, worker: Worker) -> Worker | None:
    """Let a worker have the NIK and the phone under which a partner enrolled them before: no two
    have the same, not even for a moment.

    Not where both have been paid for: then the two records stay in each other's way.

    :param unclaimed: what ``hold_with_unclaimed`` gave.
    :param worker: held, and not changed yet.
    :returns: the record that is to be merged into the worker's once that has the NIK.
    """
    if unclaimed is None or not may_merge(session, unclaimed, worker):
        return None
    unclaimed.phone_key = unclaimed.id.bytes
    session.flush()
    return unclaimed
