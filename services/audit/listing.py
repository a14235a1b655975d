"""Reading the audit: who saw or changed what, when, from where, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from models.audit_event import AuditEvent
from models.audit_listing import EventFilter, select_account_id, select_events
from models.lookup import select_partner_named
from models.sought import PartnersDriver, PartnersName, Sought
from models.values.audit import AuditAction
from models.values.jakarta import end_of_day, start_of_day
from models.values.page import Page, PageRequest
from models.values.username import fold_username, is_username
from models.values.words import Words
from services.audit.recording import Deed, Searched, record, record_refusal
from services.audit.words import tell
from services.callers import StaffCaller
from services.errors import FieldFault, Invalid, NotFound
from services.lookup.errors import UNKNOWN_PARTNER
from services.lookup.searching import digest_of
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
    :param sought: what was searched for, exactly: of a name its parts in any order, case and accents.
    """

    account: str | None = None
    action: AuditAction | None = None
    worker_id: UUID | None = None
    refusals: bool = False
    from_day: date | None = None
    until_day: date | None = None
    sought: Sought | None = None


@dataclass(frozen=True)
class Entry:
    """An event, and what it says in a sentence."""

    event: AuditEvent
    text: Words


def listed(ports: Ports, officer: StaffCaller, query: AuditQuery, page: PageRequest) -> Page[Entry]:
    """Events, the newest first. That they were read is one itself, which the next reader sees.

    :raises AccountNotFound: no account has ever had the name that was given.
    :raises Invalid: there is no such partner.
    """
    asked = _Asked(ports, officer, query, page)
    try:
        return asked.answer()
    except Invalid as error:
        record_refusal(ports, officer, asked.deed(asked.digest(query.sought)), error)
        raise
    except AccountNotFound as error:
        # What is no name of ours may be anything, a worker's name or a number even.
        nobodys = replace(asked, query=replace(query, account=None))
        record_refusal(ports, officer, nobodys.deed(nobodys.digest(query.sought)), error)
        raise


@dataclass(frozen=True)
class _Asked:
    ports: Ports
    officer: StaffCaller
    query: AuditQuery
    page: PageRequest

    def answer(self) -> Page[Entry]:
        with self.ports.transactions.begin() as session:
            searched = self._searched(session)
            wanted = self._filter(session, searched)
            found = session.scalars(select_events(wanted, self.page)).all()
            record(session, self.officer, self.deed(searched), self.ports.clock.now())
        entries = [Entry(event, tell(event)) for event in found]
        return Page.of(entries, self.page, lambda last: (last.event.at, last.event.id))

    def _filter(self, session: Session, searched: Searched | None) -> EventFilter:
        query = self.query
        last = query.until_day
        return EventFilter(
            account_id=self._account_id(session),
            action=query.action,
            worker_id=query.worker_id,
            searched_key=searched.key if searched else None,
            refusals=query.refusals,
            since=start_of_day(query.from_day) if query.from_day else None,
            # After the last day that there is comes nothing.
            before=end_of_day(last) if last and last < date.max else None,
        )

    def _account_id(self, session: Session) -> UUID | None:
        if self.query.account is None:
            return None
        username = fold_username(self.query.account)
        # What can be no name may hold what no text of the database can.
        named = is_username(username)
        account_id = session.scalar(select_account_id(username)) if named else None
        if account_id is None:
            raise AccountNotFound
        return account_id

    def _searched(self, session: Session) -> Searched | None:
        sought = self.query.sought
        if isinstance(sought, PartnersName):
            partner_id = session.scalar(select_partner_named(sought.partner))
            if partner_id is None:
                raise Invalid(FieldFault.of("/partner", UNKNOWN_PARTNER))
            sought = PartnersDriver(sought.external_id, partner_id)
        return self.digest(sought)

    def digest(self, sought: Sought | None) -> Searched | None:
        return digest_of(self.ports.vault, sought) if sought else None

    def deed(self, searched: Searched | None) -> Deed:
        """What was asked for, itself without anything personal: what was searched for is a digest."""
        query = self.query
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
            searched=searched,
            details={name: value for name, value in filters.items() if value is not None},
        )
