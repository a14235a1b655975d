"""A worker asks to be erased, and may call it off."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.erasure_request import (
    ErasureRequest,
    ErasureStatus,
    select_request,
    select_requests,
    select_waiting_request,
)
from models.message import MessageKind
from models.phone_change import select_last_change
from models.privacy_request import close_erasure
from models.values.page import Page, PageRequest
from models.values.words import Words
from models.worker import Worker, select_worker_to_change
from services import fresh_phone, notices
from services.callers import SignedIn
from services.errors import Conflict, NotFound
from services.held import held
from services.once import Once
from services.open_invoices import call_off
from services.ports import Ports


class ErasureRequestNotFound(NotFound):
    code = "erasure-request-not-found"
    title = Words("Permintaan tidak ditemukan", "No such request")
    detail = Words(
        "Lihat daftar permintaan penghapusan Anda.", "Look at the list of your erasure requests."
    )


class ErasureDone(Conflict):
    code = "erasure-done"
    title = Words("Data sudah dihapus", "The data has been erased")
    detail = Words(
        "Penghapusan tidak dapat dibatalkan lagi. Anda boleh mendaftar lagi kapan saja.",
        "The erasure can no longer be called off. You may register again at any time.",
    )


class ErasureWaiting(Conflict):
    """Where something is asked for that only makes sense for somebody who stays."""

    code = "erasure-requested"
    title = Words("Penghapusan data sudah diminta", "Your data is to be erased")
    detail = Words(
        "Batalkan dulu permintaan penghapusan data Anda, lalu coba lagi.",
        "Call off your request for erasure first, then try again.",
    )


def request(
    ports: Ports, caller: SignedIn, phone_token: str, once: Once[ErasureRequest]
) -> ErasureRequest:
    """Have a worker erased, once there was time to object and no paid cover is left.

    An open invoice is called off. Asked again while it waits, it is the same request: nothing is
    needed for that, and nothing happens.

    :raises OwnPhoneNeeded: the number on record was not verified a moment ago.
    """
    with ports.transactions.begin() as session:
        once.claim(ports, session)
        worker = held(session, caller)
        waiting = session.scalar(select_waiting_request(worker.id))
        if waiting is None:
            waiting = _begin(ports, session, worker, phone_token)
        return once.remember(ports, session, waiting)


def _begin(ports: Ports, session: Session, worker: Worker, phone_token: str) -> ErasureRequest:
    verification = fresh_phone.own(ports, session, worker, phone_token)
    now = ports.clock.now()
    verification.spent_at = now
    return begin(ports, session, worker, now)


def begin(ports: Ports, session: Session, worker: Worker, now: datetime) -> ErasureRequest:
    """For whoever has shown who they are: here, or to our staff.

    :param worker: held, with no request that waits.
    """
    call_off(session, worker.id, now)
    begun = ErasureRequest.of(worker, now, session.scalar(select_last_change(worker.id)))
    session.add(begun)
    # Named, because a message is sent later, and the number on record may be another's by then.
    told = notices.phone_of(ports, worker)
    notices.queue(ports, session, worker, MessageKind.ERASURE_REQUESTED, now, to=told)
    return begun


def listed(ports: Ports, caller: SignedIn, page: PageRequest) -> Page[ErasureRequest]:
    """A worker's requests, newest first."""
    statement = select_requests(caller.worker_id, after=page.after, limit=page.to_read)
    with ports.transactions.reading() as session:
        read = session.scalars(statement).all()
    return Page.of(read, page, lambda last: (last.requested_at, last.id))


def cancel(ports: Ports, caller: SignedIn, request_id: UUID) -> ErasureRequest:
    """Call an erasure off. Doing it again changes nothing.

    The open invoice that the request called off stays so.

    :raises ErasureRequestNotFound: the worker has none under this id.
    :raises ErasureDone: it has just been carried out.
    """
    with ports.transactions.begin() as session:
        worker = session.scalar(select_worker_to_change(caller.worker_id))
        found = session.scalar(select_request(request_id, worker_id=caller.worker_id))
        if found is None:
            raise ErasureRequestNotFound
        if worker is None:
            raise ErasureDone
        _call_off(session, found, ports.clock.now())
        return found


def call_off_waiting(session: Session, worker_id: UUID, now: datetime) -> None:
    """What our staff entered for somebody is not to be done after all. The worker's row must be
    held."""
    waiting = session.scalar(select_waiting_request(worker_id))
    if waiting is not None:
        _call_off(session, waiting, now)


def _call_off(session: Session, request: ErasureRequest, now: datetime) -> None:
    if request.status is ErasureStatus.WAITING:
        request.status = ErasureStatus.CANCELLED
        request.cancelled_at = now
        session.execute(close_erasure(request.id, now))


def refuse_while_waiting(session: Session, worker_id: UUID) -> None:
    """The worker's row must be held.

    :raises ErasureWaiting: the worker has asked to be erased.
    """
    if session.scalar(select_waiting_request(worker_id)) is not None:
        raise ErasureWaiting
