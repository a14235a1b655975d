"""An erasure waits for the end of cover, wherever that moves to meanwhile."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.erasure_request import select_waiting_request
from models.worker import Worker


def follow_cover(session: Session, worker: Worker) -> None:
    """After ``paid_through`` has become another, by money that was told of late or taken back.

    :param worker: held.
    """
    waiting = session.scalar(select_waiting_request(worker.id))
    if waiting is not None:
        waiting.wait_for_cover(worker.paid_through)
