"""An erasure waits for the end of cover, wherever that moves to meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from models.erasure_request import select_waiting_request, select_waiting_requests
from models.values.month import Month
from models.worker import Worker


def follow_cover(session: Session, worker: Worker) -> None:
    """After ``paid_through`` has become another, by money that was told of late or taken back.

    :param worker: held.
    """
    waiting = session.scalar(select_waiting_request(worker.id))
    if waiting is not None:
        waiting.wait_for_cover(worker.paid_through)


def follow_cover_of(session: Session, paid_through: Mapping[UUID, Month]) -> None:
    """``follow_cover`` of many workers, who are held, by their ids."""
    for waiting in session.scalars(select_waiting_requests(list(paid_through))):
        waiting.wait_for_cover(paid_through[waiting.worker_id])
