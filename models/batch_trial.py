"""A file whose people the registry does not know is not asked about any further.

Its first ones are a trial: only when they have been answered is the rest asked, so that a file of
made-up people costs no more than that, and tells nobody more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Update, and_, func, or_, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql.dml import ReturningInsert

from models.check_pace import BatchChecks
from models.enrolment import Enrolment
from models.enrolment_batch import EnrolmentBatch
from models.identity_check import IdentityCheck
from models.policy import Policy


@dataclass(frozen=True, slots=True)
class Trial:
    checks: int
    most_not_found: int


TRIAL = Policy(
    Trial(checks=500, most_not_found=100),
    since=date(2026, 11, 25),
    basis="A batch pauses when over 20 % of its first 500 checks find nobody: as soon as that is "
    "certain.",
)


def count_answer(batch_id: UUID, *, not_found: bool) -> ReturningInsert[int, datetime | None]:
    """Count an answer about one of a file's people, if it is among the first.

    Gives how many of them the registry did not know, and whether somebody let the file go on; no
    row once the trial is over.
    """
    counted = postgresql.insert(BatchChecks).values(
        batch_id=batch_id, answered=1, not_found=int(not_found)
    )
    return counted.on_conflict_do_update(
        index_elements=[BatchChecks.batch_id],
        set_={
            "answered": BatchChecks.answered + 1,
            "not_found": BatchChecks.not_found + counted.excluded.not_found,
        },
        where=BatchChecks.answered < TRIAL.value.checks,
    ).returning(BatchChecks.not_found, BatchChecks.resumed_at)


def pause_checks(batch_id: UUID, now: datetime) -> Update:
    """Nothing where it is paused already."""
    return (
        update(EnrolmentBatch)
        .where(EnrolmentBatch.id == batch_id, EnrolmentBatch.checks_paused_at.is_(None))
        .values(checks_paused_at=now)
        .returning(EnrolmentBatch.id)
    )


def resume_checks(batch_id: UUID) -> Update:
    """Nothing where it is not paused."""
    return (
        update(EnrolmentBatch)
        .where(EnrolmentBatch.id == batch_id, EnrolmentBatch.checks_paused_at.is_not(None))
        .values(checks_paused_at=None)
        .returning(EnrolmentBatch.id)
    )


def let_go_on(batch_id: UUID, now: datetime) -> Update:
    """The trial of a file is over, whatever was found."""
    return update(BatchChecks).where(BatchChecks.batch_id == batch_id).values(resumed_at=now)


def select_files_to_ask(partner_id: UUID) -> Select[*tuple[Any, ...]]:
    """A partner's files of whom somebody is still to be asked about, oldest first, each with how
    many of its people may be; None: any number."""
    # Not EXISTS: that is made into a join, which reads everybody who waits.
    unasked = (
        select(Enrolment.id)
        .where(
            Enrolment.partner_id == partner_id,
            Enrolment.batch_id == EnrolmentBatch.id,
            Enrolment.identity_asked_at.is_(None),
            Enrolment.ended_at.is_(None),
        )
        .order_by(Enrolment.partner_id, Enrolment.batch_id, Enrolment.id)
        .limit(1)
        .scalar_subquery()
    )
    on_their_way = (
        select(func.count())
        .select_from(IdentityCheck)
        .join(Enrolment, Enrolment.id == IdentityCheck.enrolment_id)
        .where(
            IdentityCheck.enrolment_id.is_not(None),
            IdentityCheck.outcome.is_(None),
            IdentityCheck.superseded_at.is_(None),
            Enrolment.batch_id == EnrolmentBatch.id,
        )
        .correlate(EnrolmentBatch)
        .scalar_subquery()
    )
    answered = func.coalesce(BatchChecks.answered, 0)
    over = or_(answered >= TRIAL.value.checks, BatchChecks.resumed_at.is_not(None))
    return (
        select(EnrolmentBatch.id, over, TRIAL.value.checks - answered - on_their_way)
        .outerjoin(BatchChecks, BatchChecks.batch_id == EnrolmentBatch.id)
        .where(
            and_(
                EnrolmentBatch.partner_id == partner_id,
                EnrolmentBatch.checks_paused_at.is_(None),
                unasked.is_not(None),
            )
        )
        .order_by(EnrolmentBatch.id)
    )
