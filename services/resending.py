"""An officer has a message to a worker sent again: the same kind, once more, if there is still reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models import erasure_request, phone_change_request
from models.consent import took_back_any
from models.message import Message, MessageKind, select_notice, select_resent, select_thread
from models.resending import DAY, is_recent, wait_after, wait_for_day
from models.settling import select_worker_to_settle
from models.values.audit import AuditAction
from models.values.channel import Channel, DeliveryState
from models.values.words import Words
from models.worker import Worker
from services import messages, notices, reminder_words
from services.audit.recording import Deed, record, refusals_on_record
from services.callers import StaffCaller
from services.errors import Conflict, NotFound, TooMany
from services.links import welcome_words
from services.links.documents import required
from services.lookup.errors import WorkerNotFound
from services.once import Once
from services.ports import Ports


class MessageNotFound(NotFound):
    code = "message-not-found"
    title = Words("Pesan tidak ditemukan", "No such message")
    detail = Words(
        "Muat ulang riwayat peserta. Kode verifikasi tidak dikirim ulang dari sini: peserta memintanya "
        "lagi di aplikasi.",
        "Load the worker's timeline again. Codes are not sent again from here: the worker asks for "
        "another in the app.",
    )


class AddresseeErased(Conflict):
    code = "worker-erased"
    title = Words("Data peserta sudah dihapus", "The worker has been erased")
    detail = Words(
        "Nomor HP-nya tidak disimpan lagi, jadi tidak ada yang dapat dikirimi pesan.",
        "Their phone number is no longer kept, so there is nobody to write to.",
    )


class MessageNotConsented(Conflict):
    code = "message-not-consented"
    title = Words("Peserta menarik persetujuannya", "The worker took the consent back")
    detail = Words(
        "Pesan seperti ini hanya dikirim lagi setelah peserta menyetujuinya kembali di aplikasi.",
        "Such messages are sent again only once the worker has agreed again in the app.",
    )


class MessageWaiting(Conflict):
    code = "message-waiting"
    title = Words("Pesan belum dikirim", "The message was not sent yet")
    detail = Words(
        "Pesan ini masih menunggu dikirim. Pengingat dan sambutan hanya dikirim pukul 09.00 sampai "
        "20.00 WIB.",
        "This message still waits to be sent. Reminders and welcomes go out from 09:00 to 20:00 WIB "
        "only.",
    )


class MessageTooOld(Conflict):
    code = "message-too-old"
    title = Words("Pesan sudah terlalu lama", "The message is too old")
    detail = Words(
        "Pesan dikirim ulang paling lama 30 hari sesudahnya: nomornya mungkin sudah milik orang lain. "
        "Sampaikan isinya kepada peserta.",
        "A message is sent again for up to 30 days: the number may be somebody else's by now. Tell "
        "the worker what it said.",
    )


class MessageVoid(Conflict):
    code = "message-void"
    title = Words("Pesan sudah tidak berlaku", "The message is void")
    detail = Words(
        "Alasan pesan ini sudah tidak ada: sudah dibayar, diputuskan, dibatalkan, atau lewat waktunya.",
        "There is no reason for this message any more: it was paid, decided or called off, or its time "
        "has gone by.",
    )


class ResentTooSoon(TooMany):
    code = "resent-too-soon"
    title = Words("Pesan baru saja dikirim", "The message was sent a moment ago")
    detail = Words(
        "Mungkin masih dalam perjalanan. Tunggu {wait}, lalu kirim ulang.",
        "It may still be on its way. Wait {wait}, then send it again.",
    )


class ResentTooOften(TooMany):
    code = "resent-too-often"
    title = Words("Sudah terlalu sering dikirim ulang", "Sent again too often")
    detail = Words(
        "Peserta ini sudah menerima cukup banyak pesan ulang dalam 24 jam. Tunggu {wait}, atau "
        "sampaikan isinya lewat telepon.",
        "This worker has got enough messages again within 24 hours. Wait {wait}, or tell them what it "
        "says.",
    )


@dataclass(frozen=True, kw_only=True)
class Resent:
    """:param resent_of: the message that an officer chose."""

    id: UUID
    resent_of: UUID
    kind: MessageKind
    channel: Channel
    state: DeliveryState
    queued_at: datetime


@dataclass(frozen=True)
class _Wish:
    worker_id: UUID
    message_id: UUID
    channel: Channel | None


def resend(
    ports: Ports,
    officer: StaffCaller,
    worker_id: UUID,
    message_id: UUID,
    channel: Channel | None = None,
    note: str | None = None,
    once: Once[Resent] | None = None,
) -> Resent:
    """Send the same kind of message again, by a channel of choice or the same.

    What it says is made when it is sent, as of then. Reminders and welcomes wait for the day.

    :param note: why; for the auditor.
    :raises WorkerNotFound: there is none under this id.
    :raises MessageNotFound: the worker got none under this id, or it was a code.
    :raises AddresseeErased: there is nobody to write to.
    :raises MessageNotConsented: the worker wants no such messages any more.
    :raises MessageWaiting: it, or what repeats it, was not sent yet.
    :raises MessageTooOld: the number may be another's by now.
    :raises MessageVoid: there is no reason for it any more.
    :raises ResentTooSoon: it was sent a moment ago.
    :raises ResentTooOften: the worker has had enough for a day.
    """
    wish, once = _Wish(worker_id, message_id, channel), once or Once()
    deed = Deed(
        action=AuditAction.RESENT_MESSAGE,
        worker_id=worker_id,
        about_id=message_id,
        note=note,
        details={} if channel is None else {"channel": channel.value},
    )
    with refusals_on_record(ports, officer, deed), ports.transactions.begin() as session:
        once.claim(ports, session)
        resent = _resend(ports, session, wish)
        record(session, officer, deed, resent.queued_at)
        return once.remember(ports, session, resent)


def _resend(ports: Ports, session: Session, wish: _Wish) -> Resent:
    now = ports.clock.now()
    # Held, so that of two at once the later one counts the earlier.
    worker = session.scalar(select_worker_to_settle(wish.worker_id))
    if worker is None:
        raise WorkerNotFound
    if worker.erased_at is not None:
        raise AddresseeErased
    message = session.scalar(select_notice(wish.message_id, worker_id=worker.id))
    if message is None:
        raise MessageNotFound
    _judge(ports, session, worker, message, now)
    again = message.resent_by(wish.channel or message.channel, now)
    again.recipient_sealed = notices.sealed_again(ports, message, again.id)
    messages.repeat(ports, session, again)
    return Resent(
        id=again.id,
        resent_of=message.id,
        kind=again.kind,
        channel=again.channel,
        state=again.state,
        queued_at=again.queued_at,
    )


def _judge(ports: Ports, session: Session, worker: Worker, message: Message, now: datetime) -> None:
    if not _consents(ports, session, worker, message):
        raise MessageNotConsented
    thread = session.scalars(select_thread(message)).all()
    if any(each.state is DeliveryState.QUEUED for each in thread):
        raise MessageWaiting
    if not is_recent(message, now):
        raise MessageTooOld
    if not _is_due(ports, session, worker, message):
        raise MessageVoid
    if (wait := wait_after(thread, now)) is not None:
        raise ResentTooSoon(retry_after=wait)
    resent = session.scalars(select_resent(worker.id, now - DAY)).all()
    if (wait := wait_for_day(resent, now)) is not None:
        raise ResentTooOften(retry_after=wait)


def _consents(ports: Ports, session: Session, worker: Worker, message: Message) -> bool:
    """Whoever took a required consent back is not written to, whatever it is about."""
    documents = required(ports)
    if message.kind is MessageKind.REMINDER:
        documents = reminder_words.documents(ports)
    return not session.scalar(took_back_any(worker.id, documents))


def _is_due(ports: Ports, session: Session, worker: Worker, message: Message) -> bool:
    """Whether there is still something to be told."""
    match message.kind:
        case MessageKind.REMINDER:
            return reminder_words.words(ports, session, message, worker) is not None
        case MessageKind.ENROLLED:
            return welcome_words.words(ports, session, message, worker) is not None
        case MessageKind.PHONE_CHANGE_REQUESTED:
            return session.scalar(phone_change_request.select_open_request(worker.id)) is not None
        case MessageKind.ERASURE_REQUESTED:
            return session.scalar(erasure_request.select_waiting_request(worker.id)) is not None
        case _:
            return True
