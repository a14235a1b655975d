"""Which officer shows a token, and what they may do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from models.staff import IDLE_FOR, LONGEST_SESSION, select_officer
from models.staff_session import USE_NOTED_EVERY, note_use
from models.values.audit import AuditAction
from models.values.permission import Permission, may
from models.values.words import Words
from services.audit.recording import Deed, record_refusal
from services.callers import StaffCaller
from services.errors import NotAllowed, NotSignedIn
from services.ports import Ports
from services.prepared import Prepared

_OFFICER = Prepared(select_officer())


class StaffSignInRequired(NotSignedIn):
    code = "staff-sign-in-required"
    title = Words("Petugas belum masuk", "No officer is signed in")
    detail = Words(
        "Masuk lagi dengan nama pengguna, kata sandi, dan kode, lalu ulangi.",
        "Sign in again with user name, password and code, then repeat the request.",
    )


class RoleNotAllowed(NotAllowed):
    code = "role-not-allowed"
    title = Words("Peran Anda tidak mencakup ini", "Your role does not cover this")
    detail = Words(
        "Minta rekan yang perannya sesuai untuk melakukannya.",
        "Ask a colleague whose role covers it.",
    )


def caller(ports: Ports, claims: Mapping[str, Any], source: str) -> StaffCaller:
    """Who shows a token of staff.

    :param claims: of a token of kind ``STAFF`` that has been read: ``sub`` is the account's id,
        ``sid`` the session's.
    :param source: the network address that the request came from.
    :raises StaffSignInRequired: the session has ended or is over, or the account was closed.
    """
    return officer(ports, UUID(claims["sub"]), UUID(claims["sid"]), source)


def officer(ports: Ports, account_id: UUID, session_id: UUID, source: str) -> StaffCaller:
    """Whose session this is, if it is still good.

    :raises StaffSignInRequired: it is not.
    """
    shown = {"account_id": account_id, "session_id": session_id}
    return holder(ports, _OFFICER, shown, source)


def holder(ports: Ports, asking: Prepared, shown: Mapping[str, object], source: str) -> StaffCaller:
    """Whose session somebody shows, if it is still good. That it was used is noted.

    :param asking: as ``select_officer``.
    :raises StaffSignInRequired: it is not.
    """
    now = ports.clock.now()
    limits = {
        "used_after": now - IDLE_FOR.value,
        "started_after": now - LONGEST_SESSION.value,
    }
    found = ports.transactions.first(asking, {**shown, **limits})
    if found is None:
        raise StaffSignInRequired
    account_id, session_id, username, role, used_at = found
    if used_at <= now - USE_NOTED_EVERY:
        with ports.transactions.begin() as session:
            session.execute(note_use(session_id, now))
    return StaffCaller(
        account_id=account_id, session_id=session_id, username=username, role=role, source=source
    )


def require(ports: Ports, officer: StaffCaller, permission: Permission) -> None:
    """:raises RoleNotAllowed: the officer's role does not have it; that they tried is on record."""
    if may(officer.role, permission):
        return
    refused = RoleNotAllowed()
    deed = Deed(action=AuditAction.TURNED_AWAY, details={"permission": permission.value})
    record_refusal(ports, officer, deed, refused)
    raise refused
