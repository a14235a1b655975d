"""Who has seen a worker's data: written down as it is seen, and told to the worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from models.data_access import (
    ACCESS_LOG,
    ASKED_BY_BANK,
    ASKED_REGISTRY,
    DataAccess,
    insert_unless_recorded,
    select_recorded,
)
from models.merged_list import Item
from models.values.access import Access, AccessReason, Seen, Viewer
from models.values.ids import id_of_day
from models.values.jakarta import day_of
from models.values.page import Page, PageRequest, Place
from models.values.words import Words
from services.access_words import tell
from services.callers import SignedIn
from services.ports import Ports

# What the registry is sent, and what a bank is shown.
_BY_OTHERS = {
    ASKED_REGISTRY.kind: Access(
        viewer=Viewer.REGISTRY,
        reason=AccessReason.IDENTITY_CHECK,
        seen=(
            Seen.NIK,
            Seen.FULL_NAME,
            Seen.BIRTH_PLACE,
            Seen.BIRTH_DATE,
            Seen.SEX,
            Seen.MOTHER_MAIDEN_NAME,
        ),
    ),
    ASKED_BY_BANK.kind: Access(
        viewer=Viewer.BANK, reason=AccessReason.PAYMENT, seen=(Seen.MASKED_NAME, Seen.BILL)
    ),
}


@dataclass(frozen=True, kw_only=True)
class Entry(Access):
    at: datetime
    text: Words
    place: Place


def record(session: Session, worker_id: UUID, access: Access, now: datetime) -> None:
    """Write down that data is seen, in the transaction that shows it: neither is without the other."""
    session.add(DataAccess(worker_id=worker_id, **_columns(access, now)))


def record_daily(
    session: Session, seen: Mapping[UUID, UUID], access: Access, now: datetime
) -> None:
    """Write down that data is seen, once a Jakarta day however often somebody asks: a program that
    asks every minute must not bury everything else. Two statements at most, for however many.

    :param seen: whose data, by the id of what it was seen through.
    """
    if not seen:
        return
    day = day_of(now)
    by_id = {id_of_day(through, day): worker_id for through, worker_id in seen.items()}
    recorded = set(session.scalars(select_recorded(by_id)))
    new = by_id.keys() - recorded
    if new:
        what = _columns(access, now)
        # In the order in which everybody holds several: each row holds whom it names for a moment.
        in_order = sorted(new, key=lambda each: (by_id[each], each))
        rows = [{"id": each, "worker_id": by_id[each], **what} for each in in_order]
        session.execute(insert_unless_recorded(rows))


def _columns(access: Access, now: datetime) -> dict[str, Any]:
    return {
        "at": now,
        "viewer": access.viewer,
        "name": access.name,
        "reason": access.reason,
        "seen": list(access.seen),
    }


def listed(ports: Ports, caller: SignedIn, page: PageRequest) -> Page[Entry]:
    """Every look at a worker's data that we know of, newest first."""
    asked = ACCESS_LOG.parameters(caller.worker_id, ports.clock.now(), page)
    with ports.transactions.reading() as session:
        rows = session.execute(ACCESS_LOG.statement, asked).all()
    entries = [_entry(ACCESS_LOG.read(row)) for row in rows]
    return Page.of(entries, page, lambda last: last.place)


def _entry(item: Item) -> Entry:
    access = _BY_OTHERS.get(item.kind) or _recorded(**item.details)
    return Entry(at=item.at, place=item.place, text=tell(access), **vars(access))


def _recorded(viewer: Viewer, name: str | None, reason: AccessReason, seen: list[str]) -> Access:
    return Access(viewer=viewer, name=name, reason=reason, seen=[Seen(each) for each in seen])
