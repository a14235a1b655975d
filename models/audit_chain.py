"""Statements that seal the audit, and that read what is sealed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    LargeBinary,
    Row,
    Select,
    Text,
    cast,
    extract,
    func,
    literal,
    select,
)

from models.audit_event import AuditEvent
from models.audit_link import AuditLink
from models.columns import Instant
from models.policy import Policy

LATE_BY = Policy(
    timedelta(hours=1),
    since=date(2026, 11, 25),
    basis="An event is dated when it is written and seen when its transaction commits: no statement "
    "takes longer than 15 minutes, and the rest is for clocks that differ. What turns up later than "
    "that is not sealed, so that nobody adds to the past and has it sealed.",
)
SEALED_WITHIN = Policy(
    timedelta(minutes=10),
    since=date(2026, 11, 25),
    basis="Sealing goes on every minute. After ten it has stopped, and somebody should know.",
)
# Any number, as long as it stays: it keeps two who seal apart.
_SEALING = 7_260_418

FORM = sorted(AuditEvent.__table__.columns.keys())
"""The columns of an event, in the order in which they are sealed."""

EventRow = Row[*tuple[Any, ...]]


def take_turn() -> Select[bool]:
    """Whether nobody else seals, nor will until this transaction ends."""
    return select(func.pg_try_advisory_xact_lock(literal(_SEALING, BigInteger)))


def select_head() -> Select[int, bytes, datetime | None]:
    """The last link: position, digest, and when its event happened; None if that is gone, which
    keeps nothing behind it from being sealed."""
    return (
        select(AuditLink.position, AuditLink.digest, AuditEvent.at)
        .outerjoin(AuditEvent, AuditEvent.id == AuditLink.event_id)
        .order_by(AuditLink.position.desc())
        .limit(1)
    )


def select_unsealed(since: datetime | None, limit: int) -> Select[*tuple[Any, ...]]:
    """Events without a link, the oldest first, in the form in which they are sealed."""
    found = _events_without_link(*_form())
    if since is not None:
        found = found.where(AuditEvent.at >= since)
    return found.order_by(AuditEvent.at, AuditEvent.id).limit(limit)


def select_chain(behind: int) -> Select[*tuple[Any, ...]]:
    """Every link behind a position, in order, each beside its event: position, event_id, digest, and
    the event's form, whose ``id`` is null where the event is gone.

    :param behind: 0 is all of them, and any that somebody put before the first.
    """
    return (
        select(AuditLink.position, AuditLink.event_id, AuditLink.digest, *_form())
        .outerjoin(AuditEvent, AuditEvent.id == AuditLink.event_id)
        .where(*([AuditLink.position > behind] if behind else []))
        .order_by(AuditLink.position)
    )


def select_digest(position: int) -> Select[bytes]:
    return select(AuditLink.digest).where(AuditLink.position == position).limit(1)


def select_sealed_twice() -> Select[int]:
    """Where an event stands in the chain that stands there before. None can, while the table is
    whole."""
    twice = (
        select(func.max(AuditLink.position).label("position"))
        .group_by(AuditLink.event_id)
        .having(func.count() > 1)
        .subquery()
    )
    return select(func.min(twice.c.position))


def select_never_sealed(before: datetime) -> Select[UUID, int]:
    """The oldest event that has no link and should have had one by then, and how many there are."""
    many = func.count().over()
    return (
        _events_without_link(AuditEvent.id, many)
        .where(AuditEvent.at < before)
        .order_by(AuditEvent.at, AuditEvent.id)
        .limit(1)
    )


def _events_without_link(*columns: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(*columns)
        .outerjoin(AuditLink, AuditLink.event_id == AuditEvent.id)
        .where(AuditLink.position.is_(None))
    )


def _form() -> Sequence[ColumnElement[Any]]:
    """An event in texts that are the same wherever and whenever it is read, whatever stands there:
    somebody who writes what no program of ours could have written must be found out, not stop us."""
    columns = AuditEvent.__table__.columns
    return [_as_text(columns[name]).label(name) for name in FORM]


def _as_text(column: ColumnElement[Any]) -> ColumnElement[Any]:
    if isinstance(column.type, Instant | DateTime):
        # Seconds since 1970 with six decimals: how a timestamp is written depends on the session.
        return cast(extract("epoch", column), Text)
    if isinstance(column.type, LargeBinary):
        return func.encode(column, "hex")
    return cast(column, Text)
