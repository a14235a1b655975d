"""What an officer sees of a case: enough to decide it, with NIK and phone masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.phone_change_request import PhoneChangeRequest
from models.review import Review, select_review, select_username
from models.values.access import Access, AccessReason, Seen
from models.values.nik import Nik
from models.values.phone import PhoneNumber
from models.values.review import ReviewKind, Ruling
from models.values.sex import Sex
from models.values.staff_fields import Shown, Sight, StaffField, View
from models.values.words import Words
from models.worker import Worker
from services import access_log, phone_recovery
from services.callers import StaffCaller
from services.identity_words import REASONS
from services.notices import phone_of
from services.person_on_record import NIK_PLACE
from services.ports import Ports
from services.reviews.cases import Case
from services.reviews.evidence import Evidence, evidence_of
from services.reviews.holding import LookedAt
from services.reviews.refund_case import Refund, refund_of
from services.reviews.words import to_ask_for


@dataclass(frozen=True, kw_only=True)
class FirstDecision:
    """What one officer has decided, and another one has to confirm."""

    decision: Ruling
    by: str
    at: datetime
    note: str | None
    displaces: UUID | None


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Whom a case is about: what the field table shows of them. Of the birth date there is the year,
    as the NIK is masked."""

    registered_at: datetime
    claimed_at: datetime | None
    full_name: str
    nik_masked: str
    birth_year: int
    birth_place: str | None
    sex: Sex | None
    phone_masked: str


@dataclass(frozen=True, kw_only=True)
class PhoneChangeAsked:
    requested_at: datetime
    hold_until: datetime
    new_phone_masked: str | None


@dataclass(frozen=True, kw_only=True)
class OpenedCase:
    """:param told: what the worker reads about it, of an identity.
    :param mine: whether the officer who looks has claimed it.
    :param identity: of an identity; ``phone_change`` and ``refund`` likewise.
    :param to_ask_for: what is to be seen and asked before it is decided.
    """

    case: Case
    told: Words | None
    mine: bool
    first: FirstDecision | None
    worker: Subject
    to_ask_for: Sequence[Words]
    identity: Evidence | None = None
    phone_change: PhoneChangeAsked | None = None
    refund: Refund | None = None


def open_review(session: Session, about_id: UUID) -> Review | None:
    """What officers have done about a case so far."""
    return session.scalar(select_review(about_id))


def opened(
    ports: Ports,
    session: Session,
    officer: StaffCaller,
    looked_at: LookedAt,
    review: Review | None,
    now: datetime,
) -> OpenedCase:
    """The case, told to those who are seen by it in the same transaction."""
    case, worker = looked_at.case, looked_at.worker
    _record(session, officer, looked_at, now)
    evidence, phone_change, refund = None, None, None
    match case.kind:
        case ReviewKind.IDENTITY:
            evidence = evidence_of(session, worker, looked_at.others)
        case ReviewKind.PHONE_CHANGE:
            phone_change = _phone_change(ports, session, case, now)
        case ReviewKind.REFUND:
            refund = refund_of(session, case.id)
    return OpenedCase(
        case=case,
        told=REASONS[case.reason] if case.reason else None,
        mine=review is not None and review.held_by(officer.account_id, now),
        first=_first(session, review),
        worker=_subject(ports, worker, Sight(officer.role, case.access_reason)),
        to_ask_for=to_ask_for(case.kind, case.reason),
        identity=evidence,
        phone_change=phone_change,
        refund=refund,
    )


def _record(session: Session, officer: StaffCaller, looked_at: LookedAt, now: datetime) -> None:
    """Others who have the NIK see that they were looked at, too."""
    case, role = looked_at.case, officer.role
    bill = (Seen.BILL,) if case.kind is ReviewKind.REFUND else ()
    whole = Access.by_staff(role, case.access_reason, Seen.RECORD, *bill)
    part = Access.by_staff(role, AccessReason.IDENTITY_CASE, Seen.MATCH, Seen.REGISTRATION_NUMBER)
    seen = {each.id: part for each in looked_at.others} | {looked_at.worker.id: whole}
    # In the order in which everybody holds several: each row holds whom it names for a moment.
    for worker_id in sorted(seen):
        access_log.record(session, worker_id, seen[worker_id], now)


def _phone_change(ports: Ports, session: Session, case: Case, now: datetime) -> PhoneChangeAsked:
    asked = phone_recovery.seen(ports, session.get_one(PhoneChangeRequest, case.id), now)
    return PhoneChangeAsked(
        requested_at=asked.requested_at,
        hold_until=asked.hold_until,
        new_phone_masked=asked.new_phone_masked,
    )


def _first(session: Session, review: Review | None) -> FirstDecision | None:
    if review is None or not (review.first_decision and review.first_by and review.first_at):
        return None
    return FirstDecision(
        decision=review.first_decision,
        by=session.scalars(select_username(review.first_by)).one(),
        at=review.first_at,
        note=review.first_note,
        displaces=review.displaces,
    )


def _subject(ports: Ports, worker: Worker, sight: Sight) -> Subject:
    def is_plain(named: StaffField) -> bool:
        return sight.of(named, View.CASE) is Shown.PLAIN

    nik = Nik(ports.vault.open(NIK_PLACE, worker.id, worker.nik_sealed))
    number: PhoneNumber = phone_of(ports, worker)
    return Subject(
        registered_at=worker.registered_at,
        claimed_at=worker.claimed_at,
        full_name=worker.full_name,
        nik_masked=nik.masked,
        birth_year=worker.birth_date.year,
        birth_place=worker.birth_place if is_plain(StaffField.BIRTH_PLACE) else None,
        sex=worker.sex if is_plain(StaffField.SEX) else None,
        phone_masked=number.masked,
    )
