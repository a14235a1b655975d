"""What people have asked about their data and is not done yet, by when it is due."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Interval,
    Select,
    SQLColumnExpression,
    String,
    and_,
    case,
    exists,
    func,
    literal,
    literal_column,
    select,
    tuple_,
    union_all,
)

from models.columns import Instant
from models.erasure_request import ErasureRequest, ErasureStatus
from models.privacy_request import HONOURED_WITHIN, PrivacyRequest
from models.staff import StaffAccount
from models.values.page import Place
from models.values.privacy import PrivacyRequestKind
from models.worker import Worker

Columns = Select[UUID, str, UUID, str, datetime, datetime, str | None, datetime | None]

_ERASURE = literal_column(f"'{PrivacyRequestKind.ERASURE}'", String)
_NOBODY = literal_column("null", String)
_NEVER = literal_column("null::timestamptz", Instant)
_OPEN = PrivacyRequest.closed_at.is_(None)
_OF_ERASURE = PrivacyRequest.kind == PrivacyRequestKind.ERASURE
_WAITING = ErasureRequest.status == ErasureStatus.WAITING
_ENTERED = and_(PrivacyRequest.about_id == ErasureRequest.id, _OF_ERASURE, _OPEN)


def select_open_requests(
    *, kind: PrivacyRequestKind | None = None, after: Place | None = None, limit: int
) -> Columns:
    """What is overdue first, from behind a place (due_by, id) on."""
    waiting = []
    if kind in (None, PrivacyRequestKind.ERASURE):
        waiting += [_erasures_in_app(), _erasures_entered()]
    if kind is not PrivacyRequestKind.ERASURE:
        others = _others()
        waiting.append(others if kind is None else others.where(PrivacyRequest.kind == kind))
    pages = [_page(each, after, limit) for each in waiting]
    rows = union_all(*(select(each.subquery()) for each in pages)).subquery()
    return select(rows).order_by(rows.c.due_by, rows.c.id).limit(limit)


def select_open_one(request_id: UUID) -> Columns:
    erasures = (_erasures_in_app(), _erasures_entered())
    found = [each.where(ErasureRequest.id == request_id) for each in erasures]
    found.append(_others().where(PrivacyRequest.id == request_id))
    return select(union_all(*found).subquery())


def select_open_of_kind(worker_id: UUID, kind: PrivacyRequestKind) -> Select[UUID]:
    """What a worker has asked for already."""
    if kind is PrivacyRequestKind.ERASURE:
        return select(ErasureRequest.id).where(ErasureRequest.worker_id == worker_id, _WAITING)
    return select(PrivacyRequest.id).where(
        PrivacyRequest.worker_id == worker_id, PrivacyRequest.kind == kind, _OPEN
    )


def _page(waiting: Columns, after: Place | None, limit: int) -> Columns:
    columns = waiting.selected_columns
    page = waiting.order_by(columns.due_by, columns.id).limit(limit)
    return page if after is None else page.where(tuple_(columns.due_by, columns.id) > after)


def _erasures_in_app() -> Columns:
    """They carry themselves out, as do those that staff entered. Apart from these, so that the
    many are read in the order of an index."""
    return (
        _columns(ErasureRequest.id, _ERASURE, ErasureRequest.requested_at, ErasureRequest.due_by)
        .select_from(ErasureRequest)
        .join(Worker, Worker.id == ErasureRequest.worker_id)
        .where(_WAITING, ~exists().where(_ENTERED))
    )


def _erasures_entered() -> Columns:
    return (
        _columns(
            ErasureRequest.id,
            _ERASURE,
            PrivacyRequest.requested_at,
            _due_by_since_asked(),
            entered_by=StaffAccount.username,
        )
        .select_from(PrivacyRequest)
        .join(ErasureRequest, _ENTERED)
        .join(Worker, Worker.id == ErasureRequest.worker_id)
        .outerjoin(StaffAccount, StaffAccount.id == PrivacyRequest.entered_by)
        .where(_WAITING)
    )


def _others() -> Columns:
    return (
        _columns(
            PrivacyRequest.id,
            func.text(PrivacyRequest.kind, type_=String),
            PrivacyRequest.requested_at,
            PrivacyRequest.due_by,
            entered_by=StaffAccount.username,
            exported_at=PrivacyRequest.exported_at,
        )
        .select_from(PrivacyRequest)
        .join(Worker, Worker.id == PrivacyRequest.worker_id)
        .outerjoin(StaffAccount, StaffAccount.id == PrivacyRequest.entered_by)
        .where(_OPEN, ~_OF_ERASURE)
    )


def _columns(
    request_id: SQLColumnExpression[UUID],
    kind: SQLColumnExpression[str],
    requested_at: SQLColumnExpression[datetime],
    due_by: SQLColumnExpression[datetime],
    *,
    entered_by: SQLColumnExpression[str] = _NOBODY,
    exported_at: SQLColumnExpression[datetime | None] = _NEVER,
) -> Columns:
    return select(
        request_id.label("id"),
        kind.label("kind"),
        Worker.id.label("worker_id"),
        Worker.registration_number.label("registration_number"),
        requested_at.label("requested_at"),
        due_by.label("due_by"),
        entered_by.label("entered_by"),
        exported_at.label("exported_at"),
    )


def _due_by_since_asked() -> SQLColumnExpression[datetime]:
    """The law counts from when it was asked, however late it was entered. What lets every erasure
    wait for longer (cover that is paid for, who had the number before, a case that is to be settled
    first) lets this one wait as well: nobody can do anything about it until then."""
    in_time = ErasureRequest.requested_at + literal(HONOURED_WITHIN.value, Interval)
    waits = ErasureRequest.due_by > in_time
    due_by = func.least(ErasureRequest.due_by, PrivacyRequest.due_by, type_=Instant)
    return case((waits, ErasureRequest.due_by), else_=due_by)
