"""Messages go out, and what became of them comes back. Run by the worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.message import (
    GatewayPosition,
    Message,
    MessageKind,
    hold_addressees,
    select_follow_up,
    select_message,
    select_message_to_settle,
    select_position_to_move,
)
from models.phone_verification import PhoneVerification, select_verification
from models.reminder import select_reminder_of
from models.reminder_days import in_hours
from models.values.channel import Channel, DeliveryState
from models.values.phone import PhoneNumber
from models.values.words import Language, Words
from models.worker import Worker, select_worker
from services import notices, reminder_words
from services.jobs import Job, SendMessage, SendNotice, SendReminder, SendWelcome
from services.links import welcome_words
from services.outages import MessageRefused
from services.phone_verification import code_of, phone_of
from services.ports import Delivery, Ports

# The same words however often a message is tried: the gateway refuses a key with other words.
CODE_MESSAGE = Words(
    "{code} adalah kode Jaring Anda. Berlaku paling lama 5 menit. "
    "Jangan berikan kepada siapa pun, termasuk petugas.",
    "{code} is your Jaring code, valid for at most 5 minutes. "
    "Do not give it to anyone, not even our staff.",
)
# Nobody is woken by these: ``remind`` and ``welcome`` send them, and what is left, in the day's hours.
_BY_DAY = frozenset({MessageKind.REMINDER, MessageKind.ENROLLED})
# A report may overtake the answer to the call that sent the message.
_LATER = {
    DeliveryState.QUEUED: 0,
    DeliveryState.SENT: 1,
    DeliveryState.FAILED: 2,
    DeliveryState.DELIVERED: 3,
}


@dataclass(frozen=True)
class _Outgoing:
    """What is handed to the gateway."""

    recipient: PhoneNumber
    words: str


def send(ports: Ports, message_id: UUID) -> None:
    """Hand a queued message to the gateway; nothing is done for one that has gone already.

    Doing it again is harmless: the gateway sends one message per id, and its words are the same.
    Those of a reminder or a welcome may have changed since an answer was lost; what the gateway has
    taken then stands.

    :raises GatewayDown: to be done again later.
    """
    with ports.transactions.reading() as session:
        message = session.scalar(select_message(message_id))
        if message is None or message.state is not DeliveryState.QUEUED:
            return
        if message.kind in _BY_DAY and not in_hours(ports.clock.now()):
            return  # It waits for the morning, and is taken up again then.
        outgoing = _outgoing(ports, session, message)
    if outgoing is None:
        _call_off(ports, message_id)
        return
    state = _hand_over(ports, message, outgoing)
    delivery = Delivery(key=message_id, state=state)
    with ports.transactions.begin() as session:
        _hold_who_may_be_told_again(session, [delivery])
        _settle(ports, session, delivery)


def _outgoing(ports: Ports, session: Session, message: Message) -> _Outgoing | None:
    """None where nobody is to be told any more."""
    if message.verification_id is not None:
        return _code(ports, session.scalar(select_verification(message.verification_id)))
    worker = session.scalars(select_worker(message.addressee)).one()
    if worker.erased_at is not None:
        return None
    words = _notice(ports, session, message, worker)
    return None if words is None else _Outgoing(notices.recipient(ports, message, worker), words)


def _notice(ports: Ports, session: Session, message: Message, worker: Worker) -> str | None:
    match message.kind:
        case MessageKind.REMINDER:
            return reminder_words.words(ports, session, message, worker)
        case MessageKind.ENROLLED:
            return welcome_words.words(ports, session, message, worker)
        case _:
            return notices.words(message, worker)


def _code(ports: Ports, verification: PhoneVerification | None) -> _Outgoing | None:
    if verification is None or not verification.awaits_code(ports.clock.now()):
        return None
    words = CODE_MESSAGE.in_(Language(verification.language), code=code_of(ports, verification.id))
    return _Outgoing(phone_of(ports, verification), words)


def _call_off(ports: Ports, message_id: UUID) -> None:
    """A message that nobody is to get any more has failed, on every channel."""
    with ports.transactions.begin() as session:
        session.execute(hold_addressees([message_id]))
        message = session.scalar(select_message_to_settle(message_id))
        if message is None or message.state is not DeliveryState.QUEUED:
            return
        message.state = DeliveryState.FAILED
        message.settled_at = ports.clock.now()
        if message.kind is MessageKind.REMINDER:
            reminder = session.scalars(select_reminder_of(message)).one()
            reminder.called_off_at = message.settled_at


def collect_deliveries(ports: Ports) -> None:
    """Ask the gateway what became of messages since the last time, page after page.

    :raises GatewayDown: to be done again later.
    """
    while _collect_page(ports):
        continue


def _collect_page(ports: Ports) -> bool:
    """Whether anything was reported, so that there may be more.

    Not whether the position moved: that of a gateway that counts the seconds always does.
    """
    with ports.transactions.reading() as session:
        since = session.get_one(GatewayPosition, 1).position
    reports = ports.messages.deliveries(since=since)
    if reports.position == since:
        return False
    with ports.transactions.begin() as session:
        read = session.scalars(select_position_to_move()).one()
        if read.position != since:
            return False  # Another worker is reading.
        _hold_who_may_be_told_again(session, reports.deliveries)
        for delivery in reports.deliveries:
            _settle(ports, session, delivery)
        read.position = reports.position
    return bool(reports.deliveries)


def _hand_over(ports: Ports, message: Message, outgoing: _Outgoing) -> DeliveryState:
    try:
        ports.messages.send(
            outgoing.recipient, outgoing.words, channel=message.channel, key=message.id
        )
    except MessageRefused:
        return DeliveryState.FAILED
    return DeliveryState.SENT


def _hold_who_may_be_told_again(session: Session, deliveries: Sequence[Delivery]) -> None:
    """Before their messages: what follows one up names whom it is to."""
    failed = [each.key for each in deliveries if each.state is DeliveryState.FAILED]
    if failed:
        session.execute(hold_addressees(failed))


def _settle(ports: Ports, session: Session, delivery: Delivery) -> None:
    """Write down what became of a message; one that failed on WhatsApp goes out once by SMS."""
    message = session.scalar(select_message_to_settle(delivery.key))
    if message is None or _LATER[delivery.state] <= _LATER[message.state]:
        return
    now = ports.clock.now()
    message.state = delivery.state
    message.settled_at = now
    if delivery.state is DeliveryState.FAILED and message.channel is Channel.WHATSAPP:
        _follow_up(ports, session, message, now)


def _follow_up(ports: Ports, session: Session, failed: Message, now: datetime) -> None:
    verification = _verification_to_prolong(session, failed)
    if verification is not None and not verification.awaits_code(now):
        return
    if session.scalar(select_follow_up(failed.id)):
        return
    if verification is not None:
        verification.channel = Channel.SMS
        verification.prolong(now)
    message = failed.again_by(Channel.SMS, now)
    message.recipient_sealed = notices.sealed_again(ports, failed, message.id)
    repeat(ports, session, message)


def repeat(ports: Ports, session: Session, message: Message) -> None:
    """Have a message sent that repeats another, if and only if the transaction commits."""
    session.add(message)
    session.flush()
    ports.jobs.defer(session, _job(message))


def _job(message: Message) -> Job:
    match message.kind:
        case MessageKind.CODE:
            return SendMessage(message.id)
        case MessageKind.REMINDER:
            return SendReminder(message.id)
        case MessageKind.ENROLLED:
            return SendWelcome(message.id)
        case _:
            return SendNotice(message.id)


def _verification_to_prolong(session: Session, failed: Message) -> PhoneVerification | None:
    if failed.verification_id is None:
        return None
    held = select_verification(failed.verification_id).with_for_update()
    return session.scalars(held).one()
