"""The people who work here: their accounts, and the sessions in which they do."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    ForeignKey,
    LargeBinary,
    Select,
    UniqueConstraint,
    Uuid,
    bindparam,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.columns import Instant, word_of
from models.policy import Policy
from models.values.access import StaffRole
from models.values.ids import new_id

IDLE_FOR = Policy(
    timedelta(minutes=30),
    since=date(2026, 11, 25),
    basis="Whoever leaves a desk for lunch leaves nothing open on it, and nobody is signed out while "
    "they listen to a caller.",
)
LONGEST_SESSION = Policy(
    timedelta(hours=10),
    since=date(2026, 11, 25),
    basis="A working day with its breaks: each one begins with a code from the officer's phone.",
)


class StaffAccount(Model):
    """One person's. Never removed: what they did is told of them for ever."""

    __tablename__ = "staff_account"
    __table_args__ = (UniqueConstraint("username"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    username: Mapped[str]
    role: Mapped[StaffRole] = mapped_column(word_of(StaffRole))
    password_hash: Mapped[str]
    """Of argon2id, with its salt and costs, as the PHC string format writes it."""
    totp_sealed: Mapped[bytes]
    """The secret that the officer's phone makes codes with (RFC 6238)."""
    totp_spent: Mapped[int] = mapped_column(default=0)
    """The newest time step whose code was used: a code works once (RFC 6238, 5.2)."""
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class StaffSession(Model):
    """Of the API by tokens, of the console by a cookie. ``generation`` counts the refreshes."""

    __tablename__ = "staff_session"
    __table_args__ = (UniqueConstraint("cookie_digest"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey(StaffAccount.id), index=True)
    cookie_digest: Mapped[bytes | None]
    """Stands for what the browser shows; None: a session of the API."""
    source_key: Mapped[bytes]
    """Stands for the network address that it was opened from."""
    started_at: Mapped[datetime]
    used_at: Mapped[datetime]
    """To the minute."""
    generation: Mapped[int] = mapped_column(default=0)
    rotated_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


def select_officer() -> Select[UUID, UUID, str, StaffRole, datetime]:
    """Whose session ``session_id`` of ``account_id`` is, and when it was used last."""
    return _officer().where(
        StaffSession.id == bindparam("session_id", type_=Uuid),
        StaffAccount.id == bindparam("account_id", type_=Uuid),
    )


def select_officer_by_cookie() -> Select[UUID, UUID, str, StaffRole, datetime]:
    """The same for the session of the cookie that ``cookie_digest`` stands for."""
    shown = bindparam("cookie_digest", type_=LargeBinary)
    return _officer().where(StaffSession.cookie_digest == shown)


def _officer() -> Select[UUID, UUID, str, StaffRole, datetime]:
    """Of sessions that are neither ended nor over: used after ``used_after`` and begun after
    ``started_after``, and the account is open."""
    account, session = StaffAccount.__table__.c, StaffSession.__table__.c
    return (
        select(account.id, session.id, account.username, account.role, session.used_at)
        .join_from(StaffSession.__table__, StaffAccount.__table__, account.id == session.account_id)
        .where(
            session.ended_at.is_(None),
            session.used_at > bindparam("used_after", type_=Instant),
            session.started_at > bindparam("started_after", type_=Instant),
            account.closed_at.is_(None),
        )
    )
