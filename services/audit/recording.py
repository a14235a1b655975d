"""Writing down what staff did, in the transaction in which they do it: neither is without the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from models.audit_event import AuditEvent
from models.values.access import AccessReason, StaffRole
from models.values.audit import AuditAction, SearchedBy
from services.errors import DomainError
from services.ports import Ports


@dataclass(frozen=True)
class Searched:
    """What was searched for, as a keyed digest."""

    by: SearchedBy
    key: bytes


@dataclass(frozen=True, kw_only=True)
class Deed:
    """:param about_id: the review, request, batch, account or message that it is about.
    :param details: names of fields, counts, decisions; never a value of a worker's.
    """

    action: AuditAction
    worker_id: UUID | None = None
    about_id: UUID | None = None
    reason: AccessReason | None = None
    note: str | None = None
    searched: Searched | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


class Doer(Protocol):
    """Who did it: an officer with a session, or as much as is known of somebody without one."""

    @property
    def account_id(self) -> UUID | None: ...

    @property
    def username(self) -> str | None: ...

    @property
    def role(self) -> StaffRole | None: ...

    @property
    def session_id(self) -> UUID | None: ...

    @property
    def source(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class WithoutSession:
    """Whoever tries to sign in, or sits at the command line.

    :param account_id: the account that they name, with its ``username`` and ``role``; all three are
        None where there is no such account.
    """

    source: str
    account_id: UUID | None = None
    username: str | None = None
    role: StaffRole | None = None
    session_id: None = None


COMMAND_LINE = WithoutSession(source="command line")


def record(
    session: Session, doer: Doer, deed: Deed, now: datetime, *, refusal: DomainError | None = None
) -> None:
    """Write down what an officer does, in the transaction that does it.

    :param refusal: with what it ends, where the transaction keeps something of it nevertheless.
    """
    session.add(_event(doer, deed, now, refusal))


def record_refusal(ports: Ports, doer: Doer, deed: Deed, error: DomainError) -> None:
    """Write down what an officer tried in vain, in a transaction of its own."""
    event = _event(doer, deed, ports.clock.now(), error)
    with ports.transactions.begin() as session:
        session.add(event)


@contextmanager
def refusals_on_record(ports: Ports, doer: Doer, deed: Deed) -> Iterator[None]:
    """Write down the error in which the block ends, if it ends in one."""
    try:
        yield
    except DomainError as error:
        record_refusal(ports, doer, deed, error)
        raise


def _event(doer: Doer, deed: Deed, now: datetime, error: DomainError | None) -> AuditEvent:
    return AuditEvent(
        at=now,
        action=deed.action,
        refusal=error.code if error else None,
        account_id=doer.account_id,
        username=doer.username,
        role=doer.role,
        session_id=doer.session_id,
        source=doer.source,
        reason=deed.reason,
        note=deed.note,
        searched_by=deed.searched.by if deed.searched else None,
        searched_key=deed.searched.key if deed.searched else None,
        worker_id=deed.worker_id,
        about_id=deed.about_id,
        details=dict(deed.details),
    )
