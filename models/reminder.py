"""Reminders to pay: who gets which one, and how far a day's round has come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Delete,
    ForeignKey,
    Select,
    and_,
    delete,
    exists,
    select,
)
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.consent import WorkerConsent
from models.contribution import Contribution
from models.message import Message, MessageKind
from models.reminder_days import Due
from models.values.identity import IdentityStatus
from models.values.month import Month
from models.worker import Worker

DOCUMENT = "reminders"
"""The consent without which nobody is reminded."""


class Reminder(Model):
    """Each at most once: the day that is due and the days from it are part of the key. The code in
    it is derived from the message's id, and stored nowhere."""

    __tablename__ = "reminder"

    worker_id: Mapped[UUID] = mapped_column(ForeignKey(Worker.id), primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[UUID] = mapped_column(ForeignKey(Message.id), unique=True)
    """The first message; one by SMS may follow it up."""
    called_off_at: Mapped[datetime | None]
    """When it was to be sent, and there was no reason to any more."""


class ReminderRound(Model):
    """One look a day at everybody who is due for one reminder, a few at a time."""

    __tablename__ = "reminder_round"

    on_day: Mapped[date] = mapped_column(primary_key=True)
    paid_through: Mapped[Month] = mapped_column(primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[UUID | None]
    """The last worker that was looked at."""
    finished_at: Mapped[datetime | None]

    def is_finished(self, now: datetime) -> bool:
        """What was finished later than now was so before ``JARING_NOW`` went back."""
        return self.finished_at is not None and self.finished_at <= now


def start_round(on_day: date, due: Due) -> Insert:
    """Unless it was started."""
    row = {"on_day": on_day, "paid_through": due.paid_through, "days": due.days}
    return insert(ReminderRound).values(row).on_conflict_do_nothing()


def select_rounds(on_day: date) -> Select[ReminderRound]:
    return select(ReminderRound).where(ReminderRound.on_day == on_day)


def select_round_to_move(on_day: date, due: Due) -> Select[ReminderRound]:
    """Held: of two workers at it, the later one goes on where the other has come to."""
    return (
        select_rounds(on_day)
        .where(ReminderRound.paid_through == due.paid_through, ReminderRound.days == due.days)
        .with_for_update()
    )


def select_candidates(
    due: Due, documents: Iterable[str], *, after: UUID | None, size: int
) -> Select[UUID, bool]:
    """The next workers in the order of their ids whose last paid month it is, and whether each of
    them is to be reminded.

    :param documents: to all of which their consent must stand, in whatever version.
    """
    paid_through = Worker.paid_through == due.paid_through
    looked_at = (
        select(Worker.id, Worker.identity_status)
        .where(paid_through if after is None else and_(paid_through, Worker.id > after))
        .order_by(Worker.id)
        .limit(size)
        .subquery()
    ).c
    conditions = (
        looked_at.identity_status == IdentityStatus.VERIFIED,
        _had_paid(looked_at.id, due),
        ~_was_reminded(looked_at.id, due),
        *(_consents(looked_at.id, document) for document in documents),
    )
    return select(looked_at.id, and_(*conditions)).order_by(looked_at.id)


def _had_paid(worker_id: ColumnElement[UUID], due: Due) -> ColumnElement[bool]:
    """Whether the last month was paid when the reminder's day ended: nobody is sent late what was
    never due on its day."""
    return exists().where(
        Contribution.worker_id == worker_id,
        Contribution.month == due.paid_through,
        Contribution.settled_at < due.missed_by,
        Contribution.refunded_at.is_(None),
    )


def _was_reminded(worker_id: ColumnElement[UUID], due: Due) -> ColumnElement[bool]:
    return exists().where(
        Reminder.worker_id == worker_id,
        Reminder.due_on == due.paid_through.last_day,
        Reminder.days == due.days,
    )


def _consents(worker_id: ColumnElement[UUID], document: str) -> ColumnElement[bool]:
    return exists().where(
        WorkerConsent.worker_id == worker_id,
        WorkerConsent.document == document,
        WorkerConsent.withdrawn_at.is_(None),
    )


def select_reminder_of(message: Message) -> Select[Reminder]:
    """The one that a message is about, whether it is the first message or one that came after."""
    return select(Reminder).where(Reminder.message_id == message.first)


def select_reminders(worker_id: UUID) -> Select[Reminder]:
    return (
        select(Reminder)
        .where(Reminder.worker_id == worker_id)
        .order_by(Reminder.due_on, Reminder.days)
    )


def forget_reminders_of(worker_id: UUID) -> Delete:
    """Their messages must go afterwards."""
    return delete(Reminder).where(Reminder.worker_id == worker_id)


def forget_reminders(before: datetime) -> Delete:
    """Those whose message was queued before."""
    old = select(Message.id).where(
        Message.kind == MessageKind.REMINDER, Message.queued_at <= before
    )
    return delete(Reminder).where(Reminder.message_id.in_(old))
