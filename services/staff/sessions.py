"""Officers stay signed in for as long as they work, and sign out."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from models.staff import (
    LONGEST_SESSION,
    StaffAccount,
    StaffSession,
    select_officer_by_cookie,
)
from models.staff_session import (
    end_session,
    end_sessions_of,
    gives_again,
    select_session_to_rotate,
)
from models.values.access import StaffRole
from models.values.audit import AuditAction
from services.audit.recording import Deed, record
from services.callers import StaffCaller
from services.ports import Ports
from services.prepared import Prepared
from services.staff.access import StaffSignInRequired, holder
from services.tokens import LIFETIMES, Kind, TokenRefused

COOKIE_PLACE = "staff-cookie"

_BY_COOKIE = Prepared(select_officer_by_cookie())


@dataclass(frozen=True)
class StaffTokens:
    """:param expires_in: seconds for which the access token is good."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_in: int
    username: str
    role: StaffRole


def tokens_of(ports: Ports, officer: StaffCaller, session: StaffSession) -> StaffTokens:
    """The newest tokens of a session: the same, however often it is asked for them."""
    subject, sid = str(officer.account_id), str(session.id)
    at, generation = session.rotated_at, session.generation
    over_at = min(at + LIFETIMES[Kind.STAFF], session.started_at + LONGEST_SESSION.value)
    return StaffTokens(
        ports.tokens.issue(Kind.STAFF, subject, at=at, sid=sid, gen=generation),
        ports.tokens.issue(Kind.STAFF_REFRESH, subject, at=at, sid=sid, gen=generation),
        int((over_at - ports.clock.now()).total_seconds()),
        officer.username,
        officer.role,
    )


def refresh(ports: Ports, refresh_token: str, source: str) -> StaffTokens:
    """Exchange a refresh token for a new pair.

    One that is shown twice is either a lost answer or a theft: within a minute, and as long as its
    successor is unused, it gets the same pair again; after that the session ends.

    :param source: the network address that it came from.
    :raises StaffSignInRequired: the token is not, or no longer, good.
    """
    now = ports.clock.now()
    try:
        claims = ports.tokens.read(Kind.STAFF_REFRESH, refresh_token, now=now)
    except TokenRefused:
        raise StaffSignInRequired from None
    with ports.transactions.begin() as session:
        found = session.execute(select_session_to_rotate(UUID(claims["sid"]), now)).first()
        if found is None:
            raise StaffSignInRequired
        shown, account = found
        officer = officer_of(account, shown, source)
        if claims["gen"] == shown.generation:
            shown.generation += 1
            shown.rotated_at = shown.used_at = now
            return tokens_of(ports, officer, shown)
        if gives_again(shown, claims["gen"], now):
            return tokens_of(ports, officer, shown)
        shown.ended_at = now
        record(session, officer, Deed(action=AuditAction.SESSION_REUSED), now)
    # Outside: the session has ended.
    raise StaffSignInRequired


def from_cookie(ports: Ports, cookie: str, source: str) -> StaffCaller:
    """Whose cookie it is. That the session was used is noted.

    :param source: the network address that the request came from.
    :raises StaffSignInRequired: its session has ended or is over, or the account was closed.
    """
    return holder(ports, _BY_COOKIE, {"cookie_digest": cookie_digest(ports, cookie)}, source)


def cookie_digest(ports: Ports, cookie: str) -> bytes:
    """What is kept of a cookie. It is random, so nothing slower is needed."""
    return ports.vault.digest(COOKIE_PLACE, cookie)


def end(ports: Ports, officer: StaffCaller) -> None:
    """Sign out here."""
    now = ports.clock.now()
    with ports.transactions.begin() as session:
        if session.scalar(end_session(officer.session_id, now)) is not None:
            record(session, officer, Deed(action=AuditAction.SIGNED_OUT), now)


def end_everywhere(ports: Ports, officer: StaffCaller) -> None:
    """Sign out of every session that the officer has, this one too."""
    now = ports.clock.now()
    with ports.transactions.begin() as session:
        ended = session.scalars(end_sessions_of(officer.account_id, now)).all()
        told = Deed(action=AuditAction.SIGNED_OUT_EVERYWHERE, details={"sessions": len(ended)})
        record(session, officer, told, now)


def officer_of(account: StaffAccount, session: StaffSession, source: str) -> StaffCaller:
    return StaffCaller(
        account_id=account.id,
        session_id=session.id,
        username=account.username,
        role=account.role,
        source=source,
    )
