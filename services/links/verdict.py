"""A partner learns whether what it sent of a driver is true of somebody, and no more than that.

A tie is in review for as long as its worker's own verdict is to come: whoever verifies the worker settles
what waits there, be it the registry, our staff, or a record that it becomes part of. So nothing waits
beside a worker who is verified, of whom there is no case.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models.enrolment import Enrolment
from models.enrolment_checks import select_in_review
from models.identity_verdict import judge
from models.name_likeness import likeness
from models.partner_event import PartnerEventName
from models.values.identity import Element, Finding, IdentityStatus
from models.worker import Worker
from services import partner_events
from services.links.sent import open_person, seal_person
from services.person_on_record import person_on_record
from services.ports import Ports

_AGREE, _DIFFER = 100, 0
_TOLD = {
    IdentityStatus.VERIFIED: PartnerEventName.IDENTITY_VERIFIED,
    IdentityStatus.NEEDS_CORRECTION: PartnerEventName.IDENTITY_FAILED,
    IdentityStatus.REFUSED: PartnerEventName.IDENTITY_FAILED,
}


def judge_by_answer(
    ports: Ports,
    session: Session,
    worker: Worker,
    enrolment: Enrolment,
    status: IdentityStatus,
    now: datetime,
) -> None:
    """Act on what the registry says of what was sent. Who holds the NIK makes no difference to it.

    :param worker: held, and not judged by this answer yet.
    :param enrolment: of the worker; held, not ended, and not judged yet.
    """
    if worker.identity_status is IdentityStatus.VERIFIED:
        # They stand for themselves, with a phone of their own: whoever else came with the one that
        # was sent keeps nothing from them.
        enrolment.many_on_phone = False
        if status is IdentityStatus.IN_REVIEW:
            status = _by_record(ports, worker, enrolment)
        _tell(session, enrolment, status, now)
    elif status is IdentityStatus.IN_REVIEW:
        # Nothing was found true yet, and the record may be another by the time when it is.
        if enrolment.sent_sealed is None:
            person = person_on_record(ports.vault, worker)
            enrolment.sent_sealed = seal_person(ports.vault, enrolment.id, person)
        _stand(enrolment, status, now)
    elif status is IdentityStatus.VERIFIED and enrolment.many_on_phone:
        enrolment.sent_sealed = None
        _stand(enrolment, IdentityStatus.IN_REVIEW, now)
    else:
        _tell(session, enrolment, status, now)


def judge_with_worker(
    ports: Ports,
    session: Session,
    worker: Worker,
    enrolment: Enrolment,
    status: IdentityStatus,
    now: datetime,
) -> None:
    """Let what waits follow the verdict about its worker. What nobody has found true is true where
    it names whom the record names that has been verified.

    :param status: what the worker is from now on.
    :param enrolment: held, and not ended.
    """
    enrolment.many_on_phone = False
    if status is IdentityStatus.VERIFIED:
        status = _by_record(ports, worker, enrolment)
    _tell(session, enrolment, status, now)


def settle(ports: Ports, session: Session, worker: Worker, now: datetime) -> None:
    """Whatever is in review of a worker who is verified.

    :param worker: held.
    """
    for enrolment in session.scalars(select_in_review(worker.id)):
        judge_with_worker(ports, session, worker, enrolment, IdentityStatus.VERIFIED, now)
    session.flush()


def _by_record(ports: Ports, worker: Worker, enrolment: Enrolment) -> IdentityStatus:
    """By the same rule as by the registry's record."""
    if enrolment.sent_sealed is None:  # found true before, or the record itself
        return IdentityStatus.VERIFIED
    sent = open_person(ports.vault, enrolment.id, enrolment.sent_sealed)
    if enrolment.nik_key != worker.nik_key:
        return IdentityStatus.NEEDS_CORRECTION
    scores = {
        Element.NAME: int(likeness(sent.full_name, worker.full_name)),
        Element.BIRTH_DATE: _AGREE if sent.birth_date == worker.birth_date else _DIFFER,
        Element.SEX: _AGREE if sent.sex is worker.sex else _DIFFER,
    }
    return judge(Finding.FOUND, scores).status


def _tell(session: Session, enrolment: Enrolment, status: IdentityStatus, now: datetime) -> None:
    enrolment.sent_sealed = None
    _stand(enrolment, status, now)
    event = _TOLD[status]
    partner_events.record(session, enrolment.partner_id, event, enrolment.id, now, now)


def _stand(enrolment: Enrolment, status: IdentityStatus, now: datetime) -> None:
    enrolment.identity_status = status
    enrolment.identity_checked_at = now
    enrolment.identity_asked_at = enrolment.identity_asked_at or now
