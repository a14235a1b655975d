"""What there is to judge an identity by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.identity_check import IdentityCheck, select_checks
from models.values.identity import Element, Finding, IdentityStatus
from models.values.masked_name import masked_name
from models.values.nik_review import NikNote
from models.values.review import ReviewKind
from models.worker import Worker, count_others_on, select_others_with
from services.reviews.cases import Case

MOST_OTHERS = 20


@dataclass(frozen=True, kw_only=True)
class Score:
    """How well an element agrees with the registry, 0-100."""

    name: Element
    score: int


@dataclass(frozen=True, kw_only=True)
class CheckSeen:
    """One time that the population registry was asked.

    :param scores: empty until it has answered, or where it compared nothing.
    :param by_partner: it was asked what a partner sent, not what the worker did.
    :param same_nik: it was asked about the NIK that is on record now.
    """

    requested_at: datetime
    answered_at: datetime | None
    outcome: IdentityStatus | None
    finding: Finding | None
    response_code: str | None
    scores: Sequence[Score]
    notes: Sequence[NikNote]
    by_partner: bool
    same_nik: bool
    superseded: bool


@dataclass(frozen=True, kw_only=True)
class OtherClaim:
    """Another worker with the NIK.

    :param verified_at: since when they hold it; None: they do not.
    """

    worker_id: UUID
    registration_number: str
    masked_name: str
    birth_year: int
    status: IdentityStatus
    registered_at: datetime
    verified_at: datetime | None

    @property
    def holds(self) -> bool:
        return self.verified_at is not None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """:param corrections: how often the worker asked to be checked after the first time."""

    checks: Sequence[CheckSeen]
    corrections: int
    others_with_nik: Sequence[OtherClaim]
    others_on_phone: int


def others_seen(session: Session, case: Case, worker: Worker) -> Sequence[Worker]:
    """Who else has the NIK of whose identity a case is about."""
    if case.kind is not ReviewKind.IDENTITY:
        return []
    return session.scalars(
        select_others_with(worker.nik_key, worker_id=worker.id, limit=MOST_OTHERS)
    ).all()


def evidence_of(session: Session, worker: Worker, others: Sequence[Worker]) -> Evidence:
    checks = session.scalars(select_checks(worker.id)).all()
    asked = sum(each.enrolment_id is None for each in checks)
    on_phone = count_others_on(worker.phone_key, worker_id=worker.id)
    return Evidence(
        checks=[_check(worker, each) for each in checks],
        corrections=max(0, asked - 1),
        others_with_nik=[_other(each) for each in others],
        others_on_phone=session.scalars(on_phone).one(),
    )


def _check(worker: Worker, check: IdentityCheck) -> CheckSeen:
    scores = check.scores or {}
    return CheckSeen(
        requested_at=check.requested_at,
        answered_at=check.answered_at,
        outcome=check.outcome,
        finding=check.finding,
        response_code=check.response_code,
        scores=[Score(name=each, score=scores[each]) for each in Element if each in scores],
        notes=[NikNote(each) for each in check.notes or ()],
        by_partner=check.enrolment_id is not None,
        same_nik=check.nik_key == worker.nik_key,
        superseded=check.superseded_at is not None,
    )


def _other(worker: Worker) -> OtherClaim:
    holds = worker.identity_status is IdentityStatus.VERIFIED
    return OtherClaim(
        worker_id=worker.id,
        registration_number=worker.registration_number,
        masked_name=masked_name(worker.full_name),
        birth_year=worker.birth_date.year,
        status=worker.identity_status,
        registered_at=worker.registered_at,
        verified_at=worker.identity_checked_at if holds else None,
    )
