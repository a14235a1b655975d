"""An officer asks what has happened to a worker: all of it, with what only our staff see."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from models.timeline.staff.topic import Topic
from models.values.access import AccessReason
from models.values.page import Page, PageRequest
from services.callers import StaffCaller
from services.ports import Ports
from services.timeline.own import Entry


@dataclass(frozen=True, kw_only=True)
class StaffEntry(Entry):
    topic: Topic


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
    raise NotImplementedError
