"""What people have asked about their data and is not done yet, by when it is due."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, String, and_, func, literal_column, select, tuple_, union_all

from models.columns import Instant
from models.erasure_request import ErasureRequest, ErasureStatus
from models.privacy_request import PrivacyRequest
from models.staff import StaffAccount
from models.values.page import Place
from models.values.privacy import PrivacyRequestKind
from models.worker import Worker

Columns = Select[UUID, str, UUID, str, datetime, datetime, str | None, datetime | None]

_OPEN = PrivacyRequest.closed_at.is_(None)
_OF_ERASURE = PrivacyRequest.kind == PrivacyRequestKind.ERASURE


def select_open_requests(
    *, kind: PrivacyRequestKind | None = None, after: Place | None = None, limit: int
) -> Columns:
    """What is overdue first, from behind a place (due_by, id) on."""
    pages = []
    if kind in (None, PrivacyRequestKind.ERASURE):
        erasures = _erasures().order_by(ErasureRequest.due_by, ErasureRequest.id)
        if after is not None:
            erasures = erasures.where(tuple_(ErasureRequest.due_by, ErasureRequest.id) > after)
        pages.append(erasures)
    if kind is not PrivacyRequestKind.ERASURE:
        others = _others().order_by(PrivacyRequest.due_by, PrivacyRequest.id)
        if kind is not None:
            others = others.where(PrivacyRequest.kind == kind)
        if after is not None:
            others = others.where(tuple_(PrivacyRequest.due_by, PrivacyRequest.id) > after)
        pages.append(others)
    rows = union_all(*(select(each.limit(limit).subquery()) for each in pages)).subquery()
    return select(rows).order_by(rows.c.due_by, rows.c.id).limit(limit)


def select_open_one(request_id: UUID) -> Columns:
    erasure = _erasures().where(ErasureRequest.id == request_id)
    return select(union_all(erasure, _others().where(PrivacyRequest.id == request_id)).subquery())


def select_open_of_kind(worker_id: UUID, kind: PrivacyRequestKind) -> Select[UUID]:
    """What a worker has asked for already."""
    waiting = _erasures() if kind is PrivacyRequestKind.ERASURE else _others()
    rows = waiting.subquery()
    return select(rows.c.id).where(rows.c.worker_id == worker_id, rows.c.kind == kind.value)


def _erasures() -> Columns:
    """They carry themselves out; those of our staff's say who entered them."""
    entered = and_(PrivacyRequest.about_id == ErasureRequest.id, _OF_ERASURE, _OPEN)
    asked_at = func.coalesce(
        PrivacyRequest.requested_at, ErasureRequest.requested_at, type_=Instant
    )
    return (
        select(
            ErasureRequest.id.label("id"),
            literal_column(f"'{PrivacyRequestKind.ERASURE}'", String).label("kind"),
            Worker.id.label("worker_id"),
            Worker.registration_number.label("registration_number"),
            asked_at.label("requested_at"),
            ErasureRequest.due_by.label("due_by"),
            StaffAccount.username.label("entered_by"),
            literal_column("null::timestamptz", Instant).label("exported_at"),
        )
        .select_from(ErasureRequest)
        .join(Worker, Worker.id == ErasureRequest.worker_id)
        .outerjoin(PrivacyRequest, entered)
        .outerjoin(StaffAccount, StaffAccount.id == PrivacyRequest.entered_by)
        .where(ErasureRequest.status == ErasureStatus.WAITING)
    )


def _others() -> Columns:
    return (
        select(
            PrivacyRequest.id.label("id"),
            func.text(PrivacyRequest.kind, type_=String).label("kind"),
            Worker.id.label("worker_id"),
            Worker.registration_number.label("registration_number"),
            PrivacyRequest.requested_at.label("requested_at"),
            PrivacyRequest.due_by.label("due_by"),
            StaffAccount.username.label("entered_by"),
            PrivacyRequest.exported_at.label("exported_at"),
        )
        .select_from(PrivacyRequest)
        .join(Worker, Worker.id == PrivacyRequest.worker_id)
        .outerjoin(StaffAccount, StaffAccount.id == PrivacyRequest.entered_by)
        .where(_OPEN, ~_OF_ERASURE)
    )
