"""An officer opens a worker's record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.consent import WorkerConsent, select_consents
from models.invoice import Invoice, InvoiceStatus, select_open_bill
from models.next_step import NextStep
from models.record_standing import RecordStanding
from models.staff_record import (
    CaseKind,
    OpenCase,
    Reaching,
    reaching,
    select_lately_sent,
    select_open_cases,
    select_record,
)
from models.values.access import Access, AccessReason, Seen
from models.values.audit import AuditAction
from models.values.identity import IdentityStatus
from models.values.member_number import MemberNumber
from models.values.registration_number import RegistrationNumber
from models.values.staff_fields import Sight, StaffField
from models.worker import Worker
from models.worker_links import WorkerLink, read_link, select_links
from services import access_log, coverage
from services.audit.recording import Deed, record
from services.callers import StaffCaller
from services.coverage import CoverageReport
from services.errors import DomainError
from services.links.documents import required
from services.lookup.errors import WorkerNotFound
from services.lookup.opened import masked_nik, masked_phone
from services.lookup.pacing import Pacer
from services.lookup.record import CoverShown, IdentityShown, OpenInvoice, Record, Shades
from services.ports import Ports
from services.profile import identity_of, path_of

_MOST_LISTED = 50
"""Of consents and of ties: nobody has so many."""


def view(
    ports: Ports,
    officer: StaffCaller,
    worker_id: UUID,
    reason: AccessReason,
) -> Record:
    """What an officer needs of a worker for this reason. The worker is told of it.

    :raises WorkerNotFound: there is none under this id; that they tried is on record.
    :raises TooManyViews: the officer opens records faster than people call.
    """
    opening = _Opening(ports, officer, worker_id, Sight(officer.role, reason))
    with ports.transactions.begin() as session:
        outcome = opening.outcome(session, ports.clock.now())
    if isinstance(outcome, DomainError):
        # Behind the transaction, which keeps the record of it.
        raise outcome
    return outcome


@dataclass(frozen=True)
class _Opening:
    ports: Ports
    officer: StaffCaller
    worker_id: UUID
    sight: Sight

    def outcome(self, session: Session, now: datetime) -> Record | DomainError:
        deed = Deed(
            action=AuditAction.VIEWED_WORKER,
            worker_id=self.worker_id,
            reason=self.sight.reason,
        )
        if too_quick := Pacer.VIEW.too_quick(session, self.officer, deed, now):
            return too_quick
        worker = session.scalar(select_record(self.worker_id))
        refused = None if worker else WorkerNotFound()
        record(session, self.officer, deed, now, refusal=refused)
        if worker is None:
            return WorkerNotFound()
        access = Access.by_staff(self.officer.role, self.sight.reason, Seen.RECORD)
        access_log.record(session, worker.id, access, now)
        read = _read(self.ports, session, worker, now)
        return _record(self.ports, read, Shades(self.sight), now)


@dataclass(frozen=True, kw_only=True)
class _Read:
    """Everything that a record can show."""

    worker: Worker
    cover: CoverageReport
    bill: Invoice | None
    consents: list[WorkerConsent]
    links: list[WorkerLink]
    messages: Reaching
    cases: list[OpenCase]


def _read(ports: Ports, session: Session, worker: Worker, now: datetime) -> _Read:
    bill = session.scalar(select_open_bill(worker.id))
    links = select_links(worker.id, required(ports), limit=_MOST_LISTED)
    sent = session.scalars(select_lately_sent(worker.id, worker.phone_key, now)).all()
    return _Read(
        worker=worker,
        cover=coverage.report(ports, session, worker.id),
        bill=bill if bill and bill.status_at(now) is InvoiceStatus.OPEN else None,
        consents=list(session.scalars(select_consents(worker.id, limit=_MOST_LISTED))),
        links=[read_link(row) for row in session.execute(links)],
        messages=reaching(sent),
        cases=_cases(session, worker),
    )


def _cases(session: Session, worker: Worker) -> list[OpenCase]:
    cases = [
        OpenCase(kind=CaseKind(kind), id=case_id, opened_at=opened_at)
        for kind, case_id, opened_at in session.execute(select_open_cases(worker.id))
    ]
    if worker.identity_status is not IdentityStatus.IN_REVIEW or worker.erased_at:
        return cases
    opened_at = worker.identity_checked_at or worker.registered_at
    return [OpenCase(kind=CaseKind.IDENTITY, id=worker.id, opened_at=opened_at), *cases]


def _record(ports: Ports, read: _Read, shades: Shades, now: datetime) -> Record:
    worker, cover, sight = read.worker, read.cover, shades.sight
    plain, masked = shades.plain, shades.masked
    member, registration = worker.member_number, worker.registration_number
    village = path_of(worker.village) if worker.village else None
    return Record(
        id=worker.id,
        standing=RecordStanding.of(worker),
        registered_at=worker.registered_at,
        claimed_at=worker.claimed_at,
        erased_at=worker.erased_at,
        registration_number_masked=masked(
            StaffField.REGISTRATION_NUMBER, RegistrationNumber(registration).masked
        ),
        member_number_masked=masked(
            StaffField.MEMBER_NUMBER, MemberNumber(member).masked if member else None
        ),
        nik_masked=masked(StaffField.NIK, masked_nik(ports.vault, worker)),
        full_name=plain(StaffField.FULL_NAME, worker.full_name),
        birth_year=plain(StaffField.BIRTH_YEAR, worker.birth_year),
        sex=plain(StaffField.SEX, worker.sex),
        phone_masked=masked(StaffField.PHONE, masked_phone(ports.vault, worker)),
        regency=plain(StaffField.REGENCY, village.regency.name if village else None),
        village=plain(StaffField.VILLAGE, village),
        occupations=plain(StaffField.OCCUPATIONS, worker.occupations),
        identity=plain(StaffField.IDENTITY, _identity(worker, shades)),
        plan=plain(StaffField.PLAN, cover.plan),
        cover=plain(StaffField.COVER, _cover(cover, shades)),
        arrears=plain(StaffField.ARREARS, cover.arrears),
        credit=plain(StaffField.CREDIT, cover.credit),
        open_invoice=plain(StaffField.OPEN_INVOICE, _invoice(read.bill, shades, now)),
        consents=plain(StaffField.CONSENTS, read.consents),
        partner_links=plain(StaffField.PARTNER_LINKS, read.links),
        messages=plain(StaffField.MESSAGES, read.messages),
        open_cases=plain(StaffField.OPEN_CASES, read.cases),
        next_step=plain(StaffField.NEXT_STEP, _next_step(worker, cover)),
        withheld=sight.withheld,
        revealable=sight.revealable,
    )


def _identity(worker: Worker, shades: Shades) -> IdentityShown:
    state = identity_of(worker)
    return IdentityShown(
        status=state.status,
        reason=state.reason,
        elements=shades.plain(StaffField.IDENTITY_ELEMENTS, state.elements),
        checked_at=state.checked_at,
    )


def _cover(report: CoverageReport, shades: Shades) -> CoverShown:
    return CoverShown(
        status=report.status,
        protected_from=report.protected_from,
        protected_until=report.protected_until,
        next_due_on=report.next_due_on,
        # In grace it names the sum that is owed, and for which months.
        explanation=shades.plain(StaffField.ARREARS, report.explanation),
    )


def _invoice(bill: Invoice | None, shades: Shades, now: datetime) -> OpenInvoice | None:
    if bill is None:
        return None
    number = bill.virtual_account_no
    return OpenInvoice(
        id=bill.id,
        virtual_account_no_masked=shades.masked(
            StaffField.VIRTUAL_ACCOUNT_NO, "*" * (len(number) - 3) + number[-3:]
        ),
        months=[line.month for line in bill.months],
        amount=bill.amount,
        protected_until=bill.protects_until(now),
        created_at=bill.created_at,
        expires_at=bill.expires_at,
    )


def _next_step(worker: Worker, cover: CoverageReport) -> NextStep:
    """Who has been erased has nothing to do here any more."""
    return NextStep.NONE if worker.erased_at else cover.next_step
