"""Staff with a session that is good, and calls that they make."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from uuid import UUID

from sqlalchemy.orm import Session

from models.staff import StaffAccount, StaffSession
from models.values.access import StaffRole
from models.values.ids import new_id
from services.callers import StaffCaller
from services.ports import Ports
from services.tokens import Kind

SOURCE = "127.0.0.1"
_numbers = count(1)


def officer(
    ports: Ports, session: Session, role: StaffRole = StaffRole.SUPPORT, username: str | None = None
) -> StaffCaller:
    """Somebody of this role who has just signed in. Nobody knows their password."""
    now, account_id = ports.clock.now(), new_id()
    account = StaffAccount(
        id=account_id,
        username=username or f"{role}-{next(_numbers)}",
        role=role,
        password_hash="$argon2id$none",
        totp_sealed=ports.vault.seal("staff_account.totp", account_id, "JBSWY3DPEHPK3PXP" * 2),
        created_at=now,
    )
    session.add(account)
    session.flush()
    return StaffCaller(
        account_id=account_id,
        session_id=_opened(ports, session, account_id),
        username=account.username,
        role=role,
        source=SOURCE,
    )


def signed_in_again(ports: Ports, session: Session, officer: StaffCaller) -> StaffCaller:
    """The same one in another session."""
    return replace(officer, session_id=_opened(ports, session, officer.account_id))


def _opened(ports: Ports, session: Session, account_id: UUID) -> UUID:
    now = ports.clock.now()
    opened = StaffSession(
        id=new_id(),
        account_id=account_id,
        source_key=ports.vault.digest("source", SOURCE),
        started_at=now,
        used_at=now,
        rotated_at=now,
    )
    session.add(opened)
    session.flush()
    return opened.id


def bearer(ports: Ports, officer: StaffCaller, **headers: str) -> dict[str, str]:
    """The headers of a call by this officer."""
    now = ports.clock.now()
    sid = str(officer.session_id)
    token = ports.tokens.issue(Kind.STAFF, str(officer.account_id), at=now, sid=sid, gen=0)
    return {"Authorization": f"Bearer {token}", **headers}
