"""What follows from the population registry's answer: for the worker, and for those who enrolled them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from models.enrolment import Enrolment
from models.enrolment_checks import (
    select_enrolment_of_check,
    select_uncompared,
    supersede_checks_of,
)
from models.identity_check import (
    IdentityCheck,
    count_checks_of_nik,
    select_unanswered_check,
    supersede_checks,
)
from models.identity_verdict import ENOUGH_TRIED, IdentityReason, Verdict, judge
from models.review import select_given_back_at
from models.values.identity import Finding, IdentityStatus
from models.values.nik_review import NikNote
from models.worker import Worker
from services.holding_nik import HolderMoved, hold_with_holder, stand
from services.identity_refusal import refuse_worker
from services.links.adopting import adopt
from services.links.batch_trial import count_answer
from services.links.merging import may_merge, merge
from services.links.verdict import judge_by_answer, settle
from services.ports import Comparison, Ports

# (policy) A NIK that is asked about again and again, by one phone after another.
CHECKS_PER_NIK = 5
CHECKS_PER_NIK_WITHIN = timedelta(days=30)
_MOST_TRIES = 5


@dataclass(frozen=True)
class _Answered:
    """A check and its answer, while the worker and whoever holds the NIK are held.

    :param holder: another worker who holds the NIK that was asked about.
    """

    ports: Ports
    session: Session
    check: IdentityCheck
    worker: Worker
    holder: Worker | None
    now: datetime


def checked_of_nik(
    session: Session,
    nik_key: bytes,
    now: datetime,
    *,
    enrolment_id: UUID | None = None,
    given_back_at: datetime | None = None,
) -> int:
    """How often a NIK was asked about of late, by people or for the partner of an enrolment.

    :param given_back_at: when staff let the worker correct again; what came before does not count.
    """
    since = now - CHECKS_PER_NIK_WITHIN
    if given_back_at is not None:
        since = max(since, given_back_at)
    return session.scalars(count_checks_of_nik(nik_key, since, enrolment_id=enrolment_id)).one()


def conclude(
    ports: Ports, check_id: UUID, comparison: Comparison, notes: Sequence[NikNote]
) -> None:
    """Write down what the registry said, and act on it: all of it, or nothing."""
    for _ in range(_MOST_TRIES):
        try:
            with ports.transactions.begin() as session:
                _conclude(ports, session, check_id, comparison, notes)
        except HolderMoved:
            continue
        return
    raise RuntimeError(f"who holds a NIK has changed {_MOST_TRIES} times in a row")


def _conclude(
    ports: Ports,
    session: Session,
    check_id: UUID,
    comparison: Comparison,
    notes: Sequence[NikNote],
) -> None:
    answered = _answered(ports, session, check_id)
    if answered is None:
        return
    concluded, found = answered.check, judge(comparison.finding, comparison.scores)
    verdict = _verdict(answered, found)
    concluded.outcome = verdict.status
    concluded.notes = [note.value for note in notes]
    _record(concluded, comparison, answered.now)
    enrolments = _of_same_data(answered)
    # A partner learns of what it sent, and nothing of how often others have tried.
    status = verdict.status if concluded.enrolment_id else found.status
    adopted = _adopted(answered, enrolments, verdict)
    for enrolment in enrolments:
        judge_by_answer(ports, session, answered.worker, enrolment, status, answered.now)
    session.flush()
    session.execute(supersede_checks_of([each.id for each in enrolments], answered.now))
    if adopted or _is_about_worker(answered):
        _apply(answered, _reviewed(verdict, enrolments))
    if concluded.enrolment_id is not None:
        not_found = comparison.finding is Finding.NOT_FOUND
        count_answer(session, concluded.enrolment_id, not_found=not_found, now=answered.now)


def _answered(ports: Ports, session: Session, check_id: UUID) -> _Answered | None:
    """:raises HolderMoved: the check is another worker's by now."""
    open_check = session.scalar(select_unanswered_check(check_id))
    if open_check is None:
        return None
    worker_id = open_check.worker_id
    worker, holder = hold_with_holder(session, worker_id, open_check.nik_key)
    as_it_is = select_unanswered_check(check_id).execution_options(populate_existing=True)
    concluded = session.scalar(as_it_is)
    if concluded is None:
        return None
    if concluded.worker_id != worker_id:
        raise HolderMoved
    if worker is None:  # erased
        return None
    return _Answered(ports, session, concluded, worker, holder, ports.clock.now())


