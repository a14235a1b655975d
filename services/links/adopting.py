"""A record that is nobody's takes what the registry has found to be true.

A partner that ended a tie, and enrolled the driver again with other values, left a record behind that
nobody signed in to and that nobody stands behind. It would never be compared, or never be right, and
so nobody could pay for the driver.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.enrolment import Enrolment, select_other_tie
from models.values.identity import IdentityStatus
from models.worker import Worker
from services.links.sent import open_person
from services.ports import Ports
from services.profile import sealed

# What people have decided, or are to decide, stays theirs to decide.
_UNDECIDED = frozenset({IdentityStatus.PENDING, IdentityStatus.NEEDS_CORRECTION})


def adopt(ports: Ports, session: Session, worker: Worker, enrolment: Enrolment) -> bool:
    """Where nobody has signed in, and the tie whose data was kept beside the record is the only one
    that stands: make the record what was sent. Whether that was so.

    :param worker: held, and so is ``enrolment``; what was sent is true.
    """
    sent = enrolment.sent_sealed
    if sent is None or not _is_nobody_s(session, worker, enrolment):
        return False
    person = open_person(ports.vault, enrolment.id, sent)
    for column in ("full_name", "birth_date", "sex", "birth_place"):
        setattr(worker, column, getattr(person, column))
    mother = {"mother_maiden_name": person.mother_maiden_name}
    for column, value in sealed(ports.vault, worker.id, **mother).items():
        setattr(worker, column, value)
    return True


def _is_nobody_s(session: Session, worker: Worker, enrolment: Enrolment) -> bool:
    return (
        worker.claimed_at is None
        and worker.identity_status in _UNDECIDED
        and worker.nik_key == enrolment.nik_key
        and session.scalar(select_other_tie(worker.id, enrolment.id)) is None
    )
