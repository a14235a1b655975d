"""Messages go out, and what became of them comes back. Run by the worker."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from models.message import (
    GatewayPosition,
    Message,
    select_follow_up,
    select_message,
    select_message_to_settle,
    select_position_to_move,
)
from models.phone_verification import PhoneVerification, select_verification
from models.values.channel import Channel, DeliveryState
from models.values.words import Language, Words
from services.jobs import SendMessage
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
# A report may overtake the answer to the call that sent the message.
_LATER = {
    DeliveryState.QUEUED: 0,
    DeliveryState.SENT: 1,
    DeliveryState.FAILED: 2,
    DeliveryState.DELIVERED: 3,
}


def send(ports: Ports, message_id: UUID) -> None:
    """Hand a queued message to the gateway; nothing is done for one that has gone already.

    Doing it again is harmless: the gateway sends one message per id, and the code is the same.

    :raises GatewayDown: to be done again later.
    """
    with ports.transactions.reading() as session:
        message = session.scalar(select_message(message_id))
        if message is None or message.state is not DeliveryState.QUEUED:
            return
        verification = session.scalars(select_verification(message.verification_id)).one()
    if not verification.awaits_code(ports.clock.now()):
        state = DeliveryState.FAILED
    else:
        state = _hand_over(ports, message, verification)
    with ports.transactions.begin() as session:
        _settle(ports, session, Delivery(key=message_id, state=state))


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
        for delivery in reports.deliveries:
            _settle(ports, session, delivery)
        read.position = reports.position
    return bool(reports.deliveries)


def _hand_over(ports: Ports, message: Message, verification: PhoneVerification) -> DeliveryState:
    words = CODE_MESSAGE.in_(Language(verification.language), code=code_of(ports, verification.id))
    try:
        ports.messages.send(
            phone_of(ports, verification), words, channel=message.channel, key=message.id
        )
    except MessageRefused:
        return DeliveryState.FAILED
    return DeliveryState.SENT


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
    verification = session.scalars(
        select_verification(failed.verification_id).with_for_update()
    ).one()
    if not verification.awaits_code(now) or session.scalar(select_follow_up(failed.id)):
        return
    verification.channel = Channel.SMS
    verification.prolong(now)
    message = Message(
        id=uuid4(),
        verification_id=failed.verification_id,
        channel=Channel.SMS,
        state=DeliveryState.QUEUED,
        fallback_of=failed.id,
        queued_at=now,
    )
    session.add(message)
    session.flush()
    ports.jobs.defer(session, SendMessage(message.id))
