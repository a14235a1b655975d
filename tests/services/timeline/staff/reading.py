"""A worker's timeline, as an officer looks at it in the tests."""

from __future__ import annotations

from uuid import UUID

from models.timeline.staff.topic import Topic
from models.values.access import AccessReason, StaffRole
from models.values.page import PageRequest
from services.callers import StaffCaller
from services.ports import Ports
from services.timeline import for_staff
from services.timeline.for_staff import StaffEntry
from tests.officers import officer


def an_officer(ports: Ports, role: StaffRole = StaffRole.SUPPORT) -> StaffCaller:
    with ports.transactions.begin() as session:
        return officer(ports, session, role)


def timeline(
    ports: Ports,
    worker_id: UUID,
    topic: Topic | None = None,
    reason: AccessReason = AccessReason.CALLER_ASKS,
) -> list[StaffEntry]:
    """All of it that fits on a page, newest first, without what looking at it leaves there."""
    page = for_staff.listed(
        ports,
        an_officer(ports),
        worker_id,
        PageRequest(limit=200),
        reason,
        topic,
    )
    return [each for each in page.items if each.topic is not Topic.STAFF]


def money(ports: Ports, worker_id: UUID) -> list[str]:
    """The kinds of what is about money, newest first."""
    return [
        str(each.kind)
        for each in timeline(ports, worker_id, Topic.MONEY, AccessReason.PAYMENT_MISSING)
    ]


def the(ports: Ports, worker_id: UUID, kind: str) -> StaffEntry:
    """The one entry of a kind."""
    [entry] = [each for each in timeline(ports, worker_id) if each.kind == kind]
    return entry
