"""Workers are erased whose requests are due. Run by the worker, every minute."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import Executable
from sqlalchemy.orm import Session

from models.answer import forget_answers_to
from models.consent import withdraw_everything
from models.enrolment import EndedBy, end_ties_of, forget_what_was_sent_of
from models.erasure_request import (
    finish_waiting,
    select_due_requests,
    select_waiting_request,
)
from models.identity_check import blank_checks, supersede_every_check
from models.message import forget_codes_to, forget_notices_to
from models.phone_change_request import (
    forget_numbers_of,
    select_open_request,
)
from models.phone_verification import forget_verifications_of, hold_phone
from models.privacy_request import close_requests_of, forget_request_notes_of
from models.refund import select_open_refund_case
from models.reminder import forget_reminders_of
from models.review import close_reviews_of, forget_notes_of
from models.sign_in import forget_sign_ins_of
from models.terms import erase_terms
from models.worker import (
    Worker,
    erase_worker,
    forget_occupations,
    select_others_on,
    select_worker_to_change,
)
from services.callers import owner_by_phone, owner_by_worker
from services.once import owner_digest
from services.ports import Ports

log = logging.getLogger(__name__)


def carry_out(ports: Ports) -> None:
    """Erase everybody whose time has come, each in a transaction of their own.

    Whoever cannot be erased now is left for the next round, and keeps nobody else waiting.
    """
    with ports.transactions.reading() as session:
        due = session.scalars(select_due_requests(ports.clock.now())).all()
    one_by_one(due, lambda worker_id: _carry_out_for(ports, worker_id))


def one_by_one(worker_ids: Iterable[UUID], erase_one: Callable[[UUID], None]) -> None:
    """Whatever goes wrong with one of them, the others have a right to be gone, too."""
    for worker_id in worker_ids:
        try:
            erase_one(worker_id)
        except Exception:
            log.exception("a worker could not be erased", extra={"worker_id": str(worker_id)})


def _carry_out_for(ports: Ports, worker_id: UUID) -> None:
    """Judged again, now that the worker is held: they may have called it off a moment ago, or a
    bank may have told late of money that covers them for longer."""
    with ports.transactions.begin() as session:
        worker = session.scalar(select_worker_to_change(worker_id))
        request = session.scalar(select_waiting_request(worker_id))
        if worker is None or request is None:
            return
        now = ports.clock.now()
        request.wait_for_cover(worker.paid_through)
        if now < request.not_before:
            return
        if to_be_settled_first(session, worker_id):
            request.put_off(now)
            return
        erase(ports, session, worker, EndedBy.WORKER, now)


def to_be_settled_first(session: Session, worker_id: UUID) -> bool:
    """Who is owed money must be reached to get it; and where somebody says that the phone is in
    other hands, staff find out who they are before anything is gone for good."""
    return any(
        session.scalar(open_one(worker_id)) is not None
        for open_one in (select_open_refund_case, select_open_request)
    )


def erase(ports: Ports, session: Session, worker: Worker, by: EndedBy, now: datetime) -> None:
    """Everything that need not be kept (UU 27/2022, article 43), wherever it stands.

    :param worker: held; nothing can be written that names them until this is done.
    :param by: what ends their ties to partners.
    """
    # First: of a tie that stands nothing can be forgotten.
    session.execute(end_ties_of(worker.id, by, now))
    for statement in _statements(ports, worker, now):
        session.execute(statement)
    others = session.scalar(select_others_on(worker.phone_key, worker_id=worker.id))
    if others is None:
        for statement in _about_phone(ports, worker.phone_key):
            session.execute(statement)
    session.execute(erase_worker(worker.id, now))
    # It erases for whom everything else has gone, and whose request waits or who never signed in.
    session.execute(erase_terms(worker.id))
    session.execute(finish_waiting(worker.id, now))


def erase_unclaimed(ports: Ports, session: Session, worker: Worker, now: datetime) -> None:
    """A record that a partner made and nobody ever signed in to. The phone is somebody's who may be
    verifying it at this moment: what is known by it goes with time.

    :param worker: held.
    """
    for statement in _statements(ports, worker, now):
        session.execute(statement)
    session.execute(erase_worker(worker.id, now))
    session.execute(erase_terms(worker.id))
    # Our staff may have entered one for them.
    session.execute(finish_waiting(worker.id, now))


def _statements(ports: Ports, worker: Worker, now: datetime) -> Iterator[Executable]:
    """A new table that tells of a worker has its line here, unless it is kept."""
    yield forget_answers_to([owner_digest(ports.vault, owner_by_worker(worker.id))])
    yield forget_reminders_of(worker.id)
    yield forget_notices_to(worker.id)
    yield forget_sign_ins_of(worker.id)
    yield forget_occupations(worker.id)
    yield forget_numbers_of(worker.id)
    yield forget_what_was_sent_of(worker.id)
    # What the registry still answers is about nobody any more.
    yield supersede_every_check(worker.id, now)
    yield blank_checks(worker.id)
    # That it was decided and asked for stays; what officers noted of it goes.
    yield close_reviews_of(worker.id, now)
    yield forget_notes_of(worker.id)
    yield close_requests_of(worker.id, now)
    yield forget_request_notes_of(worker.id)
    # The rows stay as evidence; whoever is erased agrees to nothing any more.
    yield withdraw_everything(worker.id, now)


def _about_phone(ports: Ports, phone_key: bytes) -> Iterator[Executable]:
    """What is known by the number. Where another worker has the same, it is about them too, and
    goes with time."""
    yield hold_phone(phone_key)
    yield forget_answers_to([owner_digest(ports.vault, owner_by_phone(phone_key))])
    yield forget_codes_to(phone_key)
    yield forget_verifications_of(phone_key)
