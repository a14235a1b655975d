"""A worker takes a copy of everything that is held about them (UU 27/2022, articles 7 and 13)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.orm import Session

from models import phone_change_request
from models.bank_call import BankCall, select_calls_about
from models.base import Model
from models.consent import WorkerConsent, select_consents
from models.contribution import Contribution, select_paid_months
from models.coverage_event import CoverageEvent, select_events
from models.data_access import DataAccess, select_accesses
from models.enrolment import Enrolment
from models.erasure_request import ErasureRequest, select_requests
from models.identity_check import IdentityCheck, select_checks
from models.invoice import Invoice, InvoiceMonth, select_invoices
from models.message import Message, select_messages_to
from models.payment import LedgerPosting, Payment, select_payments, select_postings
from models.phone_change import PhoneChange, select_phone_changes
from models.phone_change_request import PhoneChangeRequest
from models.phone_verification import PhoneVerification, select_verifications_of
from models.privacy_request import PrivacyRequest, select_privacy_requests
from models.refund import RefundCase, select_refund_cases
from models.reminder import Reminder, select_reminders
from models.review import Review, select_reviews_of
from models.sign_in import SignIn, select_sign_ins
from models.terms import ContributionTerms, select_terms
from models.values.access import Access, Seen
from models.values.identity import IdentityStatus
from models.values.month import Month
from models.worker import Worker, WorkerOccupation, select_profile
from models.worker_links import select_links
from services import access_log, coverage, fresh_phone, phone_recovery
from services.callers import SignedIn
from services.coverage import CoverageReport
from services.errors import SignInRequired
from services.links.documents import required
from services.notices import PHONE_PLACE, RECIPIENT_PLACE
from services.person_on_record import MOTHER_PLACE, NIK_PLACE
from services.ports import Ports
from services.profile import Profile, opened

SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Subject:
    """The worker that a copy is made for, with occupations and the village up to its province."""

    ports: Ports
    session: Session
    worker: Worker


@dataclass(frozen=True)
class Section:
    """A part of the copy.

    :param tables: those whose rows about the worker it tells in full.
    """

    tables: tuple[type[Model], ...]
    told: Callable[[Subject], Any]


@dataclass(frozen=True, kw_only=True)
class Record(Profile):
    """What ``GET /v1/me`` shows, and what that masks or leaves out."""

    nik: str
    mother_maiden_name: str | None
    phone: str
    referral_code: str | None
    language: str
    member_number: str | None
    paid_through: Month | None


def export(ports: Ports, caller: SignedIn, phone_token: str) -> Mapping[str, Any]:
    """Everything, by the names of ``SECTIONS``, as of one instant. The token stays good: on a bad
    line a copy is asked for more than once.

    :raises OwnPhoneNeeded: the number on record was not verified a moment ago.
    """
    with ports.transactions.begin() as session:
        worker = session.scalar(select_subject(caller.worker_id))
        if worker is None:
            raise SignInRequired
        fresh_phone.own(ports, session, worker, phone_token)
        return copy_of(ports, session, worker, Access.by_worker(Seen.EVERYTHING))


def copy_of(ports: Ports, session: Session, worker: Worker, seen: Access) -> Mapping[str, Any]:
    """Everything, which is in the access log as seen.

    :param worker: held, with occupations and the village up to its province.
    """
    now = ports.clock.now()
    access_log.record(session, worker.id, seen, now)
    session.flush()
    subject = Subject(ports, session, worker)
    copy = {name: section.told(subject) for name, section in SECTIONS.items()}
    return {"schema_version": SCHEMA_VERSION, "made_at": now, **copy}


def select_subject(worker_id: UUID) -> Select[Worker]:
    """Held, so that nothing of it changes between two sections."""
    return select_profile(worker_id).with_for_update(of=Worker, read=True)


def _rows(statement: Callable[[UUID], Select[Any]]) -> Callable[[Subject], Sequence[Any]]:
    """Every row of a table about the worker."""
    return lambda subject: subject.session.scalars(statement(subject.worker.id)).all()


def _record(subject: Subject) -> Record:
    ports, worker = subject.ports, subject.worker
    ahead = coverage.outlook(ports, subject.session, worker.id)

    def text(place: str, sealed: bytes) -> str:
        return ports.vault.open(place, worker.id, sealed)

    mother = worker.mother_maiden_name_sealed

    return Record(
        **vars(opened(ports.vault, worker, ahead)),
        nik=text(NIK_PLACE, worker.nik_sealed),
        mother_maiden_name=None if mother is None else text(MOTHER_PLACE, mother),
        phone=text(PHONE_PLACE, worker.phone_sealed),
        referral_code=worker.referral_code,
        language=worker.language,
        member_number=worker.member_number,
        paid_through=worker.paid_through,
    )


def _coverage(subject: Subject) -> CoverageReport:
    return coverage.report(subject.ports, subject.session, subject.worker.id)


def _checks(subject: Subject) -> list[dict[str, Any]]:
    checks = subject.session.scalars(select_checks(subject.worker.id)).all()
    return [_check(subject.worker, check) for check in checks]


def _check(worker: Worker, check: IdentityCheck) -> dict[str, Any]:
    """What the registry said is told where the NIK is proven to be the worker's. Of any other it
    would tell about somebody else, score by score (UU 27/2022, article 33)."""
    own = worker.identity_status is IdentityStatus.VERIFIED and check.nik_key == worker.nik_key
    scores = [{"name": name, "score": score} for name, score in (check.scores or {}).items()]
    return {
        **vars(check),
        "notes": check.notes or [],
        "finding": check.finding if own else None,
        "response_code": check.response_code if own else None,
        "scores": scores if own else [],
    }


def _invoices(subject: Subject) -> list[dict[str, Any]]:
    """As they are stored, but for the status, which the clock may have changed."""
    now = subject.ports.clock.now()
    invoices = subject.session.scalars(select_invoices(subject.worker.id)).all()
    return [{**vars(invoice), "status": invoice.status_at(now)} for invoice in invoices]


def _paid_months(subject: Subject) -> list[dict[str, Any]]:
    """With the name of the partner where one paid."""
    months = subject.session.execute(select_paid_months(subject.worker.id))
    return [{**vars(month), "paid_by": partner} for month, partner in months]


def _messages(subject: Subject) -> list[dict[str, Any]]:
    statement = select_messages_to(subject.worker.id, subject.worker.phone_key)
    return [_message(subject.ports, each) for each in subject.session.scalars(statement)]


def _message(ports: Ports, message: Message) -> dict[str, Any]:
    to = message.recipient_sealed
    opened_to = ports.vault.open(RECIPIENT_PLACE, message.id, to) if to else None
    return {**vars(message), "recipient": opened_to}


def _phone_requests(subject: Subject) -> list[dict[str, Any]]:
    """The number that was asked for may be a stranger's, so it is told as in the app: masked."""
    ports, now = subject.ports, subject.ports.clock.now()
    asked = subject.session.scalars(phone_change_request.select_requests(subject.worker.id)).all()
    return [vars(phone_recovery.seen(ports, each, now)) for each in asked]


