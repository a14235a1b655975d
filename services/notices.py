"""Notices: workers are told by message what has happened to their record."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from models.message import Message, MessageKind
from models.values.channel import Channel, DeliveryState
from models.values.phone import PhoneNumber
from models.values.words import Language, Words
from models.worker import Worker
from services.jobs import SendNotice
from services.ports import Ports

RECIPIENT_PLACE = "message.recipient"
PHONE_PLACE = "worker.phone"

# Each fits one SMS. They hold no name, no number and no link: nothing to be phished with.
WORDS = {
    MessageKind.PHONE_CHANGED: Words(
        "Jaring: nomor HP pada pendaftaran Anda sudah diganti. Bukan Anda yang menggantinya? "
        "Segera hubungi petugas kami.",
        "Jaring: the phone number of your registration has been changed. If that was not you, "
        "contact our staff at once.",
    ),
    MessageKind.PHONE_CHANGE_REQUESTED: Words(
        "Jaring: ada permintaan mengganti nomor HP Anda. Bukan Anda? Buka aplikasi dan tolak dalam "
        "3 hari, atau hubungi petugas kami.",
        "Jaring: somebody asks to replace your phone number. Not you? Open the app and object "
        "within 3 days, or contact our staff.",
    ),
    MessageKind.ERASURE_REQUESTED: Words(
        "Jaring: kami menerima permintaan menghapus data Anda. Bukan Anda? Buka aplikasi dan "
        "batalkan, atau hubungi petugas kami.",
        "Jaring: we received a request to erase your data. Not you? Open the app and call it off, "
        "or contact our staff.",
    ),
    MessageKind.IDENTITY_DECIDED: Words(
        "Jaring: petugas kami sudah memeriksa data diri Anda. Buka aplikasi untuk melihat hasilnya "
        "dan langkah berikutnya.",
        "Jaring: our staff have looked at your identity. Open the app to see what they found and "
        "what comes next.",
    ),
}


def queue(
    ports: Ports,
    session: Session,
    worker: Worker,
    kind: MessageKind,
    now: datetime,
    *,
    to: PhoneNumber | None = None,
) -> Message:
    """Have a worker told, if and only if the transaction commits.

    :param to: the number that is told; the one that the worker has by then if left out.
    """
    message_id = uuid4()
    message = Message(
        id=message_id,
        kind=kind,
        worker_id=worker.id,
        recipient_sealed=ports.vault.seal(RECIPIENT_PLACE, message_id, to.e164) if to else None,
        channel=Channel.WHATSAPP,
        state=DeliveryState.QUEUED,
        queued_at=now,
    )
    session.add(message)
    session.flush()
    ports.jobs.defer(session, SendNotice(message.id))
    return message


def recipient(ports: Ports, message: Message, worker: Worker) -> PhoneNumber:
    if message.recipient_sealed is None:
        return phone_of(ports, worker)
    return PhoneNumber(ports.vault.open(RECIPIENT_PLACE, message.id, message.recipient_sealed))


def sealed_again(ports: Ports, message: Message, another_id: UUID) -> bytes | None:
    """The number that a message is for, sealed for the message that follows it up."""
    if message.recipient_sealed is None:
        return None
    number = ports.vault.open(RECIPIENT_PLACE, message.id, message.recipient_sealed)
    return ports.vault.seal(RECIPIENT_PLACE, another_id, number)


def phone_of(ports: Ports, worker: Worker) -> PhoneNumber:
    return PhoneNumber(ports.vault.open(PHONE_PLACE, worker.id, worker.phone_sealed))


def words(message: Message, worker: Worker) -> str:
    """What the worker is told."""
    return WORDS[message.kind].in_(Language(worker.language))
