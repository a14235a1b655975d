"""What becomes of officers' sessions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Delete, Select, Update, delete, exists, select, update
from sqlalchemy.sql.selectable import Exists

from models.policy import Policy
from models.sign_in import GIVEN_AGAIN_FOR
from models.staff import IDLE_FOR, LONGEST_SESSION, StaffAccount, StaffSession

SOURCE_KNOWN_FOR = Policy(
    timedelta(days=30),
    since=date(2026, 11, 25),
    basis="Leave and sick leave are shorter, and nobody works from an address that they left a month "
    "ago. So long an ended session is kept.",
)
# How closely it is told when a session was used last: one write a minute, not one a request.
USE_NOTED_EVERY = timedelta(minutes=1)


def gives_again(session: StaffSession, generation: int, now: datetime) -> bool:
    """Whether a token that was just replaced may be answered with its replacement."""
    return generation == session.generation - 1 and now <= session.rotated_at + GIVEN_AGAIN_FOR


def select_session_to_rotate(session_id: UUID, now: datetime) -> Select[StaffSession, StaffAccount]:
    """A session that is good, with whose it is."""
    return (
        select(StaffSession, StaffAccount)
        .join(StaffAccount, StaffAccount.id == StaffSession.account_id)
        .where(
            StaffSession.id == session_id,
            StaffSession.ended_at.is_(None),
            StaffSession.used_at > now - IDLE_FOR.value,
            StaffSession.started_at > now - LONGEST_SESSION.value,
            StaffAccount.closed_at.is_(None),
        )
        .with_for_update(of=StaffSession)
    )


def note_use(session_id: UUID, now: datetime) -> Update:
    return (
        update(StaffSession)
        .where(StaffSession.id == session_id, StaffSession.used_at <= now - USE_NOTED_EVERY)
        .values(used_at=now)
    )


def end_session(session_id: UUID, now: datetime) -> Update:
    """Returns its id if it was not ended before."""
    return (
        update(StaffSession)
        .where(StaffSession.id == session_id, StaffSession.ended_at.is_(None))
        .values(ended_at=now)
        .returning(StaffSession.id)
    )


def end_sessions_of(account_id: UUID, now: datetime, *, but: UUID | None = None) -> Update:
    """Returns the ids of those that were not ended before.

    :param but: the one that goes on.
    """
    ending = (
        update(StaffSession)
        .where(StaffSession.account_id == account_id, StaffSession.ended_at.is_(None))
        .values(ended_at=now)
        .returning(StaffSession.id)
    )
    return ending if but is None else ending.where(StaffSession.id != but)


def has_worked_from(account_id: UUID, source_key: bytes, now: datetime) -> Exists:
    """Whether the officer has signed in from this network address of late."""
    return exists().where(
        StaffSession.account_id == account_id,
        StaffSession.source_key == source_key,
        StaffSession.started_at > now - SOURCE_KNOWN_FOR.value,
    )


def forget_sessions(before: datetime) -> Delete:
    """Those that began before. None of them is good any more: they never last so long."""
    return delete(StaffSession).where(StaffSession.started_at <= before)
