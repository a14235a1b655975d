"""The way back for workers who lost their phone: they ask, the old number may object, staff decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.claimant import Claimant
from models.message import MessageKind
from models.phone_change_request import (
    COUNTED_FOR,
    HOLD,
    MOST_REQUESTS,
    PhoneChangeRequest,
    PhoneChangeStatus,
    select_request,
    select_requests,
    select_requests_that_count,
    select_worker_asked_about,
)
from models.phone_verification import PhoneVerification, select_verification_to_spend
from models.sign_in import end_all_sign_ins
from models.values.ids import new_id
from models.values.page import Page, PageRequest
from models.values.phone import PhoneNumber
from models.values.words import Words
from models.worker import Worker, select_holder_to_change
from services import notices, phone_change
from services.callers import SignedIn, VerifiedPhone
from services.errors import Conflict, NotFound, NotSignedInWithPhone
from services.held import held
from services.once import Once
from services.phone_change import PhoneUsedForNik
from services.phone_verification import phone_of
from services.ports import Ports

WANTED_PLACE = "phone_change_request.phone"


class PhoneChangeNotFound(NotFound):
    code = "phone-change-not-found"
    title = Words("Permintaan ganti nomor tidak ditemukan", "No such request for another number")
    detail = Words(
        "Lihat daftar permintaan ganti nomor HP Anda.",
        "Look at the list of requests to replace your phone number.",
    )


class PhoneChangeNotOpen(Conflict):
    code = "phone-change-not-open"
    title = Words("Permintaan ganti nomor sudah selesai", "The request has been closed")
    detail = Words(
        "Permintaan ini sudah diputuskan, ditolak, atau tidak berlaku lagi.",
        "This request was decided or objected to, or is void.",
    )


class PhoneChangeOnHold(Conflict):
    code = "phone-change-on-hold"
    title = Words("Masa tunggu belum berakhir", "The hold is not over")
    detail = Words(
        "Tunggu sampai masa tunggu 3 hari berakhir, lalu putuskan.",
        "Wait until the hold of 3 days is over, then decide.",
    )


class WantedPhoneUsed(PhoneUsedForNik):
    """For staff, who can find out whose it is."""

    code = "wanted-phone-used"
    title = Words("Nomor yang diminta sudah dipakai", "The number asked for is in use")
    detail = Words(
        "Pendaftaran lain dengan NIK ini sudah memakai nomor HP yang diminta, dan tidak dapat "
        "digabung otomatis. Tidak ada yang dilakukan. Cari peserta dengan NIK ini dan pastikan siapa "
        "yang memegang nomor itu. Orang lain: tolak. Orang yang sama: pendaftaran lain itu dihapus "
        "dulu, atau ia meminta lagi dari nomor lain.",
        "Another registration with this NIK has the number that is asked for, and cannot become "
        "part of this one by itself. Nothing was done. Look the NIK up, and find out who has that "
        "number. Somebody else: reject. The same person: that other registration is erased first, "
        "or they ask again from another number.",
    )


@dataclass(frozen=True)
class Received:
    """All that is told to whoever asks."""

    hold_until: datetime


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request as the worker sees it whom it is about."""

    id: UUID
    requested_at: datetime
    hold_until: datetime
    status: PhoneChangeStatus
    new_phone_masked: str | None
    closed_at: datetime | None


def request(
    ports: Ports, phone: VerifiedPhone, claimant: Claimant, once: Once[Received]
) -> Received:
    """Ask to be reached under the verified phone from now on.

    The answer is the same whether or not the claimant is anybody, and the phone token is spent by
    it. A case comes of it, and a message to the number on record, only where NIK, name and birth
    date are those of the NIK's holder, and not too many have asked already.

    :raises NotSignedInWithPhone: the phone token is spent.
    """
    with ports.transactions.begin() as session:
        once.claim(ports, session)
        now = ports.clock.now()
        nik_key = ports.vault.search_key_of(claimant.nik)
        holder = session.scalar(select_holder_to_change(nik_key))
        verification = session.scalar(select_verification_to_spend(phone.verification_id))
        if verification is None:
            raise NotSignedInWithPhone
        verification.spent_at = now
        if holder is not None and _may_ask(session, holder, claimant, phone, now):
            _open(ports, session, holder, verification, now)
        return once.remember(ports, session, Received(now + HOLD.value))


def listed(ports: Ports, caller: SignedIn, page: PageRequest) -> Page[Asked]:
    """What was asked about the worker, newest first."""
    now = ports.clock.now()
    statement = select_requests(caller.worker_id, after=page.after, limit=page.to_read)
    with ports.transactions.reading() as session:
        requests = session.scalars(statement).all()
    read = [seen(ports, each, now) for each in requests]
    return Page.of(read, page, lambda last: (last.requested_at, last.id))


