"""An officer changes their password."""

from __future__ import annotations

from dataclasses import dataclass, field

from models.staff_account import select_account, set_password
from models.staff_refusal import hold_name
from models.staff_session import end_sessions_of
from models.values.audit import AuditAction
from models.values.words import Words
from services.audit.recording import Deed, record
from services.callers import StaffCaller
from services.errors import Conflict, FieldFault, Invalid
from services.ports import Ports
from services.staff.hashing import hashed
from services.staff.lock_out import allow, trial_of
from services.staff.password_rules import faults_of
from services.staff.proving import Refused, prove, refuse, take


class PasswordChangeRefused(Conflict):
    """The same for a wrong password, and a wrong or spent code. The session goes on."""

    code = "password-change-refused"
    title = Words("Kata sandi tidak diganti", "The password was not changed")
    detail = Words(
        "Periksa kata sandi yang sekarang, dan pakai kode yang baru: setiap kode berlaku sekali.",
        "Check your present password, and use a new code: each one is good once.",
    )


@dataclass(frozen=True)
class PasswordChange:
    current_password: str = field(repr=False)
    new_password: str = field(repr=False)
    otp: str = field(repr=False)


def change(ports: Ports, officer: StaffCaller, wanted: PasswordChange) -> None:
    """Give an officer the password that they chose. Their other sessions end.

    :raises Invalid: it is too short, too easy, or the one they have.
    :raises PasswordChangeRefused: they did not show that it is them; it is counted.
    :raises TooManyWrongTries: nobody may try so from here now.
    """
    _judge(officer, wanted)
    now = ports.clock.now()
    trial = trial_of(ports, officer.username, officer.source)
    with ports.transactions.reading() as session:
        account = session.scalar(select_account(officer.account_id))
        allow(ports, session, trial, account, now)
    proof = prove(ports, account, wanted.current_password, wanted.otp, now)
    new_hash, refused = hashed(wanted.new_password), PasswordChangeRefused()
    with ports.transactions.begin() as session:
        session.execute(hold_name(trial))
        allow(ports, session, trial, account, now)
        if take(session, proof) is not None:
            session.execute(set_password(officer.account_id, new_hash))
            but = officer.session_id
            ended = session.scalars(end_sessions_of(officer.account_id, now, but=but)).all()
            told = Deed(
                action=AuditAction.CHANGED_PASSWORD,
                about_id=officer.account_id,
                details={"sessions": len(ended)},
            )
            record(session, officer, told, now)
            return
        tried = Refused(officer, trial, proof, AuditAction.CHANGED_PASSWORD, refused)
        refuse(ports, session, tried, now)
    # Outside: what was counted stays counted.
    raise refused


def _judge(officer: StaffCaller, wanted: PasswordChange) -> None:
    found = faults_of(
        wanted.new_password, username=officer.username, current=wanted.current_password
    )
    if found:
        raise Invalid(*(FieldFault.of("/new_password", each) for each in found))
