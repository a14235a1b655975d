"""Proving that what staff did stands as it was written down."""

from __future__ import annotations

import logging
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from models.audit_chain import (
    FORM,
    SEALED_WITHIN,
    select_chain,
    select_digest,
    select_never_sealed,
    select_sealed_twice,
)
from models.long_statement import take_your_time
from services.audit.breaks import Break, Fault, Walk
from services.audit.chain import START, Chain, Head, Link
from services.ports import Ports

# How many links are read at a time: of a chain of any length no more are ever held.
_AT_ONCE = 1000
_ID = FORM.index("id")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Verdict:
    """:param head: up to where all is well; of a whole chain its end."""

    head: Head
    broken: Break | None


def check(ports: Ports) -> None:
    """Raise an alarm where somebody has been at the audit. Run by the worker, every night."""
    verdict = verify(ports)
    told: dict[str, Any] = {"head": str(verdict.head)}
    if broken := verdict.broken:
        where = {"fault": broken.fault, "position": broken.position, "event": broken.event_id}
        log.error("the audit does not verify", extra=told | where)
    else:
        log.info("the audit verifies", extra=told)


def verify(ports: Ports, expected: Sequence[Head] = (), start: Head = START) -> Verdict:
    """Go through the chain, to the first place where it is broken.

    :param start: take this head for good, and what is before it as well.
    :param expected: heads that were written down at other times: they must be in it.
    """
    due = ports.clock.now() - SEALED_WITHIN.value
    with ports.transactions.begin() as session:
        session.execute(take_your_time())
        if start != START and session.scalar(select_digest(start.position)) != start.digest:
            return Verdict(start, Break(fault=Fault.OTHER_HEAD, position=start.position))
        twice = session.scalar(select_sealed_twice())
        walk = Walk(Chain(ports.audit_key), start=start, twice=twice, expected=expected)
        # It ends where the first thing is wrong, and lets go of the rest.
        with closing(_links(session, start)) as links:
            broken = walk.first_break(links)
        never_sealed = session.execute(select_never_sealed(due)).first()
    if broken is None and never_sealed is not None:
        event_id, many = never_sealed
        broken = Break(fault=Fault.NEVER_SEALED, event_id=event_id, many=many)
    return Verdict(walk.head, broken)


def _links(session: Session, start: Head) -> Generator[Link]:
    by_and_by = {"yield_per": _AT_ONCE}
    with session.execute(select_chain(start.position), execution_options=by_and_by) as rows:
        for position, event_id, digest, *form in rows:
            gone = form[_ID] is None
            yield Link(position, event_id, digest, None if gone else tuple(form))
