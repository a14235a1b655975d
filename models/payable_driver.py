"""Which of a partner's drivers can be paid for, for which month, and whether money still settles it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    Uuid,
    and_,
    any_,
    exists,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from models.consent import took_back
from models.enrolment import Enrolment
from models.erasure_request import ErasureRequest, ErasureStatus
from models.partner_invoice_line import PartnerInvoiceLine
from models.policy import MONTHS_AHEAD
from models.spells import PaidMonth, first_unpaid_after, is_in_turn
from models.terms import ContributionTerms
from models.values.identity import IdentityStatus
from models.values.month import Month
from models.worker import Worker


class Driver(NamedTuple):
    """Somebody whom a partner may want to pay for.

    :param ready: nothing stands against it, but that there may be no month to pay, or no plan.
    """

    enrolment_id: UUID
    external_id: str
    worker_id: UUID
    paid_through: Month | None
    ready: bool


class Barred(NamedTuple):
    """What stands against paying for somebody, beside what is known of them.

    :param invoice_ids: the partner's invoices that may still be paid: nobody is on two of them.
    :param documents: to none of which they may have withdrawn their consent.
    """

    invoice_ids: Sequence[UUID]
    documents: Collection[str]


def month_to_pay(paid_through: Month | None, up_to: Month, now: datetime) -> Month | None:
    """The oldest unpaid month, if it is not after ``up_to`` and may be paid for already.

    :param paid_through: the last one that is paid.
    """
    month = first_unpaid_after(paid_through, now)
    return month if month <= min(up_to, Month.at(now) + MONTHS_AHEAD.value) else None


def still_settles(
    month: Month,
    paid: Sequence[PaidMonth],
    paid_through: Month | None,
    paid_at: datetime,
    refused_at: datetime | None,
) -> bool:
    """Whether a partner's money settles the month that it was paid for.

    As with a worker's own money: it must be next in turn, and of somebody whose identity was refused
    since, only months are settled that had begun by then.

    :param refused_at: when the identity was refused, if it is. Money that was paid afterwards is for
        nobody.
    """
    if refused_at is not None and (paid_at >= refused_at or month.starts_at > refused_at):
        return False
    return is_in_turn(month, paid, paid_through, paid_at)


def select_drivers(
    partner_id: UUID, barred: Barred, *, after: UUID | None, limit: int
) -> Select[UUID, str, UUID, Month | None, bool]:
    """The next ``Driver``s of a partner whose links have not ended, in the order of the links."""
    statement = _select_drivers(partner_id, barred).order_by(Enrolment.id).limit(limit)
    return statement if after is None else statement.where(Enrolment.id > after)


def select_drivers_called(
    partner_id: UUID, barred: Barred, external_ids: Sequence[str]
) -> Select[UUID, str, UUID, Month | None, bool]:
    """The ``Driver``s whom the partner calls by these names."""
    called = Enrolment.external_id == any_(literal(list(external_ids), ARRAY(Text)))
    return _select_drivers(partner_id, barred).where(called)


def select_terms_of(worker_ids: Sequence[UUID]) -> Select[*tuple[Any, ...]]:
    """What many workers chose, each one's in the order in which it was decided: as rows that are
    ``Choice``s."""
    terms = ContributionTerms
    return (
        select(
            terms.worker_id,
            terms.from_month,
            terms.decided_at,
            terms.plan,
            terms.monthly_income,
            terms.sector,
        )
        .where(terms.worker_id == any_(_ids(worker_ids)))
        .order_by(terms.worker_id, terms.decided_at, terms.id)
    )


def _select_drivers(
    partner_id: UUID, barred: Barred
) -> Select[UUID, str, UUID, Month | None, bool]:
    ready = and_(
        Enrolment.identity_status == IdentityStatus.VERIFIED,
        Worker.identity_status == IdentityStatus.VERIFIED,
        Worker.erased_at.is_(None),
        ~_is_leaving(),
        ~took_back(Worker.id, barred.documents),
        ~_is_billed(partner_id, barred.invoice_ids),
    )
    columns = (Enrolment.id, Enrolment.external_id, Enrolment.worker_id, Worker.paid_through)
    return (
        select(*columns, ready.label("ready"))
        .join(Worker, Worker.id == Enrolment.worker_id)
        .where(Enrolment.partner_id == partner_id, Enrolment.ended_at.is_(None))
    )


def _is_leaving() -> ColumnElement[bool]:
    return exists().where(
        ErasureRequest.worker_id == Worker.id, ErasureRequest.status == ErasureStatus.WAITING
    )


def _is_billed(partner_id: UUID, invoice_ids: Sequence[UUID]) -> ColumnElement[bool]:
    """By the worker, not by the link: one may have ended, and another begun."""
    link, line = aliased(Enrolment), PartnerInvoiceLine
    return exists().where(
        link.worker_id == Worker.id,
        link.partner_id == partner_id,
        line.enrolment_id == link.id,
        line.partner_invoice_id == any_(_ids(invoice_ids)),
    )


def _ids(ids: Sequence[UUID]) -> ColumnElement[Sequence[UUID]]:
    """One parameter, however many there are."""
    return literal(list(ids), ARRAY(Uuid))
