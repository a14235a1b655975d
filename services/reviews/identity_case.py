"""Staff decide whether a worker is who they say: with all that follows from the registry's answer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.enrolment_checks import select_judged_by_staff, supersede_checks_of
from models.identity_check import supersede_checks
from models.identity_verdict import IdentityReason
from models.message import MessageKind
from models.review import Review
from models.values.access import AccessReason
from models.values.audit import AuditAction
from models.values.decision import Outcome
from models.values.identity import IdentityStatus
from models.values.ids import new_id
from models.values.review import ReviewKind, Ruling
from models.worker import Worker
from services import notices
from services.audit.recording import Deed, record
from services.callers import StaffCaller
from services.holding_nik import stand
from services.identity_refusal import refuse_worker
from services.links.merging import may_merge, merge
from services.links.verdict import judge_with_worker
from services.ports import Ports
from services.reviews.errors import NikHeldByAnother, NobodyDisplaced, NotTheHolder
from services.reviews.holding import HeldCase


def refuse_another_holder(session: Session, held: HeldCase, displaces: UUID | None) -> None:
    """Before a worker is verified. Where a record that nobody has signed in to can become part of
    the other one, it does, and nobody is displaced.

    :param displaces: who is to hold the NIK no more, as the officer says.
    :raises NikHeldByAnother: somebody holds it, and the officer does not say so.
    :raises NotTheHolder: whoever the officer says does not hold it.
    :raises NobodyDisplaced: they do, but the two records become one.
    """
    holder = held.holder
    if displaces is not None and (holder is None or displaces != holder.id):
        raise NotTheHolder
    if holder is None:
        return
    if _mergeable(session, held.worker, holder):
        if displaces is not None:
            raise NobodyDisplaced
    elif displaces is None:
        raise NikHeldByAnother


def verify(
    ports: Ports, session: Session, officer: StaffCaller, held: HeldCase, now: datetime
) -> None:
    """:raises HolderMoved: another has come to hold the NIK a moment ago."""
    worker, holder = held.worker, held.holder
    _judge(ports, session, worker, IdentityStatus.VERIFIED, now)
    if holder is not None and _mergeable(session, worker, holder):
        unclaimed = worker if worker.claimed_at is None else holder
        merge(ports, session, unclaimed, holder if unclaimed is worker else worker, now)
        if unclaimed is worker:
            return
    elif holder is not None:
        _displace(ports, session, officer, holder, now)
    stand(session, worker, IdentityStatus.VERIFIED, None)
    _tell(ports, session, worker, now)


def give_back(ports: Ports, session: Session, worker: Worker, now: datetime) -> None:
    """Let a worker correct their data, and be checked again."""
    _judge(ports, session, worker, IdentityStatus.NEEDS_CORRECTION, now)
    reason = IdentityReason.ASKED_TO_CORRECT
    stand(session, worker, IdentityStatus.NEEDS_CORRECTION, reason)
    _tell(ports, session, worker, now)


def refuse(ports: Ports, session: Session, worker: Worker, now: datetime) -> None:
    """No money is taken any more, and what was paid in advance is to be paid back."""
    ties = _ties_judged(ports, session, worker, IdentityStatus.REFUSED, now)
    session.execute(supersede_checks_of(ties, now))
    worker.identity_elements = []
    refuse_worker(session, worker, IdentityReason.REFUSED_BY_STAFF, now)
    _tell(ports, session, worker, now)


def _judge(
    ports: Ports, session: Session, worker: Worker, status: IdentityStatus, now: datetime
) -> None:
    """What the registry still answers is about what people have judged by now."""
    ties = _ties_judged(ports, session, worker, status, now)
    session.execute(supersede_checks_of(ties, now))
    session.execute(supersede_checks(worker.id, now))
    # It is not the registry that found it.
    worker.identity_elements = []
    worker.identity_checked_at = now


def _ties_judged(
    ports: Ports, session: Session, worker: Worker, status: IdentityStatus, now: datetime
) -> list[UUID]:
    # What they were told of those who were refused turns out to be wrong.
    again = status is IdentityStatus.VERIFIED
    ties = session.scalars(select_judged_by_staff(worker.id, refused=again)).all()
    for tie in ties:
        # People have looked at it: that is what it waited for.
        judge_with_worker(ports, session, worker, tie, status, now)
    session.flush()
    return [tie.id for tie in ties]


def _mergeable(session: Session, worker: Worker, holder: Worker) -> bool:
    nobodys = worker.claimed_at is None or holder.claimed_at is None
    return nobodys and may_merge(session, worker, holder)


def _displace(
    ports: Ports, session: Session, officer: StaffCaller, holder: Worker, now: datetime
) -> None:
    """Two officers have found that the NIK is another's: that is a decision about its holder, too."""
    refuse(ports, session, holder, now)
    session.add(
        Review(
            id=new_id(),
            kind=ReviewKind.IDENTITY,
            worker_id=holder.id,
            about_id=holder.id,
            decision=Ruling.REFUSE,
            decided_by=officer.account_id,
            closed_at=now,
        )
    )
    # Beside the deed of the case: who looks for what was decided about the holder finds it.
    deed = Deed(
        action=AuditAction.DECIDED_REVIEW,
        worker_id=holder.id,
        about_id=holder.id,
        reason=AccessReason.IDENTITY_CASE,
        details={
            "kind": ReviewKind.IDENTITY.value,
            "decision": Ruling.REFUSE.value,
            "outcome": Outcome.DECIDED.value,
        },
    )
    record(session, officer, deed, now)
    session.flush()


def _tell(ports: Ports, session: Session, worker: Worker, now: datetime) -> None:
    """Who never signed in has not asked for anything yet, and is welcomed by other words."""
    if worker.claimed_at is not None:
        notices.queue(ports, session, worker, MessageKind.IDENTITY_DECIDED, now)
