"""Staff make the copy of everything that somebody asked for by letter or phone, and hand it over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from models.values.access import Access, AccessReason, Seen
from models.values.audit import AuditAction
from models.values.privacy import PrivacyRequestKind
from models.values.words import Words
from services.audit.recording import Deed, record, refusals_on_record
from services.callers import StaffCaller
from services.data_export import copy_of, select_subject
from services.errors import Conflict
from services.ports import Ports
from services.privacy_requests import to_close


class NotAnExport(Conflict):
    code = "not-an-export"
    title = Words("Bukan permintaan salinan data", "No copy was asked for")
    detail = Words(
        "Salinan hanya dibuat untuk permintaan salinan data yang dicatat petugas.",
        "A copy is made only for a request for one that an officer has entered.",
    )


class AlreadyExported(Conflict):
    code = "already-exported"
    title = Words("Salinan sudah dibuat", "The copy has been made")
    detail = Words(
        "Salinan dibuat satu kali untuk setiap permintaan. Hilang sebelum diserahkan? Selesaikan "
        "permintaan ini dengan catatan, lalu catat yang baru.",
        "A copy is made once for each request. If it was lost before it was handed over, close this "
        "request with a note, and enter a new one.",
    )


class ExportByAnother(Conflict):
    code = "export-by-another-officer"
    title = Words("Perlu petugas lain", "Another officer is needed")
    detail = Words(
        "Anda yang mencatat permintaan ini. Petugas lain yang membuat salinannya.",
        "You entered this request. Another officer makes the copy.",
    )


def make(ports: Ports, officer: StaffCaller, request_id: UUID) -> Mapping[str, Any]:
    """Everything, in clear, once: for another officer than the one who entered the request, so that
    nobody can ask for somebody's data and take it. It is kept nowhere.

    :raises PrivacyRequestNotFound: there is none under this id.
    :raises PrivacyRequestClosed: it was done or called off.
    :raises NotAnExport: something else was asked for.
    :raises ExportByAnother: the officer entered it.
    :raises AlreadyExported: the copy was made before.
    """
    tried = Deed(action=AuditAction.EXPORTED_DATA, about_id=request_id)
    with refusals_on_record(ports, officer, tried), ports.transactions.begin() as session:
        now = ports.clock.now()
        request = to_close(session, request_id, of_worker=NotAnExport)
        if request.kind is not PrivacyRequestKind.EXPORT:
            raise NotAnExport
        if request.entered_by == officer.account_id:
            raise ExportByAnother
        if request.exported_at is not None:
            raise AlreadyExported
        request.exported_at, request.exported_by = now, officer.account_id
        deed = Deed(
            action=AuditAction.EXPORTED_DATA,
            worker_id=request.worker_id,
            about_id=request_id,
            reason=AccessReason.PRIVACY_REQUEST,
        )
        record(session, officer, deed, now)
        worker = session.scalars(select_subject(request.worker_id)).one()
        seen = Access.by_staff(officer.role, AccessReason.PRIVACY_REQUEST, Seen.EVERYTHING)
        return copy_of(ports, session, worker, seen)
