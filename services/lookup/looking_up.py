"""An officer finds a worker by what somebody on the phone can tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models import lookup
from models.sought import (
    MOST_MATCHES,
    NameAndDay,
    Number,
    PartnersDriver,
    PartnersName,
    Search,
    Sought,
)
from models.values.access import Access, Seen
from models.values.audit import AuditAction
from models.values.staff_fields import Sight
from services import access_log
from services.audit.recording import Deed, record
from services.callers import StaffCaller
from services.errors import DomainError, FieldFault, Invalid
from services.lookup.errors import UNKNOWN_PARTNER
from services.lookup.matches import Match, shown_match
from services.lookup.pacing import Pacer
from services.lookup.searching import digest_of, rows_of
from services.ports import Ports


@dataclass(frozen=True)
class Found:
    """:param more: there were others."""

    matches: tuple[Match, ...]
    more: bool


def look_up(ports: Ports, officer: StaffCaller, search: Search) -> Found:
    """Workers who are known by a number, or are likely to bear a name: the likeliest first.

    It is on record whether or not anybody was found, and each who was is told.

    :raises TooManyLooks: the officer searches faster than people call.
    :raises Invalid: there is no such partner.
    """
    look = _Look(ports, officer, search, ports.clock.now())
    with ports.transactions.begin() as session:
        outcome = look.outcome(session)
    if isinstance(outcome, DomainError):
        # Behind the transaction, which keeps the record of it.
        raise outcome
    return outcome


@dataclass(frozen=True)
class _Look:
    ports: Ports
    officer: StaffCaller
    search: Search
    now: datetime

    def outcome(self, session: Session) -> Found | DomainError:
        sought = _resolved(session, self.search.by)
        tried = self._deed(sought)
        if refused := Pacer.LOOK_UP.too_quick(session, self.officer, tried, self.now):
            return refused
        if isinstance(sought, PartnersName):
            unknown = Invalid(FieldFault.of("/partner", UNKNOWN_PARTNER))
            record(session, self.officer, tried, self.now, refusal=unknown)
            return unknown
        found = self._found(session, sought)
        self._write_down(session, sought, found)
        return found

    def _found(self, session: Session, sought: Number | NameAndDay) -> Found:
        vault = self.ports.vault
        found = rows_of(vault, session, sought, MOST_MATCHES)
        sight = Sight(self.officer.role, self.search.reason)
        return Found(tuple(shown_match(vault, sight, *row) for row in found.rows), found.more)

    def _write_down(self, session: Session, sought: Number | NameAndDay, found: Found) -> None:
        whom = [each.worker_id for each in found.matches]
        deed = self._deed(
            sought,
            # Of several it is about none; what was seen of each stands in their access log.
            worker_id=whom[0] if len(whom) == 1 else None,
            details={"found": len(whom), "more": found.more},
        )
        record(session, self.officer, deed, self.now)
        access = Access.by_staff(self.officer.role, self.search.reason, Seen.MATCH)
        # In the order in which everybody holds several: each row holds whom it names for a moment.
        for worker_id in sorted(whom):
            access_log.record(session, worker_id, access, self.now)

    def _deed(self, sought: Sought, **told: Any) -> Deed:
        return Deed(
            action=AuditAction.LOOKED_UP,
            reason=self.search.reason,
            note=self.search.note,
            searched=digest_of(self.ports.vault, sought),
            **told,
        )


def _resolved(session: Session, by: Sought) -> Sought:
    """With the partner found, where one was named; as it is where there is no such partner."""
    if not isinstance(by, PartnersName):
        return by
    partner_id = session.scalar(lookup.select_partner_named(by.partner))
    return by if partner_id is None else PartnersDriver(by.external_id, partner_id)