def _verdict(answered: _Answered, found: Verdict) -> Verdict:
    if found.reason is not IdentityReason.MISMATCH:
        return found
    # Registering a NIK again and again, from one phone after another, must not tell a stranger
    # piece by piece what the registry holds. Who knows everything at once is verified above.
    asked = checked_of_nik(
        answered.session,
        answered.check.nik_key,
        answered.now,
        enrolment_id=answered.check.enrolment_id,
        given_back_at=answered.session.scalar(select_given_back_at(answered.worker.id)),
    )
    return ENOUGH_TRIED if asked > CHECKS_PER_NIK else found


def _record(concluded: IdentityCheck, comparison: Comparison, now: datetime) -> None:
    concluded.finding = comparison.finding
    concluded.response_code = comparison.response_code
    concluded.scores = {element.value: score for element, score in comparison.scores.items()}
    concluded.answered_at = now


def _of_same_data(answered: _Answered) -> Sequence[Enrolment]:
    """Whose data it was that was compared, of those that nobody has judged yet. To a tie that has
    ended it is all the same."""
    session, concluded = answered.session, answered.check
    if concluded.of_record and concluded.superseded_at is None:
        uncompared = session.scalars(select_uncompared(answered.worker.id))
        return [each for each in uncompared if each.ended_at is None]
    if concluded.enrolment_id is None:
        return []
    enrolment = session.scalars(select_enrolment_of_check(concluded.enrolment_id)).one()
    wanted = enrolment.identity_status is IdentityStatus.PENDING and enrolment.ended_at is None
    return [enrolment] if wanted else []


def _adopted(answered: _Answered, enrolments: Sequence[Enrolment], verdict: Verdict) -> bool:
    """Whether the record is what was compared from now on, though it was another."""
    if answered.check.of_record or verdict.status is not IdentityStatus.VERIFIED:
        return False
    beside = (answered.ports, answered.session, answered.worker)
    return any(adopt(*beside, enrolment) for enrolment in enrolments)


def _is_about_worker(answered: _Answered) -> bool:
    """The worker may have corrected something while the registry was thinking."""
    concluded = answered.check
    if concluded.superseded_at is not None or not concluded.of_record:
        return False
    if concluded.enrolment_id is None:
        return True
    return answered.worker.identity_status is IdentityStatus.PENDING


def _reviewed(verdict: Verdict, enrolments: Sequence[Enrolment]) -> Verdict:
    """People look at those of whom many came with one phone, who have not spoken for themselves."""
    if verdict.status is IdentityStatus.VERIFIED and any(each.many_on_phone for each in enrolments):
        return Verdict(IdentityStatus.IN_REVIEW, IdentityReason.MANY_ON_PHONE, verdict.matched)
    return verdict


def _apply(answered: _Answered, verdict: Verdict) -> None:
    session, worker, now = answered.session, answered.worker, answered.now
    answered.check.outcome = verdict.status
    # Whoever asked: the record is judged.
    session.execute(supersede_checks(worker.id, now))
    if verdict.status is IdentityStatus.VERIFIED and answered.holder is not None:
        verdict = _beside_holder(answered, answered.holder, verdict)
        if worker.erased_at is not None:
            return
    worker.identity_elements = [
        {"name": element.value, "matched": matched} for element, matched in verdict.matched.items()
    ]
    worker.identity_checked_at = now
    if verdict.status is IdentityStatus.REFUSED:
        refuse_worker(session, worker, verdict.reason, now)
        return
    answered.check.outcome = verdict.status
    stand(session, worker, verdict.status, verdict.reason)
    if verdict.status is IdentityStatus.VERIFIED:
        settle(answered.ports, session, worker, now)


def _beside_holder(answered: _Answered, holder: Worker, verdict: Verdict) -> Verdict:
    """Both match. A record that nobody has signed in to becomes part of the other one; of two
    people who have, the later one is for staff."""
    ports, session, worker, now = answered.ports, answered.session, answered.worker, answered.now
    unclaimed = next((each for each in (worker, holder) if each.claimed_at is None), None)
    if unclaimed is None or not may_merge(session, worker, holder):
        reason = IdentityReason.HELD_BY_ANOTHER
        return Verdict(IdentityStatus.IN_REVIEW, reason, verdict.matched)
    merge(ports, session, unclaimed, holder if unclaimed is worker else worker, now)
    return verdict
