"""Workers are reminded to pay: who is due today is looked for, a few at a time. Run by the worker.

A day's round goes once through everybody whose last paid month makes them due, and remembers where it
has come to. It stops while enough reminders wait to be sent, so at a month end, too, the queue is
short.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from models.message import Message, MessageKind, count_waiting, queue_again
from models.reminder import (
    Reminder,
    ReminderRound,
    select_candidates,
    select_round_to_move,
    select_rounds,
    start_round,
)
from models.reminder_days import MOST_WAITING, Due, due_on, in_hours, opened_at
from models.values.channel import Channel, DeliveryState
from models.values.jakarta import day_of
from services.jobs import SendReminder
from services.ports import Ports
from services.reminder_words import documents

# Workers that are looked at in one transaction.
BATCH = 1_000


def remind(ports: Ports, size: int = BATCH, most: int = MOST_WAITING.value) -> None:
    """Have those reminded who are due today, as long as there is room and people are awake.

    :param size: how many workers are looked at in one transaction.
    :param most: how many reminders may wait to be sent.
    """
    now = ports.clock.now()
    if not in_hours(now):
        return
    with ports.transactions.reading() as session:
        waiting, left = session.execute(count_waiting(MessageKind.REMINDER, opened_at(now))).one()
    if left:
        _take_up_again(ports, now)
    unfinished, room = _unfinished(ports, now), most - waiting
    while unfinished and room > 0:
        planned, finished = _go_on(ports, unfinished[0], min(size, room))
        room -= planned
        if finished:
            unfinished.pop(0)


def _take_up_again(ports: Ports, now: datetime) -> None:
    """Those that were not sent yesterday before it was too late in the day."""
    with ports.transactions.begin() as session:
        earlier = queue_again(MessageKind.REMINDER, opened_at(now), now)
        left = session.scalars(earlier).all()
        ports.jobs.defer_all(session, [SendReminder(each) for each in left])


def _unfinished(ports: Ports, now: datetime) -> list[Due]:
    today = day_of(now)
    with ports.transactions.reading() as session:
        rounds = session.scalars(select_rounds(today)).all()
    finished = {Due(each.paid_through, each.days) for each in rounds if each.is_finished(now)}
    return [due for due in due_on(today) if due not in finished]


def _go_on(ports: Ports, due: Due, size: int) -> tuple[int, bool]:
    """The next part of a round: how many are reminded, and whether that was the last."""
    now = ports.clock.now()
    today = day_of(now)
    with ports.transactions.begin() as session:
        session.execute(start_round(today, due))
        at = session.scalars(select_round_to_move(today, due)).one()
        if at.is_finished(now):
            return 0, True  # Another worker has.
        looked_at = _look(ports, session, at, due, size)
        _queue(ports, session, [worker_id for worker_id, is_due in looked_at if is_due], due, now)
        at.position = looked_at[-1][0] if looked_at else None
        at.finished_at = now if len(looked_at) < size else None
    planned = sum(is_due for _, is_due in looked_at)
    return planned, at.finished_at is not None


def _look(
    ports: Ports, session: Session, at: ReminderRound, due: Due, size: int
) -> list[tuple[UUID, bool]]:
    # A round that was finished later than now begins again: the clock was put back.
    after = None if at.finished_at is not None else at.position
    candidates = select_candidates(due, documents(ports), after=after, size=size)
    return [(row[0], row[1]) for row in session.execute(candidates)]


def _queue(
    ports: Ports, session: Session, workers: Sequence[UUID], due: Due, now: datetime
) -> None:
    by_worker = {worker_id: _message(worker_id, now) for worker_id in workers}
    session.add_all(by_worker.values())
    session.flush()
    session.add_all(_reminder(message, due) for message in by_worker.values())
    session.flush()
    ports.jobs.defer_all(session, [SendReminder(each.id) for each in by_worker.values()])


def _message(worker_id: UUID, now: datetime) -> Message:
    return Message(
        id=uuid4(),
        kind=MessageKind.REMINDER,
        worker_id=worker_id,
        channel=Channel.WHATSAPP,
        state=DeliveryState.QUEUED,
        queued_at=now,
    )


def _reminder(message: Message, due: Due) -> Reminder:
    return Reminder(
        worker_id=message.addressee,
        due_on=due.paid_through.last_day,
        days=due.days,
        message_id=message.id,
    )
