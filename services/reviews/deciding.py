"""Officers decide cases: alone, or two of them where it takes something away from somebody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.review import Review, select_review_to_change
from models.values import faults
from models.values.audit import AuditAction
from models.values.decision import Decision, Outcome
from models.values.review import RULINGS, ReviewKind, Ruling
from services import phone_recovery
from services.audit.recording import Deed, record, refusals_on_record
from services.callers import StaffCaller
from services.errors import FieldFault, Invalid
from services.once import Once
from services.ports import Ports
from services.reviews import identity_case
from services.reviews.claiming import refuse_another
from services.reviews.errors import (
    NOT_OF_THIS_KIND,
    DecisionDiffers,
    NothingToSendBack,
    ReviewChanged,
    ReviewNotClaimed,
    SecondOfficerNeeded,
)
from services.reviews.holding import HeldCase, hold, record_of
from services.reviews.moving import again_when_moved
from services.reviews.refund_case import pay_back


@dataclass(frozen=True, kw_only=True)
class Decided:
    """:param decision: the one that was made, or waits for another officer."""

    id: UUID
    outcome: Outcome
    decision: Ruling


def decide(
    ports: Ports,
    officer: StaffCaller,
    review_id: UUID,
    decision: Decision,
    once: Once[Decided],
) -> Decided:
    """Decide a case that the officer has claimed. What takes something away from a worker, or
    brings back who was refused, waits for another officer, who decides the same or sends it back.

    :raises Invalid: it is no decision for such a case, or lacks the bank's reference.
    :raises ReviewNotFound: there never was anything of this id to decide.
    :raises ReviewOver: it is not to be decided any more.
    :raises ReviewNotClaimed: the officer does not have the case.
    :raises ReviewClaimed: a colleague does.
    :raises ReviewChanged: it is not what the officer saw.
    :raises SecondOfficerNeeded: the officer has decided it before.
    :raises DecisionDiffers: another officer has decided otherwise.
    :raises NothingToSendBack: no other officer has decided it.
    :raises NikHeldByAnother: another worker holds the NIK.
    :raises NotTheHolder: ``displaces`` does not.
    :raises NobodyDisplaced: it does, but nobody has to be.
    :raises PhoneChangeOnHold: there is still time to object.
    :raises WantedPhoneUsed: the same NIK is claimed from that phone by another registration.
    """
    details = {"decision": decision.decision.value}
    tried = Deed(
        action=AuditAction.DECIDED_REVIEW,
        about_id=review_id,
        note=decision.note,
        details=details,
    )
    with refusals_on_record(ports, officer, tried):
        return again_when_moved(lambda: _decide(ports, officer, review_id, decision, once))


def _decide(
    ports: Ports,
    officer: StaffCaller,
    review_id: UUID,
    decision: Decision,
    once: Once[Decided],
) -> Decided:
    with ports.transactions.begin() as session:
        once.claim(ports, session)
        now = ports.clock.now()
        held = hold(session, review_id, now)
        _refuse_unfit(held, decision)
        review = _claimed(ports, session, officer, held, now)
        outcome = _rule(ports, session, officer, held, review, decision, now)
        ruling = review.first_decision or decision.decision
        displaces = review.displaces or decision.displaces
        _record(session, officer, held, replace(decision, displaces=displaces), outcome, now)
        decided = Decided(id=held.case.id, outcome=outcome, decision=ruling)
        return once.remember(ports, session, decided)


def _refuse_unfit(held: HeldCase, decision: Decision) -> None:
    """:raises Invalid: as for ``decide``."""
    found = []
    if decision.decision not in RULINGS[held.case.kind]:
        found.append(FieldFault.of("/decision", NOT_OF_THIS_KIND))
    elif decision.decision is Ruling.PAID and decision.bank_reference is None:
        found.append(FieldFault.of("/bank_reference", faults.REQUIRED))
    if decision.displaces is not None and decision.decision is not Ruling.VERIFY:
        found.append(FieldFault.of("/displaces", NOT_OF_THIS_KIND))
    if decision.bank_reference is not None and decision.decision is not Ruling.PAID:
        found.append(FieldFault.of("/bank_reference", NOT_OF_THIS_KIND))
    if found:
        raise Invalid(*found)


def _claimed(
    ports: Ports, session: Session, officer: StaffCaller, held: HeldCase, now: datetime
) -> Review:
    """What the officer does about the case, who has it and saw it as it is."""
    review = session.scalar(select_review_to_change(held.case.id))
    if review is None:
        raise ReviewNotClaimed
    if not review.held_by(officer.account_id, now):
        if review.first_by == officer.account_id:
            raise SecondOfficerNeeded
        refuse_another(session, review, officer, now)
        raise ReviewNotClaimed
    if review.record != record_of(ports.vault, held.case, held.worker):
        raise ReviewChanged
    return review


def _rule(
    ports: Ports,
    session: Session,
    officer: StaffCaller,
    held: HeldCase,
    review: Review,
    decision: Decision,
    now: datetime,
) -> Outcome:
    ruling = decision.decision
    if ruling is Ruling.SEND_BACK:
        if review.first_decision is None:
            raise NothingToSendBack
        review.forget_first()
        review.release()
        return Outcome.SENT_BACK
    _refuse_differing(review, decision)
    displaces = review.displaces or decision.displaces
    if ruling is Ruling.VERIFY:
        identity_case.refuse_another_holder(session, held, displaces)
    if review.first_decision is None and _takes_two(held, decision):
        review.decide_first(ruling, officer.account_id, decision.note, displaces, now)
        return Outcome.AWAITING_SECOND
    # First, because whoever becomes part of another record takes the notes along.
    review.close(ruling, officer.account_id, decision.note, now)
    session.flush()
    _carry_out(ports, session, officer, held, decision, now)
    return Outcome.DECIDED


def _refuse_differing(review: Review, decision: Decision) -> None:
    """:raises DecisionDiffers: it is not what the first officer has decided."""
    if review.first_decision is None:
        return
    same = decision.displaces in (None, review.displaces)
    if decision.decision is not review.first_decision or not same:
        raise DecisionDiffers


def _takes_two(held: HeldCase, decision: Decision) -> bool:
    """What takes something away from somebody, and what undoes that."""
    if held.case.kind is not ReviewKind.IDENTITY:
        return False
    refuses = decision.decision is Ruling.REFUSE or decision.displaces is not None
    return refuses or held.is_refused


def _carry_out(
    ports: Ports,
    session: Session,
    officer: StaffCaller,
    held: HeldCase,
    decision: Decision,
    now: datetime,
) -> None:
    match decision.decision:
        case Ruling.VERIFY:
            identity_case.verify(ports, session, officer, held, now)
        case Ruling.NEEDS_CORRECTION:
            identity_case.give_back(ports, session, held.worker, now)
        case Ruling.REFUSE:
            identity_case.refuse(ports, session, held.worker, now)
        case Ruling.APPROVE:
            phone_recovery.approve(ports, session, held.case.id, enrolled=held.enrolled)
        case Ruling.REJECT:
            phone_recovery.reject(ports, session, held.case.id)
        case Ruling.PAID:
            pay_back(session, held.case.id, decision.bank_reference or "", now)


def _record(
    session: Session,
    officer: StaffCaller,
    held: HeldCase,
    decision: Decision,
    outcome: Outcome,
    now: datetime,
) -> None:
    details = {
        "kind": held.case.kind.value,
        "decision": decision.decision.value,
        "outcome": outcome.value,
    }
    if decision.displaces is not None:
        details["displaces"] = str(decision.displaces)
    deed = Deed(
        action=AuditAction.DECIDED_REVIEW,
        worker_id=held.case.worker_id,
        about_id=held.case.id,
        reason=held.case.access_reason,
        note=decision.note,
        details=details,
    )
    record(session, officer, deed, now)
