"""A worker's record stops being what a partner sent of them: from now on it is their own words."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.enrolment_checks import leave_record, select_uncompared
from models.worker import Worker
from services.links.sent import seal_person
from services.person_on_record import person_on_record
from services.ports import Ports


def keep_what_was_sent(ports: Ports, session: Session, worker: Worker) -> None:
    """Before the worker's identity changes: keep for each partner what is still to be compared.

    A partner is told whether what *it* sent is true of somebody, whatever the worker says since.

    :param worker: held, and still as it was enrolled.
    """
    uncompared = session.scalars(select_uncompared(worker.id)).all()
    if not uncompared:
        return
    person = person_on_record(ports.vault, worker)
    for enrolment in uncompared:
        if enrolment.ended_at is None:
            enrolment.sent_sealed = seal_person(ports.vault, enrolment.id, person)
    under_way = set(session.scalars(leave_record([each.id for each in uncompared])))
    for enrolment in uncompared:
        # The worker's own check was to answer for these as well, and will not any more.
        if enrolment.id not in under_way:
            enrolment.identity_asked_at = None
