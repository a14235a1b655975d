"""Staff see to what people ask about their data, within the time that the law gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from models.consent import withdraw_as_told, withdraw_everything
from models.driver_form import CONSENT_DOCUMENT
from models.privacy_queue import select_open_of_kind, select_open_one, select_open_requests
from models.privacy_request import (
    PrivacyRequest,
    select_request_to_change,
    select_worker_of_request,
)
from models.values.access import AccessReason
from models.values.audit import AuditAction
from models.values.faults import Fault
from models.values.page import Page, PageRequest
from models.values.privacy import NewRequest, PrivacyRequestKind
from models.values.words import Words
from models.worker import Worker, select_worker_to_change
from services import erasure
from services.audit.recording import Deed, record, refusals_on_record
from services.callers import StaffCaller
from services.errors import Conflict, FieldFault, Invalid, NotFound
from services.lookup.errors import WorkerNotFound
from services.once import Once
from services.ports import Ports

NOT_YET = Fault(
    "in-the-future",
    Words("Waktu ini belum terjadi.", "This is yet to come."),
)


class PrivacyRequestNotFound(NotFound):
    code = "privacy-request-not-found"
    title = Words("Permintaan tidak ditemukan", "No such request")
    detail = Words(
        "Lihat daftar permintaan data pribadi.", "Look at the list of personal-data requests."
    )


class PrivacyRequestClosed(Conflict):
    code = "privacy-request-closed"
    title = Words("Permintaan sudah selesai", "The request is closed")
    detail = Words(
        "Permintaan ini sudah dikerjakan, dibatalkan, atau datanya sudah dihapus.",
        "It was done or called off, or the data has been erased.",
    )


class PrivacyRequestOpen(Conflict):
    code = "privacy-request-open"
    title = Words("Permintaan yang sama masih terbuka", "The same request is open")
    detail = Words(
        "Pekerja ini sudah meminta hal yang sama. Kerjakan permintaan itu.",
        "This worker has asked for the same already. See to that request.",
    )
    members = ("privacy_request_id",)


class ErasureGoesByItself(Conflict):
    code = "erasure-goes-by-itself"
    title = Words("Penghapusan berjalan sendiri", "The erasure carries itself out")
    detail = Words(
        "Data dihapus sendiri setelah masa keberatan dan perlindungan yang sudah dibayar berakhir; "
        "setelah itu permintaannya selesai.",
        "The data is erased by itself once the time to object and the paid cover are over; then the "
        "request is done.",
    )


class AskedByWorker(Conflict):
    code = "asked-by-the-worker"
    title = Words("Diminta oleh pekerja sendiri", "The worker asked for it themself")
    detail = Words(
        "Hanya pekerja yang dapat membatalkannya, di aplikasi.",
        "Only the worker can call it off, in the app.",
    )


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is to be done. Of the worker it names numbers of ours only.

    :param entered_by: the username of the officer who wrote it down; None: asked for in the app.
    :param exported_at: when the copy was made that is to be handed over.
    """

    id: UUID
    kind: PrivacyRequestKind
    worker_id: UUID
    registration_number: str
    requested_at: datetime
    due_by: datetime
    """Counted from the request; of an erasure not what the worker was promised when it began."""
    due_in: int
    """Seconds; below zero: it is overdue by so many."""
    entered_by: str | None
    exported_at: datetime | None

    @property
    def is_overdue(self) -> bool:
        return self.due_in < 0


def listed(
    ports: Ports,
    officer: StaffCaller,
    page: PageRequest,
    kind: PrivacyRequestKind | None = None,
) -> Page[Asked]:
    """What is not done yet; what is overdue first."""
    with ports.transactions.begin() as session:
        now = ports.clock.now()
        statement = select_open_requests(kind=kind, after=page.after, limit=page.to_read)
        asked = [_asked(row, now) for row in session.execute(statement)]
        found = Page.of(asked, page, lambda last: (last.due_by, last.id))
        details = {"kind": kind and kind.value, "shown": len(found.items)}
        record(session, officer, Deed(action=AuditAction.LISTED_REQUESTS, details=details), now)
        return found


def enter(ports: Ports, officer: StaffCaller, new: NewRequest, once: Once[Asked]) -> Asked:
    """Write down what somebody asked for who does not use the app. Asking to be erased begins the
    same erasure as in the app: there is the same time to object, and the same message.

    :raises WorkerNotFound: there is none, or they have been erased.
    :raises PrivacyRequestOpen: they have asked for the same already.
    :raises Invalid: it was asked for in the future.
    """
    tried = _deed(AuditAction.ENTERED_REQUEST, new.kind, new.worker_id, None, new.note)
    with refusals_on_record(ports, officer, tried), ports.transactions.begin() as session:
        once.claim(ports, session)
        now = ports.clock.now()
        requested_at = new.requested_at or now
        if requested_at > now:
            raise Invalid(FieldFault.of("/requested_at", NOT_YET))
        worker = session.scalar(select_worker_to_change(new.worker_id))
        if worker is None:
            raise WorkerNotFound
        already = session.scalar(select_open_of_kind(worker.id, new.kind))
        if already is not None:
            raise PrivacyRequestOpen(privacy_request_id=already)
        request_id = _enter(ports, session, officer, worker, new, requested_at)
        deed = _deed(AuditAction.ENTERED_REQUEST, new.kind, worker.id, request_id, new.note)
        record(session, officer, deed, now)
        session.flush()
        return once.remember(ports, session, _one(session, request_id, now))


