"""Chaining the events of the audit. Run by the worker, every minute, and not by whoever looks
something up: of those, none waits for another."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from models.audit_chain import FORM, LATE_BY, select_head, select_unsealed, take_turn
from models.audit_link import AuditLink
from services.audit.chain import START, Chain, Form, Head
from services.ports import Ports

# A transaction each: however many wait, none is held for longer than a moment.
BATCH = 1000

_ID = FORM.index("id")

log = logging.getLogger(__name__)


def seal(ports: Ports) -> None:
    """Chain what is not chained yet, in the order in which it is seen."""
    sealed = BATCH
    while sealed == BATCH:
        sealed = seal_batch(ports)


def seal_batch(ports: Ports) -> int:
    """Chain as many as go into a batch; none while somebody else does. Tells how many."""
    now = ports.clock.now()
    with ports.transactions.begin() as session:
        if not session.scalar(take_turn()):
            return 0
        found = session.execute(select_head()).first()
        # A clock that was wrong once, and far ahead, must not put everything after it into the past.
        since = min(found.at or now, now) - LATE_BY.value if found else None
        before = Head(found.position, found.digest) if found else START
        events = session.execute(select_unsealed(since, BATCH)).all()
        head = _chained(session, Chain(ports.audit_key), before, events)
    if events:
        # Whoever has this line knows later whether the chain still leads up to here.
        log.info("the audit was sealed", extra={"events": len(events), "head": str(head)})
    return len(events)


def _chained(session: Session, chain: Chain, head: Head, events: Iterable[Form]) -> Head:
    """The head, with all of these behind it."""
    for form in events:
        head = chain.after(head, form)
        event_id = UUID(form[_ID])
        session.add(AuditLink(position=head.position, event_id=event_id, digest=head.digest))
    return head
