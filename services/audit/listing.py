"""Reading the audit: who saw or changed what, when, from where, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from models.audit_event import AuditEvent
from models.audit_listing import EventFilter, select_account_id, select_events
from models.values.audit import AuditAction
from models.values.jakarta import end_of_day, start_of_day
from models.values.page import Page, PageRequest
from models.values.text import trimmed
from models.values.words import Words
from services.audit.recording import Deed, Searched, record, record_refusal
from services.audit.words import tell
from services.callers import StaffCaller
from services.errors import NotFound
from services.ports import Ports


class AccountNotFound(NotFound):
    # Not an empty list: whoever mistypes a name must not read that its officer did nothing.
    code = "audit-account-not-found"
    title = Words("Tidak ada akun petugas dengan nama itu", "No account of staff has that name")
    detail = Words(
        "Periksa ejaan nama penggunanya. Akun yang sudah ditutup tetap dapat dicari.",
        "Check how the user name is spelt. Accounts that were closed can be asked for as well.",
    )


@dataclass(frozen=True, kw_only=True)
class AuditQuery:
    """Which events are wanted; None: it does not matter.

    :param account: the user name of who did it.
    :param from_day: in Jakarta, as ``until_day``, which is among them.
    :param searched: what was searched for (``services.audit.searched``).
    """

    account: str | None = None
    action: AuditAction | None = None
    worker_id: UUID | None = None
    refusals: bool = False
    from_day: date | None = None
    until_day: date | None = None
    searched: Searched | None = None


@dataclass(frozen=True)
class Entry:
    """An event, and what it says in a sentence."""

    event: AuditEvent
    text: Words


def listed(ports: Ports, officer: StaffCaller, query: AuditQuery, page: PageRequest) -> Page[Entry]:
    """Events, the newest first. That they were read is one itself, which the next reader sees.

    :raises AccountNotFound: no account has ever had the name that was given.
    """
    try:
        return _read(ports, officer, query, page)
    except AccountNotFound as error:
        record_refusal(ports, officer, _deed(query), error)
        raise


def _read(ports: Ports, officer: StaffCaller, query: AuditQuery, page: PageRequest) -> Page[Entry]:
    with ports.transactions.begin() as session:
        wanted = _filter(session, query)
        found = session.scalars(select_events(wanted, page)).all()
        record(session, officer, _deed(query), ports.clock.now())
    entries = [Entry(event, tell(event)) for event in found]
    return Page.of(entries, page, lambda last: (last.event.at, last.event.id))


def _filter(session: Session, query: AuditQuery) -> EventFilter:
    account_id = None
    if query.account is not None:
        account_id = session.scalar(select_account_id(trimmed(query.account).casefold()))
        if account_id is None:
            raise AccountNotFound
    return EventFilter(
        account_id=account_id,
        action=query.action,
        worker_id=query.worker_id,
        searched_key=query.searched.key if query.searched else None,
        refusals=query.refusals,
        since=start_of_day(query.from_day) if query.from_day else None,
        before=end_of_day(query.until_day) if query.until_day else None,
    )


def _deed(query: AuditQuery) -> Deed:
    """What was asked for, itself without anything personal: what was searched for is a digest."""
    filters: dict[str, Any] = {
        "account": query.account,
        "action": query.action,
        "refusals": query.refusals or None,
        "from": query.from_day.isoformat() if query.from_day else None,
        "until": query.until_day.isoformat() if query.until_day else None,
    }
    return Deed(
        action=AuditAction.LISTED_AUDIT,
        worker_id=query.worker_id,
        searched=query.searched,
        details={name: value for name, value in filters.items() if value is not None},
    )