def done(ports: Ports, officer: StaffCaller, request_id: UUID, note: str) -> None:
    """Close a request that has been seen to. A withdrawal that was entered by staff takes effect
    by it: every consent is taken back that the worker had given when they asked, and what only a
    partner tells of, whenever that was.

    :param note: what was done.
    :raises PrivacyRequestNotFound: there is none under this id.
    :raises PrivacyRequestClosed: it was done or called off.
    :raises ErasureGoesByItself: nobody needs to do anything.
    """
    tried = Deed(action=AuditAction.CLOSED_REQUEST, about_id=request_id, note=note)
    with refusals_on_record(ports, officer, tried), ports.transactions.begin() as session:
        now = ports.clock.now()
        request = to_close(session, request_id)
        if request.kind is PrivacyRequestKind.ERASURE:
            raise ErasureGoesByItself
        by_letter = request.entered_by is not None
        if request.kind is PrivacyRequestKind.WITHDRAWAL and by_letter:
            _take_back(session, request, now)
        request.closed_at, request.done_by, request.done_note = now, officer.account_id, note
        deed = _deed(AuditAction.CLOSED_REQUEST, request.kind, request.worker_id, request_id, note)
        record(session, officer, deed, now)


def cancel(ports: Ports, officer: StaffCaller, request_id: UUID, note: str) -> None:
    """Call off what staff entered: by mistake, or because the person thought better of it. An
    erasure that was begun by it is called off with it.

    :param note: why.
    :raises PrivacyRequestNotFound: there is none under this id.
    :raises PrivacyRequestClosed: it was done or called off.
    :raises AskedByWorker: it was asked for in the app.
    """
    details = {"cancelled": True}
    tried = Deed(action=AuditAction.CLOSED_REQUEST, about_id=request_id, note=note, details=details)
    with refusals_on_record(ports, officer, tried), ports.transactions.begin() as session:
        now = ports.clock.now()
        request = to_close(session, request_id, of_worker=AskedByWorker)
        if request.entered_by is None:
            raise AskedByWorker
        request.closed_at = now
        if request.kind is PrivacyRequestKind.ERASURE:
            erasure.call_off_waiting(session, request.worker_id, now)
        deed = _deed(
            AuditAction.CLOSED_REQUEST,
            request.kind,
            request.worker_id,
            request_id,
            note,
            **details,
        )
        record(session, officer, deed, now)


def to_close(
    session: Session, request_id: UUID, of_worker: type[Conflict] = ErasureGoesByItself
) -> PrivacyRequest:
    """An open request, while nothing changes about its worker.

    :raises PrivacyRequestNotFound: there is none under this id.
    :raises PrivacyRequestClosed: it is over.
    :param of_worker: what to raise of an erasure that was asked for in the app.
    """
    worker_id = session.scalar(select_worker_of_request(request_id))
    if worker_id is None:
        raise PrivacyRequestNotFound
    session.scalar(select_worker_to_change(worker_id))
    request = session.scalars(select_request_to_change(request_id)).one_or_none()
    if request is None:
        raise of_worker
    if request.closed_at is not None:
        raise PrivacyRequestClosed
    return request


def _take_back(session: Session, request: PrivacyRequest, now: datetime) -> None:
    until = request.requested_at
    session.execute(withdraw_everything(request.worker_id, now, until=until))
    session.execute(withdraw_as_told(request.worker_id, CONSENT_DOCUMENT, now))


def _enter(
    ports: Ports,
    session: Session,
    officer: StaffCaller,
    worker: Worker,
    new: NewRequest,
    requested_at: datetime,
) -> UUID:
    """The id under which it is listed: of an erasure that of the erasure."""
    about_id = None
    if new.kind is PrivacyRequestKind.ERASURE:
        about_id = erasure.begin(ports, session, worker, ports.clock.now()).id
    entered = PrivacyRequest.of(
        new.kind,
        worker.id,
        requested_at,
        entered_by=officer.account_id,
        note=new.note,
        about_id=about_id,
    )
    session.add(entered)
    session.flush()
    return about_id or entered.id


def _one(session: Session, request_id: UUID, now: datetime) -> Asked:
    return _asked(session.execute(select_open_one(request_id)).one(), now)


def _asked(row: Any, now: datetime) -> Asked:
    return Asked(
        id=row.id,
        kind=PrivacyRequestKind(row.kind),
        worker_id=row.worker_id,
        registration_number=row.registration_number,
        requested_at=row.requested_at,
        due_by=row.due_by,
        due_in=int((row.due_by - now).total_seconds()),
        entered_by=row.entered_by,
        exported_at=row.exported_at,
    )


def _deed(
    action: AuditAction,
    kind: PrivacyRequestKind,
    worker_id: UUID,
    request_id: UUID | None,
    note: str,
    **details: object,
) -> Deed:
    return Deed(
        action=action,
        worker_id=worker_id,
        about_id=request_id,
        reason=AccessReason.PRIVACY_REQUEST,
        note=note,
        details={"kind": kind.value, **details},
    )
