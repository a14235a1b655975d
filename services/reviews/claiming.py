"""One officer at a time takes up a case, and gives it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.review import (
    Review,
    open_unless_open,
    select_review_to_change,
    select_username,
)
from models.values.audit import AuditAction
from services.audit.recording import Deed, record, refusals_on_record
from services.callers import StaffCaller
from services.ports import Ports
from services.reviews.cases import Case, find
from services.reviews.errors import ReviewClaimed, SecondOfficerNeeded
from services.reviews.holding import hold, look, record_of
from services.reviews.moving import again_when_moved
from services.reviews.shown import OpenedCase, opened


def claim(ports: Ports, officer: StaffCaller, review_id: UUID) -> OpenedCase:
    """Take up a case, and see it as it is now: what is decided is about that. Claiming again
    prolongs it.

    :raises ReviewNotFound: there never was anything of this id to decide.
    :raises ReviewOver: it is not to be decided any more.
    :raises ReviewClaimed: a colleague is at it.
    :raises SecondOfficerNeeded: the officer has decided it, and another one has to confirm.
    """
    deed = Deed(action=AuditAction.CLAIMED_REVIEW, about_id=review_id)
    with refusals_on_record(ports, officer, deed):
        return again_when_moved(lambda: _claim(ports, officer, review_id))


def _claim(ports: Ports, officer: StaffCaller, review_id: UUID) -> OpenedCase:
    with ports.transactions.begin() as session:
        now = ports.clock.now()
        looked_at = look(session, review_id, now)
        case = looked_at.case
        session.execute(open_unless_open(case.kind, case.id, case.worker_id))
        review = session.scalars(select_review_to_change(case.id)).one()
        refuse_another(session, review, officer, now)
        seen = record_of(ports.vault, case, looked_at.worker)
        if review.record == seen and review.first_by == officer.account_id:
            raise SecondOfficerNeeded
        review.claim(officer.account_id, seen, now)
        _record(session, officer, case, now)
        session.flush()
        as_claimed = replace(looked_at, case=find(session, case.id, now))
        return opened(ports, session, officer, as_claimed, review, now)


def release(ports: Ports, officer: StaffCaller, review_id: UUID) -> Case:
    """Let others have a case. Nothing is done for one that nobody has.

    :raises ReviewNotFound: as for ``claim``.
    :raises ReviewOver: as for ``claim``.
    :raises ReviewClaimed: a colleague is at it.
    """
    deed = Deed(action=AuditAction.RELEASED_REVIEW, about_id=review_id)
    with refusals_on_record(ports, officer, deed):
        return again_when_moved(lambda: _release(ports, officer, review_id))


def _release(ports: Ports, officer: StaffCaller, review_id: UUID) -> Case:
    with ports.transactions.begin() as session:
        now = ports.clock.now()
        case = hold(session, review_id, now).case
        review = session.scalar(select_review_to_change(case.id))
        if review is not None:
            refuse_another(session, review, officer, now)
            review.release()
        deed = Deed(
            action=AuditAction.RELEASED_REVIEW,
            worker_id=case.worker_id,
            about_id=case.id,
            details={"kind": case.kind.value},
        )
        record(session, officer, deed, now)
        session.flush()
        return find(session, case.id, now)


def refuse_another(session: Session, review: Review, officer: StaffCaller, now: datetime) -> None:
    """:raises ReviewClaimed: a colleague is at it."""
    by, until = review.claimed_by, review.claimed_until
    if by is None or until is None or by == officer.account_id or not review.is_claimed(now):
        return
    username = session.scalars(select_username(by)).one()
    raise ReviewClaimed(claimed_by=username, claimed_until=until)


def _record(session: Session, officer: StaffCaller, case: Case, now: datetime) -> None:
    deed = Deed(
        action=AuditAction.CLAIMED_REVIEW,
        worker_id=case.worker_id,
        about_id=case.id,
        reason=case.access_reason,
        details={"kind": case.kind.value},
    )
    record(session, officer, deed, now)
