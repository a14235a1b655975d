"""Drivers are told by message who enrolled them, a few at a time. Run by the worker, every minute.

However many drivers a partner's file has, some hundred messages wait to be sent at a time; what is
still to be queued are the rows of ``enrolment`` that have no ``welcomed_at``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from models.enrolment import Enrolment
from models.message import Message, MessageKind, count_waiting, queue_again
from models.reminder_days import in_hours, opened_at
from models.values.channel import Channel, DeliveryState
from models.values.jakarta import day_of
from models.welcome import (
    MOST_WAITING,
    select_day_to_count,
    select_unwelcomed,
    select_welcoming,
    start_day,
)
from services.jobs import SendWelcome
from services.links.documents import required
from services.ports import Ports


def welcome(ports: Ports, most: int = MOST_WAITING.value) -> None:
    """Have those told who are not, as long as there is room, people are awake, and their partner
    may write to more of them today.

    :param most: how many welcomes may wait to be sent.
    """
    now = ports.clock.now()
    if not in_hours(now):
        return
    with ports.transactions.reading() as session:
        waiting, left = session.execute(count_waiting(MessageKind.ENROLLED, opened_at(now))).one()
        partners = session.scalars(select_welcoming(day_of(now))).all()
    if left:
        _take_up_again(ports, now)
    room = most - waiting
    for behind, partner_id in enumerate(partners):
        # What one partner does not use is left for those after it.
        share = -(-room // (len(partners) - behind))
        if share <= 0:
            return
        room -= _welcome_some(ports, partner_id, share, now)


def _take_up_again(ports: Ports, now: datetime) -> None:
    """Those that were not sent yesterday before it was too late in the day."""
    with ports.transactions.begin() as session:
        earlier = queue_again(MessageKind.ENROLLED, opened_at(now), now)
        left = session.scalars(earlier).all()
        ports.jobs.defer_all(session, [SendWelcome(each) for each in left])


def _welcome_some(ports: Ports, partner_id: UUID, most: int, now: datetime) -> int:
    """:returns: to how many of a partner's drivers a message is on its way now."""
    with ports.transactions.begin() as session:
        session.execute(start_day(partner_id, day_of(now)))
        day, allowed = session.execute(select_day_to_count(partner_id, day_of(now))).one()
        size = min(most, allowed - day.queued)
        if size <= 0:
            return 0
        looked_at = session.execute(select_unwelcomed(partner_id, required(ports), size=size)).all()
        for tie, _ in looked_at:
            # Also of those who are not to be written to: nobody looks at them again.
            tie.welcomed_at = now
        told = [tie for tie, may_be in looked_at if may_be]
        _queue(ports, session, told, now)
        day.queued += len(told)
        return len(told)


def _queue(ports: Ports, session: Session, ties: Sequence[Enrolment], now: datetime) -> None:
    messages = [_message(tie, now) for tie in ties]
    session.add_all(messages)
    session.flush()
    ports.jobs.defer_all(session, [SendWelcome(each.id) for each in messages])


def _message(tie: Enrolment, now: datetime) -> Message:
    return Message(
        id=uuid4(),
        kind=MessageKind.ENROLLED,
        worker_id=tie.worker_id,
        enrolment_id=tie.id,
        channel=Channel.WHATSAPP,
        state=DeliveryState.QUEUED,
        queued_at=now,
    )