def object_to(ports: Ports, caller: SignedIn, request_id: UUID) -> Asked:
    """Close a request that the worker did not make. Objecting again changes nothing.

    Not only during the hold: until staff have decided, the worker is the one to ask.

    :raises PhoneChangeNotFound: nothing was asked about the worker under this id.
    :raises PhoneChangeNotOpen: it was decided, or the number has changed since.
    """
    with ports.transactions.begin() as session:
        worker = held(session, caller)
        now = ports.clock.now()
        asked = session.scalar(select_request(request_id, worker_id=worker.id))
        if asked is None:
            raise PhoneChangeNotFound
        if asked.status is not PhoneChangeStatus.OBJECTED:
            _refuse_closed(asked)
            asked.close(PhoneChangeStatus.OBJECTED, now)
    return seen(ports, asked, now)


def approve(ports: Ports, session: Session, request_id: UUID, *, enrolled: Worker | None) -> None:
    """Give the worker the number that was asked for, and end every session of the old one. In the
    transaction of the officer who decides it.

    :param enrolled: what ``hold_with_unclaimed`` gave for the number that was asked for.
    :raises PhoneChangeNotFound: there is none under this id.
    :raises PhoneChangeNotOpen: it was decided or objected to, or is void.
    :raises PhoneChangeOnHold: there is still time to object.
    :raises WantedPhoneUsed: the same NIK is claimed from that phone by another registration.
    """
    now = ports.clock.now()
    worker, asked = _to_decide(session, request_id, now)
    asked.close(PhoneChangeStatus.APPROVED, now)
    phone_change.replace(
        ports,
        session,
        worker,
        _wanted(ports, asked),
        now,
        enrolled=enrolled,
        request_id=asked.id,
        taken=WantedPhoneUsed,
    )
    session.execute(end_all_sign_ins(worker.id, now))


def reject(ports: Ports, session: Session, request_id: UUID) -> None:
    """Leave everything as it is. In the transaction of the officer who decides it.

    :raises PhoneChangeNotFound: as for ``approve``.
    :raises PhoneChangeNotOpen: as for ``approve``.
    :raises PhoneChangeOnHold: as for ``approve``.
    """
    now = ports.clock.now()
    _, asked = _to_decide(session, request_id, now)
    asked.close(PhoneChangeStatus.REJECTED, now)


def _may_ask(
    session: Session, holder: Worker, claimant: Claimant, phone: VerifiedPhone, now: datetime
) -> bool:
    """Each request is a message to the number on record, and nobody may flood it.

    :param holder: of the NIK; held, so that requests are counted one after the other.
    """
    if not claimant.describes(holder):
        return False
    since = now - COUNTED_FOR.value
    counted = session.scalars(select_requests_that_count(holder.id, since)).all()
    known = {holder.phone_key, *(each.phone_key for each in counted)}
    return len(counted) < MOST_REQUESTS.value and phone.phone_key not in known


def _open(
    ports: Ports, session: Session, worker: Worker, verified: PhoneVerification, now: datetime
) -> None:
    request_id = new_id()
    number = phone_of(ports, verified)
    asked = PhoneChangeRequest(
        id=request_id,
        worker_id=worker.id,
        phone_key=verified.phone_key,
        phone_sealed=ports.vault.seal(WANTED_PLACE, request_id, number.e164),
        requested_at=now,
        hold_until=now + HOLD.value,
        status=PhoneChangeStatus.ON_HOLD,
    )
    session.add(asked)
    on_record = notices.phone_of(ports, worker)
    kind = MessageKind.PHONE_CHANGE_REQUESTED
    notices.queue(ports, session, worker, kind, now, to=on_record)


def _to_decide(
    session: Session, request_id: UUID, now: datetime
) -> tuple[Worker, PhoneChangeRequest]:
    worker = session.scalar(select_worker_asked_about(request_id))
    if worker is None:
        raise PhoneChangeNotFound
    asked = session.scalars(select_request(request_id, worker_id=worker.id)).one()
    _refuse_closed(asked)
    if asked.status_at(now) is PhoneChangeStatus.ON_HOLD:
        raise PhoneChangeOnHold
    return worker, asked


def _refuse_closed(asked: PhoneChangeRequest) -> None:
    if not asked.is_open:
        raise PhoneChangeNotOpen


def _wanted(ports: Ports, asked: PhoneChangeRequest) -> PhoneNumber:
    return PhoneNumber(ports.vault.open(WANTED_PLACE, asked.id, asked.wanted_sealed))


def seen(ports: Ports, asked: PhoneChangeRequest, now: datetime) -> Asked:
    """As the worker sees it."""
    return Asked(
        id=asked.id,
        requested_at=asked.requested_at,
        hold_until=asked.hold_until,
        status=asked.status_at(now),
        new_phone_masked=_wanted(ports, asked).masked if asked.phone_sealed else None,
        closed_at=asked.closed_at,
    )