def _partners(subject: Subject) -> list[dict[str, Any]]:
    """Who enrolled them and what came of it. What a partner sent besides may be about a stranger,
    whose NIK was mistaken for theirs; it is kept only until it has been judged."""
    asked = select_links(subject.worker.id, required(subject.ports))
    rows = subject.session.execute(asked).all()
    return [{**vars(tie), "name": name, "link": tie.link} for tie, name, _ in rows]


def _verifications(subject: Subject) -> Sequence[PhoneVerification]:
    statement = select_verifications_of(subject.worker.phone_key)
    return subject.session.scalars(statement).all()


def _decisions(subject: Subject) -> Sequence[Review]:
    """What our staff decided; not what one of them has, which may yet come to nothing."""
    reviews = subject.session.scalars(select_reviews_of(subject.worker.id))
    return [each for each in reviews if each.decision is not None]


SECTIONS: Mapping[str, Section] = {
    "worker": Section((Worker, WorkerOccupation), _record),
    "consents": Section((WorkerConsent,), _rows(select_consents)),
    "identity_checks": Section((IdentityCheck,), _checks),
    "coverage": Section((), _coverage),
    "plan_choices": Section((ContributionTerms,), _rows(select_terms)),
    "invoices": Section((Invoice, InvoiceMonth), _invoices),
    "payments": Section((Payment,), _rows(select_payments)),
    "paid_months": Section((Contribution,), _paid_months),
    "ledger": Section((LedgerPosting,), _rows(select_postings)),
    "bank_calls": Section((BankCall,), _rows(select_calls_about)),
    "messages": Section((Message,), _messages),
    "reminders": Section((Reminder,), _rows(select_reminders)),
    "coverage_events": Section((CoverageEvent,), _rows(select_events)),
    "phone_verifications": Section((PhoneVerification,), _verifications),
    "phone_changes": Section((PhoneChange,), _rows(select_phone_changes)),
    "phone_change_requests": Section((PhoneChangeRequest,), _phone_requests),
    "refund_cases": Section((RefundCase,), _rows(select_refund_cases)),
    "partners": Section((Enrolment,), _partners),
    "sessions": Section((SignIn,), _rows(select_sign_ins)),
    "accesses": Section((DataAccess,), _rows(select_accesses)),
    "erasure_requests": Section((ErasureRequest,), _rows(select_requests)),
    "privacy_requests": Section((PrivacyRequest,), _rows(select_privacy_requests)),
    "decisions": Section((Review,), _decisions),
}
"""What the copy consists of. A new table that tells of a worker has its line here."""
