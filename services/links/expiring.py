"""Records that nobody claimed or paid for within their time are erased, and what a partner sent beside
another's record goes that nobody will compare. Run by the worker."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from models.enrolment import EndedBy, forget_nik_in_ties_of
from models.expired_records import (
    end_ties_left_uncompared,
    select_expired,
    select_still_expired,
    select_worker_to_expire,
)
from models.identity_check import forget_nik_in_checks_of
from models.unclaimed import select_with_money
from models.worker import forget_who_it_was
from services import erasing
from services.ports import Ports

# Workers that are erased in one round, each in a transaction of their own.
BATCH = 1_000


def expire(ports: Ports, size: int = BATCH) -> None:
    """Erase those who were enrolled by a partner, and of whom nothing was heard since.

    Whoever cannot be erased now is left for a later round, and keeps nobody else waiting.

    :param size: how many at most.
    """
    with ports.transactions.reading() as session:
        expired = session.scalars(select_expired(ports.clock.now(), size=size)).all()
    erasing.one_by_one(expired, lambda worker_id: _expire(ports, worker_id))


def _expire(ports: Ports, worker_id: UUID) -> None:
    """Judged again, now that the worker is held: they may have signed in a moment ago, or another
    partner may have enrolled them."""
    now = ports.clock.now()
    with ports.transactions.begin() as session:
        worker = session.scalar(select_worker_to_expire(worker_id))
        if worker is None or session.scalar(select_still_expired(worker_id, now)) is None:
            return
        if erasing.to_be_settled_first(session, worker_id):
            return
        erasing.erase(ports, session, worker, EndedBy.TIME, now)
        if session.scalar(select_with_money([worker_id])) is None:
            _forget_who_it_was(session, worker_id)


def _forget_who_it_was(session: Session, worker_id: UUID) -> None:
    """NIK, name and birth date of who asks to be erased stay for the sake of membership and money.
    Here is neither, and the person has never been heard of (UU 27/2022, article 16 (2)): of what is
    left nothing leads to them, and staff find them by nothing that they are asked for."""
    session.execute(forget_nik_in_ties_of(worker_id))
    session.execute(forget_nik_in_checks_of(worker_id))
    session.execute(forget_who_it_was(worker_id))


def end_uncompared(ports: Ports, size: int = BATCH) -> None:
    """End ties of which what was sent waits for nothing any more, and forget it.

    :param size: how many at most.
    """
    with ports.transactions.begin() as session:
        session.execute(end_ties_left_uncompared(ports.clock.now(), size=size))
