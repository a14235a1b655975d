"""An officer asks what has happened to a worker: all of it, with what only our staff see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.merged_list import Item, MergedList
from models.timeline.staff.looks import ONE_LOOK, select_look
from models.timeline.staff.sources import BY_TOPIC, EVERYTHING, TOPICS
from models.timeline.staff.topic import Topic
from models.values.access import Access, AccessReason, Seen
from models.values.audit import AuditAction
from models.values.page import Page, PageRequest
from models.worker import select_worker
from services import access_log
from services.audit.recording import Deed, record, record_refusal
from services.callers import StaffCaller
from services.ports import Ports
from services.staff.workers import WorkerNotFound
from services.timeline.own import Entry
from services.timeline.staff.phones import with_masked_phone
from services.timeline.staff.telling import tell


@dataclass(frozen=True, kw_only=True)
class StaffEntry(Entry):
    """:param details: by the names that ``Happening.published`` says; others choose the words."""

    topic: Topic


@dataclass(frozen=True)
class _Look:
    """One page that is looked at."""

    officer: StaffCaller
    worker_id: UUID
    reason: AccessReason
    topic: Topic | None

    @property
    def deed(self) -> Deed:
        about = {} if self.topic is None else {"topic": self.topic.value}
        return Deed(
            action=AuditAction.VIEWED_TIMELINE,
            worker_id=self.worker_id,
            reason=self.reason,
            details=about,
        )

    @property
    def listing(self) -> MergedList:
        return EVERYTHING if self.topic is None else BY_TOPIC[self.topic]

    @property
    def access(self) -> Access:
        return Access.by_staff(self.officer.role, self.reason, Seen.TIMELINE)


def listed(
    ports: Ports,
    officer: StaffCaller,
    worker_id: UUID,
    page: PageRequest,
    reason: AccessReason,
    topic: Topic | None = None,
) -> Page[StaffEntry]:
    """Everything that has happened to a worker by now, newest first.

    :param topic: only what is about this.
    :raises WorkerNotFound: there is none under this id.
    """
    look = _Look(officer, worker_id, reason, topic)
    try:
        return _read(ports, look, page)
    except WorkerNotFound as error:
        record_refusal(ports, officer, look.deed, error)
        raise


def _read(ports: Ports, look: _Look, page: PageRequest) -> Page[StaffEntry]:
    now = ports.clock.now()
    asked = look.listing.parameters(look.worker_id, now, page)
    with ports.transactions.begin() as session:
        if session.scalar(select_worker(look.worker_id)) is None:
            raise WorkerNotFound
        rows = session.execute(look.listing.statement, asked).all()
        if page.after is None or not _reads_on(session, look, now):
            access_log.record(session, look.worker_id, look.access, now)
        record(session, look.officer, look.deed, now)
    entries = [_entry(ports, look.listing.read(row)) for row in rows]
    return Page.of(entries, page, lambda last: last.place)


def _reads_on(session: Session, look: _Look, now: datetime) -> bool:
    """Whether the worker has been told of this look already."""
    since = now - ONE_LOOK.value
    begun = select_look(look.worker_id, look.officer.session_id, look.reason, since)
    return session.scalar(begun) is not None


def _entry(ports: Ports, item: Item) -> StaffEntry:
    details = with_masked_phone(ports.vault, item)
    return StaffEntry(
        at=item.at,
        kind=item.kind,
        topic=TOPICS[item.kind],
        text=tell(item.kind, details, ports.consents),
        details=details,
        place=item.place,
    )
