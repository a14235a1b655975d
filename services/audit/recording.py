"""Writing down what staff did, in the transaction in which they do it: neither is without the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from models.audit_event import AuditEvent
from models.values.access import AccessReason
from models.values.audit import AuditAction, SearchedBy
from services.callers import StaffCaller
from services.errors import DomainError
from services.ports import Ports


@dataclass(frozen=True)
class Searched:
    """What was searched for, as a keyed digest."""

    by: SearchedBy
    key: bytes


@dataclass(frozen=True, kw_only=True)
class Deed:
    """:param about_id: the review, request, batch, account or message that it is about.
    :param details: names of fields, counts, decisions; never a value of a worker's.
    """

    action: AuditAction
    worker_id: UUID | None = None
    about_id: UUID | None = None
    reason: AccessReason | None = None
    note: str | None = None
    searched: Searched | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


def record(session: Session, officer: StaffCaller, deed: Deed, now: datetime) -> None:
    """Write down what an officer does, in the transaction that does it."""
    session.add(_event(officer, deed, now))


def record_refusal(ports: Ports, officer: StaffCaller, deed: Deed, error: DomainError) -> None:
    """Write down what an officer tried in vain, in a transaction of its own."""
    event = _event(officer, deed, ports.clock.now())
    event.refusal = error.code
    with ports.transactions.begin() as session:
        session.add(event)


def _event(officer: StaffCaller, deed: Deed, now: datetime) -> AuditEvent:
    return AuditEvent(
        at=now,
        action=deed.action,
        account_id=officer.account_id,
        username=officer.username,
        role=officer.role,
        session_id=officer.session_id,
        source=officer.source,
        reason=deed.reason,
        note=deed.note,
        searched_by=deed.searched.by if deed.searched else None,
        searched_key=deed.searched.key if deed.searched else None,
        worker_id=deed.worker_id,
        about_id=deed.about_id,
        details=dict(deed.details),
    )
