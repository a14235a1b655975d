"""An officer shows who they are: by a password, and by a code from their phone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from models.staff import StaffAccount
from models.staff_account import set_password, spend_code
from models.staff_refusal import Trial
from models.values.audit import AuditAction, SearchedBy
from services.audit.recording import Deed, Doer, Searched, WithoutSession, record
from services.errors import DomainError
from services.ports import Ports
from services.staff.hashing import hashed, is_outdated, is_password
from services.staff.lock_out import count
from services.staff.one_time_codes import SECRET_PLACE, step_of

_NOBODYS_SECRET = "A" * 32


class Cause(StrEnum):
    """Why somebody was not believed. Told to the auditor alone."""

    PASSWORD = "password"  # noqa: S105
    CODE = "code"
    SPENT_CODE = "spent_code"
    CLOSED_ACCOUNT = "closed_account"


UNKNOWN_NAME = "unknown_name"
"""The cause where there is no such account."""


@dataclass(frozen=True)
class Proof:
    """What password and code are worth. Whether the code was used before is seen when it is taken.

    :param account: None: there is no such account, so nothing is right.
    :param step: that the code belongs to; None: it is wrong.
    :param new_hash: of the password, where it is kept at costs of the past.
    """

    account: StaffAccount | None
    password_right: bool
    step: int | None
    new_hash: str | None = field(default=None, repr=False)

    @property
    def cause(self) -> Cause | None:
        """Why it was not taken; None where there is no account."""
        if self.account is None:
            return None
        if not self.password_right:
            return Cause.PASSWORD
        if self.step is None:
            return Cause.CODE
        return Cause.CLOSED_ACCOUNT if self.account.closed_at else Cause.SPENT_CODE


def prove(
    ports: Ports, account: StaffAccount | None, password: str, otp: str, now: datetime
) -> Proof:
    """Judge both, whatever comes of the first: an answer that comes sooner would tell which it was.

    Takes some hundredths of a second of a processor, so no transaction is open meanwhile.
    """
    secret = _NOBODYS_SECRET
    if account is not None:
        secret = ports.vault.open(SECRET_PLACE, account.id, account.totp_sealed)
    kept = account.password_hash if account else None
    right = is_password(password, kept)
    step = step_of(secret, otp, now)
    # Only where all is right: hashing once more takes as long again.
    renews = right and step is not None and kept is not None and is_outdated(kept)
    new_hash = hashed(password) if renews else None
    return Proof(account, right, step, new_hash)


def take(session: Session, proof: Proof) -> StaffAccount | None:
    """Whose the proof is, if it is good. From now on its code is spent."""
    account = proof.account
    if account is None or not proof.password_right or proof.step is None:
        return None
    if session.scalar(spend_code(account, proof.step)) is None:
        return None
    if proof.new_hash is not None:
        session.execute(set_password(account.id, proof.new_hash))
    return account


@dataclass(frozen=True)
class Refused:
    """A proof that was not taken: at what, and with which answer."""

    doer: Doer
    trial: Trial
    proof: Proof
    action: AuditAction
    error: DomainError


def refuse(ports: Ports, session: Session, refused: Refused, now: datetime) -> None:
    """Count it, and write it down. The name must be held."""
    account, cause = refused.proof.account, refused.proof.cause
    locked_until = count(ports, session, refused.trial, account, now)
    details = {"cause": cause.value if cause else UNKNOWN_NAME}
    if locked_until is not None:
        details["locked_until"] = locked_until.isoformat(timespec="seconds")
    nobody = Searched(SearchedBy.USERNAME, refused.trial.name_key)
    deed = Deed(
        action=refused.action,
        about_id=account.id if account else None,
        searched=None if account else nobody,
        details=details,
    )
    record(session, refused.doer, deed, now, refusal=refused.error)


def stranger(account: StaffAccount | None, source: str) -> WithoutSession:
    """Who tries to sign in, as far as is known."""
    if account is None:
        return WithoutSession(source=source)
    return WithoutSession(
        source=source, account_id=account.id, username=account.username, role=account.role
    )
