"""Welcomes: drivers are told who enrolled them, so many a day for each partner."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Select, and_, exists, func, select
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Mapped, aliased, mapped_column

from models.base import Model
from models.consent import took_back
from models.enrolment import Enrolment
from models.erasure_request import ErasureRequest, ErasureStatus
from models.partner import Partner
from models.policy import Policy
from models.worker import Worker

MOST_WAITING = Policy(
    500,
    since=date(2026, 11, 25),
    basis="So many welcomes wait to be sent at a time, however many drivers a file has: some "
    "minutes' work for one worker. Whoever ends a tie is not written to, and reminders, which share "
    "the lane, do not stand behind a hundred thousand.",
)


class WelcomeDay(Model):
    """How many of a partner's drivers were written to on one Jakarta day."""

    __tablename__ = "welcome_day"

    partner_id: Mapped[UUID] = mapped_column(ForeignKey(Partner.id), primary_key=True)
    on_day: Mapped[date] = mapped_column(primary_key=True)
    queued: Mapped[int]


# As the index has it.
_UNWELCOMED = and_(
    Enrolment.welcomed_at.is_(None), Enrolment.ended_at.is_(None), ~Enrolment.many_on_phone
)


def select_welcoming(on_day: date) -> Select[UUID]:
    """Partners that have drivers to be welcomed and may write to some more, the one that wrote
    least today first."""
    today = and_(WelcomeDay.partner_id == Partner.id, WelcomeDay.on_day == on_day)
    queued = func.coalesce(WelcomeDay.queued, 0)
    return (
        select(Partner.id)
        .outerjoin(WelcomeDay, today)
        .where(
            Partner.disabled_at.is_(None),
            queued < Partner.messages_per_day,
            exists().where(Enrolment.partner_id == Partner.id, _UNWELCOMED),
        )
        .order_by(queued, Partner.id)
    )


def start_day(partner_id: UUID, on_day: date) -> Insert:
    """Unless it was started."""
    row = {"partner_id": partner_id, "on_day": on_day, "queued": 0}
    return insert(WelcomeDay).values(row).on_conflict_do_nothing()


def select_day_to_count(partner_id: UUID, on_day: date) -> Select[WelcomeDay, int]:
    """A partner's day and how many it may write to on one, held: of two workers at it, the later
    one counts on from the other."""
    return (
        select(WelcomeDay, Partner.messages_per_day)
        .join(Partner, Partner.id == WelcomeDay.partner_id)
        .where(WelcomeDay.partner_id == partner_id, WelcomeDay.on_day == on_day)
        .with_for_update(of=WelcomeDay)
    )


def select_unwelcomed(
    partner_id: UUID, documents: list[str], *, size: int
) -> Select[Enrolment, bool]:
    """The next of a partner's drivers, held with their workers, and whether each of them is to be
    written to. Whoever is held by somebody else is left for the next round: everybody else holds a
    worker before the ties, and a message names both.

    :param documents: those that are required of a worker.
    """
    return (
        select(Enrolment, may_be_welcomed(documents))
        .join(Worker, Worker.id == Enrolment.worker_id)
        .where(Enrolment.partner_id == partner_id, _UNWELCOMED)
        .order_by(Enrolment.id)
        .limit(size)
        .with_for_update(of=(Enrolment, Worker), key_share=True, skip_locked=True)
    )


def may_be_welcomed(documents: list[str]) -> ColumnElement[bool]:
    """Whether a driver is to be told of a tie: they were not told of this partner before, have not
    confirmed meanwhile, took no required consent back and do not ask to be erased."""
    before = aliased(Enrolment)
    return and_(
        Enrolment.ended_at.is_(None),
        Enrolment.confirmed_at.is_(None),
        ~exists().where(
            before.partner_id == Enrolment.partner_id,
            before.worker_id == Enrolment.worker_id,
            before.id != Enrolment.id,
            before.welcomed_at.is_not(None),
        ),
        ~took_back(Enrolment.worker_id, documents),
        ~exists().where(
            ErasureRequest.worker_id == Enrolment.worker_id,
            ErasureRequest.status == ErasureStatus.WAITING,
        ),
    )


def select_welcome(enrolment_id: UUID, documents: list[str]) -> Select[str, bool]:
    """The partner's name, and whether the driver is still to be told of the tie."""
    return (
        select(Partner.name, and_(may_be_welcomed(documents), Partner.disabled_at.is_(None)))
        .join(Enrolment, Enrolment.partner_id == Partner.id)
        .where(Enrolment.id == enrolment_id)
    )
