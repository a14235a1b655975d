"""A partner's ties as it sees them: all that it may know, in one statement for one or a thousand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    SQLColumnExpression,
    Text,
    and_,
    any_,
    case,
    cast,
    func,
    literal,
    select,
    union_all,
)

from models.consent import took_back
from models.contribution import Contribution
from models.enrolment import Enrolment, Link
from models.partner import Partner
from models.partner_invoice import PartnerInvoice
from models.spells import PaidMonth
from models.standing import paid_months_in, select_paid_months
from models.values.identity import IdentityStatus

_tie, _partner = Enrolment.__table__.c, Partner.__table__.c
IS_LINK: dict[Link, ColumnElement[bool]] = {
    Link.UNCONFIRMED: and_(_tie.confirmed_at.is_(None), _tie.ended_at.is_(None)),
    Link.CONFIRMED: and_(_tie.confirmed_at.is_not(None), _tie.ended_at.is_(None)),
    Link.ENDED: _tie.ended_at.is_not(None),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which ties; None: whichever."""

    external_id: str | None = None
    identity: IdentityStatus | None = None
    link: Link | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PartnerLink:
    """``paid``: every month that was ever paid for the worker, by whomever; None where that is not
    the partner's to know. ``worker_id`` never is."""

    id: UUID
    external_id: str | None
    link: Link
    ended_at: datetime | None
    identity: IdentityStatus
    months_paid_by_you: int
    paid: tuple[PaidMonth, ...] | None
    worker_id: UUID
    partner_name: str


def read_link(row: Sequence[Any]) -> PartnerLink:
    """A row of ``select_links``."""
    link_id, external_id, link, ended_at, identity, paid_by_you, paid, worker_id, name = row
    return PartnerLink(
        id=link_id,
        external_id=external_id,
        link=Link(link),
        ended_at=ended_at,
        identity=identity,
        months_paid_by_you=paid_by_you,
        paid=None if paid is None else paid_months_in(paid),
        worker_id=worker_id,
        partner_name=name,
    )


def shares_cover(
    tie: Any, documents: Iterable[str], worker_id: SQLColumnExpression[UUID]
) -> ColumnElement[bool]:
    """Whether a worker shares their cover: they have confirmed the tie, it has not ended, and they
    have not taken back a consent without which nobody is served.

    :param tie: the columns of ``enrolment``, or the class.
    :param documents: the required ones.
    """
    return and_(
        tie.confirmed_at.is_not(None),
        tie.ended_at.is_(None),
        ~took_back(worker_id, documents),
    )


def select_links(partner_id: UUID, documents: Iterable[str]) -> Select[*tuple[Any, ...]]:
    """Rows for ``read_link`` of all of a partner's ties; to be narrowed down.

    :param documents: those that are required of a worker.
    """
    link = case(*((condition, literal(each.value)) for each, condition in IS_LINK.items()))
    paid = func.coalesce(select_paid_months(_tie.worker_id).scalar_subquery(), "[]")
    return (
        select(
            _tie.id,
            _tie.external_id,
            link,
            _tie.ended_at,
            _tie.identity_status,
            months_paid_by(_tie.partner_id, _tie.worker_id),
            # Of who shares nothing, nothing is read.
            case((shares_cover(_tie, documents, _tie.worker_id), paid)),
            _tie.worker_id,
            _partner.name,
        )
        .join_from(Enrolment.__table__, Partner.__table__, _partner.id == _tie.partner_id)
        .where(_tie.partner_id == partner_id)
    )


def select_link(
    link_id: UUID, partner_id: UUID, documents: Iterable[str]
) -> Select[*tuple[Any, ...]]:
    return select_links(partner_id, documents).where(_tie.id == link_id)


def select_links_named(
    external_ids: Sequence[str], partner_id: UUID, documents: Iterable[str]
) -> Select[*tuple[Any, ...]]:
    """The partner's ties by its own names for the workers, ended ones too, the latest last."""
    return (
        select_links(partner_id, documents)
        .where(_tie.id.in_(_named(external_ids, partner_id)))
        .order_by(_tie.ended_at.asc().nulls_last(), _tie.id)
    )


def select_links_page(
    partner_id: UUID,
    documents: Iterable[str],
    wanted: Wanted,
    *,
    after: UUID | None,
    limit: int,
) -> Select[*tuple[Any, ...]]:
    """A page of a partner's ties in the order of their ids, from behind one of them on."""
    page = select_links(partner_id, documents).order_by(_tie.id).limit(limit)
    if wanted.external_id is not None:
        page = page.where(_tie.id.in_(_named([wanted.external_id], partner_id)))
    if wanted.identity is not None:
        page = page.where(_tie.identity_status == wanted.identity)
    if wanted.link is not None:
        page = page.where(IS_LINK[wanted.link])
    return page if after is None else page.where(_tie.id > after)


def _named(external_ids: Sequence[str], partner_id: UUID) -> Select[UUID]:
    """Those that stand and those that have ended are found by an index each."""
    names = cast(list(external_ids), ARRAY(Text))
    mine = and_(Enrolment.partner_id == partner_id, Enrolment.external_id == any_(names))
    parts = (Enrolment.ended_at.is_(None), Enrolment.ended_at.is_not(None))
    both = union_all(*(select(Enrolment.id).where(mine, part) for part in parts))
    return select(both.subquery("named").c.id)


def months_paid_by(
    partner_id: SQLColumnExpression[UUID], worker_id: SQLColumnExpression[UUID]
) -> ColumnElement[int]:
    """How many months of a worker a partner has paid for, that stand."""
    paid = (
        select(func.count())
        .select_from(Contribution)
        .join(PartnerInvoice, PartnerInvoice.id == Contribution.partner_invoice_id)
        .where(
            Contribution.worker_id == worker_id,
            Contribution.refunded_at.is_(None),
            PartnerInvoice.partner_id == partner_id,
        )
    )
    return paid.scalar_subquery()
