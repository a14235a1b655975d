"""A worker asks what has happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.merged_list import Details, Item
from models.timeline.sources import TIMELINE
from models.values.page import Page, PageRequest, Place
from models.values.words import Words
from services.callers import SignedIn
from services.ports import Ports
from services.timeline.telling import tell


@dataclass(frozen=True, kw_only=True)
class Entry:
    """:param details: by the names that ``Happening.published`` says; others choose the words."""

    at: datetime
    kind: str
    text: Words
    details: Details
    place: Place


def listed(ports: Ports, caller: SignedIn, page: PageRequest) -> Page[Entry]:
    """Everything that has happened to a worker by now, newest first."""
    asked = TIMELINE.parameters(caller.worker_id, ports.clock.now(), page)
    with ports.transactions.reading() as session:
        rows = session.execute(TIMELINE.statement, asked).all()
    entries = [_entry(ports, TIMELINE.read(row)) for row in rows]
    return Page.of(entries, page, lambda last: last.place)


def _entry(ports: Ports, item: Item) -> Entry:
    return Entry(
        at=item.at,
        kind=item.kind,
        text=tell(item.kind, item.details, ports.consents),
        details=item.details,
        place=item.place,
    )
