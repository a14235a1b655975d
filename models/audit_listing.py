"""Reading the audit: by whom, what, about whom, when. Every filter has an index of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select, tuple_

from models.audit_event import AuditEvent
from models.staff import StaffAccount
from models.values.audit import AuditAction
from models.values.page import PageRequest


@dataclass(frozen=True, kw_only=True)
class EventFilter:
    """What all events of a list have in common; None: it does not matter.

    :param since: from this instant on. :param before: up to this one, and without it.
    """

    account_id: UUID | None = None
    action: AuditAction | None = None
    worker_id: UUID | None = None
    searched_key: bytes | None = None
    refusals: bool = False
    since: datetime | None = None
    before: datetime | None = None

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        equal = ("account_id", "action", "worker_id", "searched_key")
        asked = {name: value for name in equal if (value := getattr(self, name)) is not None}
        conditions = [getattr(AuditEvent, name) == value for name, value in asked.items()]
        if self.refusals:
            conditions.append(AuditEvent.refusal.is_not(None))
        if self.since is not None:
            conditions.append(AuditEvent.at >= self.since)
        if self.before is not None:
            conditions.append(AuditEvent.at < self.before)
        return conditions


def select_events(wanted: EventFilter, page: PageRequest) -> Select[AuditEvent]:
    """A page of events, the newest first; a place is ``(at, id)``."""
    found = select(AuditEvent).where(*wanted.conditions)
    if page.after is not None:
        found = found.where(tuple_(AuditEvent.at, AuditEvent.id) < tuple_(*page.after))
    return found.order_by(AuditEvent.at.desc(), AuditEvent.id.desc()).limit(page.to_read)


def select_account_id(username: str) -> Select[UUID]:
    return select(StaffAccount.id).where(StaffAccount.username == username)
