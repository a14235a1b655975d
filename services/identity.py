"""Whether people are who they say: the population registry is asked, in the background."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from models.enrolment import Enrolment
from models.enrolment_checks import select_check_to_ask
from models.identity_check import (
    IdentityCheck,
    count_checks_of_worker,
    insert_check,
    select_open_check,
    supersede_checks,
)
from models.identity_verdict import ENOUGH_TRIED
from models.review import select_given_back_at
from models.values.identity import IdentityStatus
from models.values.ids import new_id
from models.worker import Worker
from services.identity_answer import CHECKS_PER_NIK, checked_of_nik, conclude
from services.jobs import CheckIdentity
from services.links.sent import open_person
from services.outages import IdentityRegistryDown, IdentityRegistryMisconfigured
from services.person_on_record import person_on_record
from services.ports import Person, Ports

log = logging.getLogger(__name__)

# Only people decide further.
WITH_STAFF = frozenset({IdentityStatus.IN_REVIEW, IdentityStatus.REFUSED})

# (policy) Corrections are for mistakes, not for trying out whose data a NIK has.
DAY = timedelta(days=1)
CORRECTIONS_PER_DAY = 3


def request_check(
    ports: Ports, session: Session, worker_id: UUID, nik_key: bytes, now: datetime
) -> None:
    """Have the worker's data compared, whatever the registry's state: the request is kept."""
    check_id = new_id()
    session.execute(insert_check(check_id, worker_id, nik_key, now))
    ports.jobs.defer(session, CheckIdentity(check_id))


def check_again(ports: Ports, session: Session, worker: Worker, now: datetime) -> None:
    """After a correction: a new check within the limits, and beyond them a case for staff.

    Who is with our staff already, or was refused, stays there: they look at what is corrected, and
    a new check would take the case out of their hands.
    """
    if worker.identity_status in WITH_STAFF:
        return
    session.execute(supersede_checks(worker.id, now))
    worker.identity_elements = []
    worker.identity_checked_at = None
    if _corrected_enough(session, worker, now):
        worker.identity_status = ENOUGH_TRIED.status
        worker.identity_reason = ENOUGH_TRIED.reason
        # Since when it waits for our staff.
        worker.identity_checked_at = now
        return
    worker.identity_status = IdentityStatus.PENDING
    worker.identity_reason = None
    request_check(ports, session, worker.id, worker.nik_key, now)


def _corrected_enough(session: Session, worker: Worker, now: datetime) -> bool:
    # What came before staff gave the worker their corrections back no longer counts.
    given_back_at = session.scalar(select_given_back_at(worker.id))
    a_day_ago = now - DAY
    since = a_day_ago if given_back_at is None else max(a_day_ago, given_back_at)
    today = session.scalars(count_checks_of_worker(worker.id, since)).one()
    # The check made by registering, or by claiming what a partner had sent, is not a correction.
    begun_at = worker.claimed_at or worker.registered_at
    corrections = today - (begun_at > since)
    asked_of_nik = checked_of_nik(session, worker.nik_key, now, given_back_at=given_back_at)
    return corrections >= CORRECTIONS_PER_DAY or asked_of_nik >= CHECKS_PER_NIK


def check(ports: Ports, check_id: UUID) -> None:
    """Ask the registry, and act on its answer. A check that has its outcome is left alone.

    Compared is the worker's record, or what a partner sent where that is something else.

    :raises IdentityRegistryDown: no usable answer; the check stays open, to be done again later.
    """
    person = _to_ask_about(ports, check_id)
    if person is None:
        _close(ports, check_id)
        return
    try:
        comparison = ports.identity.compare(person)
    except IdentityRegistryDown as down:
        if isinstance(down, IdentityRegistryMisconfigured):
            log.error("the population registry refuses our set-up; checks wait until it is mended")
        with ports.transactions.begin() as session:
            _count_attempt(session, check_id)
        raise
    notes = ports.areas.notes_on(person.nik, person.birth_date, person.sex)
    conclude(ports, check_id, comparison, notes)


def _to_ask_about(ports: Ports, check_id: UUID) -> Person | None:
    """Read at one instant: whose record it is may change at the next. None: nobody wants to know."""
    with ports.transactions.reading() as session:
        row = session.execute(select_check_to_ask(check_id)).one_or_none()
    if row is None:
        return None
    asked: tuple[IdentityCheck, Worker, Enrolment | None] = (row[0], row[1], row[2])
    open_check, worker, enrolment = asked
    if worker.erased_at is not None:
        return None
    if enrolment is None:
        return person_on_record(ports.vault, worker)
    if enrolment.ended_at is not None:
        # Of the worker themself it may still be the only check that there is.
        undecided = open_check.of_record and worker.identity_status is IdentityStatus.PENDING
        return person_on_record(ports.vault, worker) if undecided else None
    if open_check.of_record:
        return person_on_record(ports.vault, worker)
    sealed = enrolment.sent_sealed
    return None if sealed is None else open_person(ports.vault, enrolment.id, sealed)


def _close(ports: Ports, check_id: UUID) -> None:
    """So that it does not count as one whose answer is on its way."""
    with ports.transactions.begin() as session:
        pointless = session.scalar(select_open_check(check_id).with_for_update())
        if pointless is not None:
            pointless.superseded_at = ports.clock.now()


def _count_attempt(session: Session, check_id: UUID) -> None:
    still_open = session.scalar(select_open_check(check_id).with_for_update())
    if still_open is not None:
        still_open.attempts += 1
