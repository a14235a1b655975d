"""An officer asks what has happened to a worker: all of it, with what only our staff see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.merged_list import Item, MergedList
from models.timeline.staff.looks import ONE_LOOK, select_look
from models.timeline.staff.sources import FIELDS, TOPICS, sources_of
from models.timeline.staff.topic import Topic
from models.values.access import Access, AccessReason, Seen
from models.values.audit import AuditAction
from models.values.page import Page, PageRequest
from models.values.staff_fields import Shown, Sight, StaffField
from models.worker import select_worker
from services import access_log
from services.audit.recording import Deed, record
from services.callers import StaffCaller
from services.errors import DomainError
from services.lookup.errors import WorkerNotFound
from services.lookup.pacing import Pacer
from services.ports import Ports
from services.timeline.own import Entry
from services.timeline.staff.shades import shaded
from services.timeline.staff.telling import tell


@dataclass(frozen=True, kw_only=True)
class StaffEntry(Entry):
    """:param details: by the names that ``Happening.published`` says; others choose the words."""

    topic: Topic


@dataclass(frozen=True)
class StaffPage(Page[StaffEntry]):
    """:param withheld: what is not told at all, because the reason does not need it: nobody is to
    take silence for nothing having happened."""

    withheld: tuple[StaffField, ...] = ()


@dataclass(frozen=True)
class _Look:
    """One page that is looked at."""

    ports: Ports
    officer: StaffCaller
    worker_id: UUID
    page: PageRequest
    sight: Sight
    topic: Topic | None

    @property
    def deed(self) -> Deed:
        about = {} if self.topic is None else {"topic": self.topic.value}
        return Deed(
            action=AuditAction.VIEWED_TIMELINE,
            worker_id=self.worker_id,
            reason=self.sight.reason,
            details=about,
        )

    @property
    def withheld(self) -> frozenset[StaffField]:
        return frozenset(each for each in FIELDS if self.sight.of(each) is Shown.ABSENT)

    @property
    def listing(self) -> MergedList:
        return sources_of(self.topic, self.withheld)

    @property
    def access(self) -> Access:
        return Access.by_staff(self.officer.role, self.sight.reason, Seen.TIMELINE)


def listed(
    ports: Ports,
    officer: StaffCaller,
    worker_id: UUID,
    page: PageRequest,
    reason: AccessReason,
    topic: Topic | None = None,
) -> StaffPage:
    """What has happened to a worker by now, newest first, as far as the reason needs it. The worker
    is told of the look, once for all its pages.

    :param topic: only what is about this.
    :raises WorkerNotFound: there is none under this id; that they tried is on record.
    :raises TooManyViews: the officer reads faster than people call.
    """
    look = _Look(ports, officer, worker_id, page, Sight(officer.role, reason), topic)
    with ports.transactions.begin() as session:
        outcome = _outcome(session, look, ports.clock.now())
    if isinstance(outcome, DomainError):
        # Behind the transaction, which keeps the record of it.
        raise outcome
    return outcome


def _outcome(session: Session, look: _Look, now: datetime) -> StaffPage | DomainError:
    if too_quick := Pacer.TIMELINE.too_quick(session, look.officer, look.deed, now):
        return too_quick
    if session.scalar(select_worker(look.worker_id)) is None:
        not_found = WorkerNotFound()
        record(session, look.officer, look.deed, now, refusal=not_found)
        return not_found
    items = _read(session, look, now)
    if look.page.after is None or not _reads_on(session, look, now):
        access_log.record(session, look.worker_id, look.access, now)
    record(session, look.officer, look.deed, now)
    entries = [_entry(look, item) for item in items]
    read = Page.of(entries, look.page, lambda last: last.place)
    return StaffPage(
        items=read.items, next_after=read.next_after, withheld=tuple(sorted(look.withheld))
    )


def _read(session: Session, look: _Look, now: datetime) -> list[Item]:
    listing = look.listing
    if not listing.sources:
        return []
    asked = listing.parameters(look.worker_id, now, look.page)
    return [listing.read(row) for row in session.execute(listing.statement, asked)]


def _reads_on(session: Session, look: _Look, now: datetime) -> bool:
    """Whether the worker has been told of this look already."""
    since = now - ONE_LOOK.value
    begun = select_look(look.worker_id, look.officer.session_id, look.sight.reason, since)
    return session.scalar(begun) is not None


def _entry(look: _Look, item: Item) -> StaffEntry:
    details = shaded(look.ports.vault, look.sight, item)
    return StaffEntry(
        at=item.at,
        kind=item.kind,
        topic=TOPICS[item.kind],
        text=tell(item.kind, details, look.ports.consents),
        details=details,
        place=item.place,
    )
