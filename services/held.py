"""The worker who calls, held: nothing of theirs changes meanwhile but by this transaction."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.worker import Worker, select_worker_to_change
from services.callers import SignedIn
from services.errors import SignInRequired


def held(session: Session, caller: SignedIn) -> Worker:
    """:raises SignInRequired: they have been erased since their session was looked at."""
    worker = session.scalar(select_worker_to_change(caller.worker_id))
    if worker is None:
        raise SignInRequired
    return worker
