"""The statements by which what partners sent is put before the population registry."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Insert,
    Select,
    Update,
    and_,
    exists,
    false,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from models.check_pace import PartnerChecks
from models.enrolment import Enrolment
from models.identity_check import IdentityCheck
from models.partner import Partner
from models.values.identity import IdentityStatus
from models.worker import Worker

_UNASKED = and_(Enrolment.identity_asked_at.is_(None), Enrolment.ended_at.is_(None))
_OPEN = and_(
    IdentityCheck.enrolment_id.is_not(None),
    IdentityCheck.outcome.is_(None),
    IdentityCheck.superseded_at.is_(None),
)
# Its data is the worker's record, and nobody has said yet whether that is true.
_UNCOMPARED = and_(
    Enrolment.sent_sealed.is_(None), Enrolment.identity_status == IdentityStatus.PENDING
)
_IN_REVIEW = Enrolment.identity_status == IdentityStatus.IN_REVIEW


def count_open() -> Select[int]:
    """Partners' checks whose answer is still wanted."""
    return select(func.count()).select_from(IdentityCheck).where(_OPEN)


def select_partners_to_ask_for(day: date) -> Select[UUID, int]:
    """Partners with somebody to be asked about, who has had least of the day's checks first, each
    with how many more it may have. A closed account asks about nobody."""
    asked = func.coalesce(PartnerChecks.asked, 0)
    of_today = and_(PartnerChecks.partner_id == Partner.id, PartnerChecks.day == day)
    # Not EXISTS: that is made into a join, which reads everybody who waits.
    waiting = (
        select(Enrolment.id)
        .where(Enrolment.partner_id == Partner.id, _UNASKED)
        .order_by(Enrolment.partner_id, Enrolment.batch_id, Enrolment.id)
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(Partner.id, Partner.checks_per_day - asked)
        .outerjoin(PartnerChecks, of_today)
        .where(Partner.disabled_at.is_(None), asked < Partner.checks_per_day, waiting.is_not(None))
        .order_by(asked, Partner.id)
    )


def select_unasked(partner_id: UUID, batch_id: UUID | None, most: int) -> Select[UUID]:
    """Of one file, or of those that came by themselves, the longest waiting first."""
    return (
        select(Enrolment.id)
        .where(Enrolment.partner_id == partner_id, _UNASKED, _of_file(batch_id))
        # In the order of the index, which would not be seen to be that of the ids alone.
        .order_by(Enrolment.partner_id, Enrolment.batch_id, Enrolment.id)
        .limit(most)
    )


def _of_file(batch_id: UUID | None) -> ColumnElement[bool]:
    return Enrolment.batch_id.is_(None) if batch_id is None else Enrolment.batch_id == batch_id


def select_to_ask(enrolment_ids: Collection[UUID]) -> Select[Enrolment, datetime | None]:
    """Held with their workers, and whether the worker was erased. Whoever is held by somebody else
    is left out: their turn comes again."""
    return (
        select(Enrolment, Worker.erased_at)
        .join(Worker, Worker.id == Enrolment.worker_id)
        .where(Enrolment.id.in_(enrolment_ids), _UNASKED)
        .with_for_update(of=(Enrolment, Worker), key_share=True, skip_locked=True)
        .execution_options(populate_existing=True)
    )


def mark_asked(enrolment_ids: Collection[UUID], now: datetime) -> Update:
    return update(Enrolment).where(Enrolment.id.in_(enrolment_ids)).values(identity_asked_at=now)


def insert_checks(rows: Sequence[dict[str, Any]]) -> Insert:
    return insert(IdentityCheck).values(list(rows))


def select_check_to_ask(check_id: UUID) -> Select[IdentityCheck, Worker, Enrolment]:
    """An open check with whom it is about, as of one instant; the enrolment where it is a partner's."""
    return (
        select(IdentityCheck, Worker, Enrolment)
        .join(Worker, Worker.id == IdentityCheck.worker_id)
        .outerjoin(Enrolment, Enrolment.id == IdentityCheck.enrolment_id)
        .where(
            IdentityCheck.id == check_id,
            IdentityCheck.outcome.is_(None),
            IdentityCheck.superseded_at.is_(None),
        )
    )


def select_enrolment_of_check(enrolment_id: UUID) -> Select[Enrolment]:
    return (
        select(Enrolment)
        .where(Enrolment.id == enrolment_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


def select_uncompared(worker_id: UUID) -> Select[Enrolment]:
    """Those of a worker whose data is the worker's record, and has not been judged yet; held."""
    return (
        select(Enrolment)
        .where(Enrolment.worker_id == worker_id, _UNCOMPARED)
        .order_by(Enrolment.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


def select_in_review(worker_id: UUID) -> Select[Enrolment]:
    """Those of a worker that wait for people; held."""
    return _held(worker_id, _IN_REVIEW)


def select_judged_by_staff(worker_id: UUID, *, refused: bool) -> Select[Enrolment]:
    """Those of a worker that follow what staff say of the worker: what was sent is the worker's
    record, and nobody has judged it; or it waits for people. Held.

    :param refused: also those of the record that were refused before.
    """
    other = aliased(IdentityCheck)
    beside_record = exists().where(other.enrolment_id == Enrolment.id, other.of_record.is_(False))
    before = and_(Enrolment.identity_status == IdentityStatus.REFUSED, ~beside_record)
    return _held(worker_id, or_(_UNCOMPARED, _IN_REVIEW, before if refused else false()))


def _held(worker_id: UUID, which: ColumnElement[bool]) -> Select[Enrolment]:
    return (
        select(Enrolment)
        .where(Enrolment.worker_id == worker_id, Enrolment.ended_at.is_(None), which)
        .order_by(Enrolment.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


def select_check_of_record(worker_id: UUID) -> Select[UUID]:
    """A check of the worker's record whose answer is still wanted, whoever asked for it."""
    return (
        select(IdentityCheck.id)
        .where(
            IdentityCheck.worker_id == worker_id,
            IdentityCheck.of_record,
            IdentityCheck.outcome.is_(None),
            IdentityCheck.superseded_at.is_(None),
        )
        .limit(1)
    )


def leave_record(enrolment_ids: Collection[UUID]) -> Update:
    """What is still to be answered of these is not about the worker's record any more. Gives the
    enrolments that are asked about already."""
    return (
        update(IdentityCheck)
        .where(IdentityCheck.enrolment_id.in_(enrolment_ids), _OPEN)
        .values(of_record=False)
        .returning(IdentityCheck.enrolment_id)
    )


def supersede_checks_of(enrolment_ids: Collection[UUID], now: datetime) -> Update:
    """They have been judged by another check of the same record."""
    return (
        update(IdentityCheck)
        .where(IdentityCheck.enrolment_id.in_(enrolment_ids), _OPEN)
        .values(superseded_at=now)
    )
