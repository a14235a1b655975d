"""The cases that staff decide, read from the rows that make them cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    String,
    and_,
    case,
    func,
    literal,
    literal_column,
    select,
    tuple_,
    union_all,
)

from models.base import Model
from models.columns import Instant
from models.phone_change_request import PhoneChangeRequest, PhoneChangeStatus
from models.refund import RefundCase
from models.review import Review
from models.staff import StaffAccount
from models.values.identity import IdentityStatus
from models.values.page import Place
from models.values.review import ReviewKind, ReviewState
from models.worker import Worker

SINCE = func.coalesce(Worker.identity_checked_at, Worker.registered_at, type_=Instant)
"""Since when a worker has been with our staff, or was refused."""

Columns = Select[UUID, str, UUID, str, datetime, str | None, str, str | None, datetime | None]

_NO_REASON: SQLColumnExpression[str | None] = literal_column("null", String)


@dataclass(frozen=True, kw_only=True)
class _Source:
    """The cases of one kind.

    :param since: when it came to staff, or may be decided. :param refused: whether it waits for
        nobody unless somebody has taken it up.
    """

    kind: ReviewKind
    table: type[Model]
    id: SQLColumnExpression[UUID]
    since: SQLColumnExpression[datetime]
    where: tuple[ColumnElement[bool], ...]
    reason: SQLColumnExpression[str | None] = _NO_REASON
    refused: bool = False
    on_hold: bool = False


def _standing(status: IdentityStatus) -> tuple[ColumnElement[bool], ...]:
    # Written out, because no index of a few workers is used for a word that is yet to be filled in.
    word = literal_column(f"'{status}'", Worker.identity_status.type)
    return Worker.identity_status == word, Worker.erased_at.is_(None)


_OF_IDENTITY = _Source(
    kind=ReviewKind.IDENTITY,
    table=Worker,
    id=Worker.id,
    since=SINCE,
    reason=Worker.identity_reason,
    where=_standing(IdentityStatus.IN_REVIEW),
)
_SOURCES = (
    _OF_IDENTITY,
    replace(
        _OF_IDENTITY,
        where=_standing(IdentityStatus.REFUSED),
        refused=True,
    ),
    _Source(
        kind=ReviewKind.PHONE_CHANGE,
        table=PhoneChangeRequest,
        id=PhoneChangeRequest.id,
        since=PhoneChangeRequest.hold_until,
        where=(PhoneChangeRequest.status == PhoneChangeStatus.ON_HOLD,),
        on_hold=True,
    ),
    _Source(
        kind=ReviewKind.REFUND,
        table=RefundCase,
        id=RefundCase.id,
        since=RefundCase.opened_at,
        where=(RefundCase.closed_at.is_(None),),
    ),
)


def select_cases(
    now: datetime,
    *,
    kind: ReviewKind | None = None,
    state: ReviewState | None = None,
    after: Place | None = None,
    limit: int,
) -> Columns:
    """The longest waiting first, from behind a place (since, id) on. Refused identities that
    nobody has taken up only where their state is asked for."""
    wanted = [_page(source, now, state, after, limit) for source in _named(kind, state)]
    if not wanted:
        wanted = [_page(_OF_IDENTITY, now, state, after, limit).where(literal(False))]
    cases = union_all(*(select(each.subquery()) for each in wanted)).subquery()
    return select(cases).order_by(cases.c.since, cases.c.id).limit(limit)


def select_case(about_id: UUID, now: datetime) -> Columns:
    """One of them, refused identities included."""
    found = [_rows(source, now).where(source.id == about_id) for source in _SOURCES]
    return select(union_all(*found).subquery())


def select_what_it_was(about_id: UUID) -> Select[UUID]:
    """Whether there ever was something of this id to decide."""
    ids = (Worker.id, PhoneChangeRequest.id, RefundCase.id)
    return select(union_all(*(select(each).where(each == about_id) for each in ids)).subquery())


def _named(kind: ReviewKind | None, state: ReviewState | None) -> Iterator[_Source]:
    for source in _SOURCES:
        if kind is not None and source.kind is not kind:
            continue
        if state is ReviewState.REFUSED and not source.refused:
            continue
        if state is ReviewState.ON_HOLD and not source.on_hold:
            continue
        if state is ReviewState.OPEN and source.refused:
            continue
        yield source


def _page(
    source: _Source, now: datetime, state: ReviewState | None, after: Place | None, limit: int
) -> Columns:
    rows = _rows(source, now)
    if state is not None:
        rows = rows.where(_state(source, now) == state.value)
    elif source.refused:
        rows = rows.where(Review.id.is_not(None), _state(source, now) != ReviewState.REFUSED.value)
    if after is not None:
        rows = rows.where(tuple_(source.since, source.id) > after)
    return rows.order_by(source.since, source.id).limit(limit)


def _rows(source: _Source, now: datetime) -> Columns:
    whose: Any = source.table if source.table is Worker else source.table.worker_id  # type: ignore[attr-defined]
    claimed = and_(StaffAccount.id == Review.claimed_by, Review.claimed_until > now)
    rows = select(
        source.id.label("id"),
        literal_column(f"'{source.kind}'", String).label("kind"),
        Worker.id.label("worker_id"),
        Worker.registration_number.label("registration_number"),
        source.since.label("since"),
        source.reason.label("reason"),
        _state(source, now).label("state"),
        StaffAccount.username.label("claimed_by"),
        case((StaffAccount.id.is_not(None), Review.claimed_until)).label("claimed_until"),
    ).select_from(source.table)
    if source.table is not Worker:
        rows = rows.join(Worker, Worker.id == whose)
    taken_up = and_(Review.about_id == source.id, Review.closed_at.is_(None))
    return rows.outerjoin(Review, taken_up).outerjoin(StaffAccount, claimed).where(*source.where)


def _state(source: _Source, now: datetime) -> ColumnElement[str]:
    """By the same rules as ``Review``."""
    otherwise = ReviewState.REFUSED if source.refused else ReviewState.OPEN
    states: list[tuple[ColumnElement[bool], str]] = [
        (Review.first_decision.is_not(None), ReviewState.AWAITING_SECOND.value),
        (Review.claimed_until > now, ReviewState.CLAIMED.value),
    ]
    if source.on_hold:
        states.insert(0, (PhoneChangeRequest.hold_until > now, ReviewState.ON_HOLD.value))
    return case(*states, else_=literal(otherwise.value, String))
