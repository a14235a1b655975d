"""An officer signs in: with username, password and code, to the API or to the console."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from models.staff import StaffAccount, StaffSession
from models.staff_account import select_account_named
from models.staff_refusal import hold_name
from models.values.audit import AuditAction
from models.values.ids import new_id
from models.values.username import fold_username, is_username
from models.values.words import Words
from services.audit.recording import Deed, record
from services.callers import StaffCaller
from services.errors import NotSignedIn
from services.ports import Ports
from services.staff.lock_out import allow, trial_of
from services.staff.proving import Refused, prove, refuse, stranger, take
from services.staff.sessions import cookie_digest, officer_of

COOKIE_BYTES = 32


class StaffSignInRefused(NotSignedIn):
    """The same for an unknown name, a wrong password, a wrong or spent code, and a closed account."""

    code = "staff-sign-in-refused"
    title = Words("Tidak dapat masuk", "Sign-in refused")
    detail = Words(
        "Periksa nama pengguna dan kata sandi, dan pakai kode yang baru: setiap kode berlaku sekali.",
        "Check user name and password, and use a new code: each one is good once.",
    )


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """What somebody types in.

    :param source: the network address that it came from.
    """

    username: str
    password: str = field(repr=False)
    otp: str = field(repr=False)
    source: str


@dataclass(frozen=True)
class Opened:
    """A session that has just begun.

    :param cookie: what the browser is given; None where tokens are wanted. Only what stands for it
        is kept.
    """

    officer: StaffCaller
    session: StaffSession
    cookie: str | None = field(repr=False)


def sign_in(ports: Ports, shown: Credentials, *, by_cookie: bool = False) -> Opened:
    """Open a session for the officer who shows that it is them.

    :param by_cookie: for the console, whose browser keeps a cookie.
    :raises StaffSignInRefused: whatever the cause; it is counted.
    :raises TooManyWrongTries: nobody may try this name from here now.
    """
    now = ports.clock.now()
    trial = trial_of(ports, shown.username, shown.source)
    with ports.transactions.reading() as session:
        account = _named(session, shown.username)
        allow(ports, session, trial, account, now)
    proof = prove(ports, account, shown.password, shown.otp, now)
    refused = StaffSignInRefused()
    with ports.transactions.begin() as session:
        session.execute(hold_name(trial))
        # Once more: of many tries at one moment all were let through above.
        allow(ports, session, trial, account, now)
        known = take(session, proof)
        if known is not None:
            return _open(ports, session, known, trial.source_key, shown, by_cookie=by_cookie)
        told = Refused(
            stranger(account, shown.source), trial, proof, AuditAction.SIGNED_IN, refused
        )
        refuse(ports, session, told, now)
    # Outside: what was counted stays counted.
    raise refused


def _named(session: Session, username: str) -> StaffAccount | None:
    folded = fold_username(username)
    return session.scalar(select_account_named(folded)) if is_username(folded) else None


def _open(
    ports: Ports,
    session: Session,
    account: StaffAccount,
    source_key: bytes,
    shown: Credentials,
    *,
    by_cookie: bool,
) -> Opened:
    now = ports.clock.now()
    cookie = secrets.token_urlsafe(COOKIE_BYTES) if by_cookie else None
    opened = StaffSession(
        id=new_id(),
        account_id=account.id,
        cookie_digest=cookie_digest(ports, cookie) if cookie else None,
        source_key=source_key,
        started_at=now,
        used_at=now,
        generation=0,
        rotated_at=now,
    )
    session.add(opened)
    officer = officer_of(account, opened, shown.source)
    how = {"by": "cookie" if by_cookie else "token"}
    record(session, officer, Deed(action=AuditAction.SIGNED_IN, details=how), now)
    return Opened(officer, opened, cookie)
