"""Whether workers are who they say: the population registry is asked, in the background."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.identity_check import (
    IdentityCheck,
    count_checks_of_nik,
    count_checks_of_worker,
    insert_check,
    select_open_check,
    select_unanswered_check,
    supersede_checks,
)
from models.identity_verdict import ENOUGH_TRIED, IdentityReason, Verdict, judge
from models.values.identity import IdentityStatus
from models.values.ids import new_id
from models.values.nik import Nik
from models.values.nik_review import NikNote
from models.worker import Worker, select_worker, select_worker_to_change
from services.constraints import broken_constraint
from services.identity_refusal import refuse_worker
from services.jobs import CheckIdentity
from services.outages import IdentityRegistryDown, IdentityRegistryMisconfigured
from services.ports import Comparison, Person, Ports

log = logging.getLogger(__name__)

NIK_PLACE = "worker.nik"
MOTHER_PLACE = "worker.mother_maiden_name"

# Only people decide further.
WITH_STAFF = frozenset({IdentityStatus.IN_REVIEW, IdentityStatus.REFUSED})

# (policy) Corrections are for mistakes, not for trying out whose data a NIK has.
DAY = timedelta(days=1)
CORRECTIONS_PER_DAY = 3
CHECKS_PER_NIK = 5
CHECKS_PER_NIK_WITHIN = timedelta(days=30)


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
        return
    worker.identity_status = IdentityStatus.PENDING
    worker.identity_reason = None
    request_check(ports, session, worker.id, worker.nik_key, now)


def _corrected_enough(session: Session, worker: Worker, now: datetime) -> bool:
    a_day_ago = now - DAY
    today = session.scalars(count_checks_of_worker(worker.id, a_day_ago)).one()
    # The check made by registering is not a correction.
    corrections = today - (worker.registered_at > a_day_ago)
    return (
        corrections >= CORRECTIONS_PER_DAY
        or _checked_of_nik(session, worker.nik_key, now) >= CHECKS_PER_NIK
    )


def _checked_of_nik(session: Session, nik_key: bytes, now: datetime) -> int:
    """How often a NIK was asked about of late, for whomever."""
    return session.scalars(count_checks_of_nik(nik_key, now - CHECKS_PER_NIK_WITHIN)).one()


def check(ports: Ports, check_id: UUID) -> None:
    """Ask the registry, and act on its answer. A check that has its outcome is left alone.

    :raises IdentityRegistryDown: no usable answer; the check stays open, to be done again later.
    """
    with ports.transactions.reading() as session:
        open_check = session.scalar(select_open_check(check_id))
        if open_check is None:
            return
        worker = session.scalars(select_worker(open_check.worker_id)).one()
    if worker.erased_at is not None:
        return
    person = _person(ports, worker)
    try:
        comparison = ports.identity.compare(person)
    except IdentityRegistryDown as down:
        if isinstance(down, IdentityRegistryMisconfigured):
            log.error("the population registry refuses our set-up; checks wait until it is mended")
        with ports.transactions.begin() as session:
            _count_attempt(session, check_id)
        raise
    notes = ports.areas.notes_on(person.nik, person.birth_date, person.sex)
    with ports.transactions.begin() as session:
        _conclude(session, check_id, worker.id, comparison, notes, ports.clock.now())


def _person(ports: Ports, worker: Worker) -> Person:
    return Person(
        nik=Nik(ports.vault.open(NIK_PLACE, worker.id, worker.nik_sealed)),
        full_name=worker.full_name,
        birth_date=worker.birth_date,
        sex=worker.sex,
        birth_place=worker.birth_place,
        mother_maiden_name=_mother(ports, worker),
    )


def _mother(ports: Ports, worker: Worker) -> str | None:
    sealed = worker.mother_maiden_name_sealed
    return None if sealed is None else ports.vault.open(MOTHER_PLACE, worker.id, sealed)


def _count_attempt(session: Session, check_id: UUID) -> None:
    still_open = session.scalar(select_open_check(check_id).with_for_update())
    if still_open is not None:
        still_open.attempts += 1


def _conclude(
    session: Session,
    check_id: UUID,
    worker_id: UUID,
    comparison: Comparison,
    notes: Sequence[NikNote],
    now: datetime,
) -> None:
    worker = session.scalar(select_worker_to_change(worker_id))
    concluded = session.scalar(select_unanswered_check(check_id))
    if worker is None or concluded is None:
        return
    verdict = _verdict(session, concluded, comparison, now)
    concluded.outcome = verdict.status
    concluded.notes = [note.value for note in notes]
    _record(concluded, comparison, now)
    # The worker may have corrected something while the registry was thinking.
    if concluded.superseded_at is None:
        _apply(session, worker, concluded, verdict, now)


def _verdict(
    session: Session, concluded: IdentityCheck, comparison: Comparison, now: datetime
) -> Verdict:
    verdict = judge(comparison.finding, comparison.scores)
    if verdict.reason is not IdentityReason.MISMATCH:
        return verdict
    # Registering a NIK again and again, from one phone after another, must not tell a stranger
    # piece by piece what the registry holds. Who knows everything at once is verified above.
    too_often = _checked_of_nik(session, concluded.nik_key, now) > CHECKS_PER_NIK
    return ENOUGH_TRIED if too_often else verdict


def _record(concluded: IdentityCheck, comparison: Comparison, now: datetime) -> None:
    concluded.finding = comparison.finding
    concluded.response_code = comparison.response_code
    concluded.scores = {element.value: score for element, score in comparison.scores.items()}
    concluded.answered_at = now


def _apply(
    session: Session, worker: Worker, concluded: IdentityCheck, verdict: Verdict, now: datetime
) -> None:
    worker.identity_elements = [
        {"name": element.value, "matched": matched} for element, matched in verdict.matched.items()
    ]
    worker.identity_checked_at = now
    if verdict.status is IdentityStatus.REFUSED:
        refuse_worker(session, worker, verdict.reason, now)
        return
    session.flush()
    try:
        with session.begin_nested():
            worker.identity_status = verdict.status
            worker.identity_reason = verdict.reason
    except IntegrityError as broken:
        if broken_constraint(broken) != "uq_worker_nik_holder":
            raise
        # Both match, and the database lets one worker hold a NIK: the later one is for staff.
        worker.identity_status = concluded.outcome = IdentityStatus.IN_REVIEW
        worker.identity_reason = IdentityReason.HELD_BY_ANOTHER
