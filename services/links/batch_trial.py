"""A file of people whom the registry does not know is stopped, until somebody looks at it."""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models import batch_trial
from models.batch_trial import TRIAL, let_go_on, pause_checks, resume_checks
from models.enrolment import Enrolment
from models.values.audit import AuditAction
from services.audit.recording import COMMAND_LINE, Deed, record
from services.ports import Ports

log = logging.getLogger(__name__)


class NotPaused(Exception):
    """There is no such file, or its checks are not paused."""

    def __init__(self) -> None:
        super().__init__("No batch with this id has paused checks.")


def count_answer(session: Session, enrolment_id: UUID, *, not_found: bool, now: datetime) -> None:
    """Pause the file that an enrolment came with, once too many of its first ones are nobody."""
    batch_id = session.get_one(Enrolment, enrolment_id).batch_id
    if batch_id is None:
        return
    counted = session.execute(batch_trial.count_answer(batch_id, not_found=not_found)).one_or_none()
    if counted is None or counted.resumed_at is not None:
        return
    if counted.not_found <= TRIAL.value.most_not_found:
        return
    if session.scalar(pause_checks(batch_id, now)) is not None:
        told = {"batch_id": str(batch_id), "not_found": counted.not_found}
        log.error("checks of a batch are paused: the registry knows too few of it", extra=told)


def resume(ports: Ports, batch_id: UUID) -> None:
    """Have the rest of a file checked, whatever the registry says of it. At the command line, which
    is on record like what officers do.

    :raises NotPaused: there is nothing to resume.
    """
    now = ports.clock.now()
    with ports.transactions.begin() as session:
        go_on(session, batch_id, now)
        deed = Deed(action=AuditAction.RESUMED_BATCH, about_id=batch_id)
        record(session, COMMAND_LINE, deed, now)


def go_on(session: Session, batch_id: UUID, now: datetime) -> None:
    """``resume``, as a part of something else.

    :raises NotPaused: there is nothing to resume.
    """
    if session.scalar(resume_checks(batch_id)) is None:
        raise NotPaused
    session.execute(let_go_on(batch_id, now))
