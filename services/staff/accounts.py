"""Opening, closing and resetting the accounts of staff. None is ever removed.

The first ones are opened at the command line, by whoever runs the installation; admins see to the rest.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.staff import StaffAccount
from models.staff_account import (
    hold_open_admins,
    select_account_named,
    select_account_to_change,
    select_accounts,
)
from models.staff_refusal import forget_tries_at
from models.staff_session import end_sessions_of
from models.values.access import StaffRole
from models.values.audit import AuditAction
from models.values.faults import FaultyValue
from models.values.ids import new_id
from models.values.page import Page, PageRequest
from models.values.username import fold_username, is_username, read_username
from services.audit.recording import COMMAND_LINE, Deed, Doer, record, refusals_on_record
from services.callers import StaffCaller
from services.constraints import constraint_raises
from services.errors import FieldFault, Invalid
from services.once import Once
from services.ports import Ports
from services.staff.account_errors import (
    AccountClosed,
    AccountNotFound,
    LastAdmin,
    OwnAccount,
    UsernameTaken,
)
from services.staff.hashing import drawn_password, hashed
from services.staff.lock_out import name_key_of
from services.staff.one_time_codes import SECRET_PLACE, drawn_secret, enrolment_uri


@dataclass(frozen=True)
class NewOfficer:
    username: str
    role: StaffRole


@dataclass(frozen=True)
class NewCredentials:
    """What an officer signs in with. Shown once.

    :param totp_uri: what an authenticator app reads, as a QR code or a link.
    """

    account: StaffAccount
    password: str = field(repr=False)
    totp_secret: str = field(repr=False)
    totp_uri: str = field(repr=False)

    @property
    def id(self) -> UUID:
        return self.account.id

    @property
    def username(self) -> str:
        return self.account.username

    @property
    def role(self) -> StaffRole:
        return self.account.role


class _Drawn:
    """A password and a secret that are nobody's yet. Made while no transaction is open: it takes
    some hundredths of a second of a processor."""

    def __init__(self) -> None:
        self.password, self.secret = drawn_password(), drawn_secret()
        self.password_hash = hashed(self.password)

    def given_to(self, ports: Ports, account: StaffAccount) -> NewCredentials:
        account.password_hash = self.password_hash
        account.totp_sealed = ports.vault.seal(SECRET_PLACE, account.id, self.secret)
        uri = enrolment_uri(account.username, self.secret)
        return NewCredentials(account, self.password, self.secret, uri)


_ONCE: Once[NewCredentials] = Once()


def add(
    ports: Ports, by: StaffCaller | None, new: NewOfficer, once: Once[NewCredentials] = _ONCE
) -> NewCredentials:
    """Open an account.

    :param by: the admin who does it; None: somebody at the command line.
    :raises Invalid: the username is none.
    :raises UsernameTaken: another account has it, perhaps a closed one.
    """
    account = StaffAccount(
        id=new_id(), username=_readable(new.username), role=new.role, created_at=ports.clock.now()
    )
    credentials = _Drawn().given_to(ports, account)
    deed = _deed(AuditAction.ADDED_ACCOUNT, account)
    with (
        _trying(ports, by, AuditAction.ADDED_ACCOUNT, None),
        constraint_raises("uq_staff_account_username", UsernameTaken),
        ports.transactions.begin() as session,
    ):
        once.claim(ports, session)
        session.add(account)
        session.flush()
        record(session, by or COMMAND_LINE, deed, account.created_at)
        return once.remember(ports, session, credentials)


def reset(
    ports: Ports, by: StaffCaller | None, account_id: UUID, once: Once[NewCredentials] = _ONCE
) -> NewCredentials:
    """Give an account another password and another secret for its codes. Its sessions end, and a
    lock-out with them.

    :raises AccountNotFound: there is none under this id.
    :raises AccountClosed: it is of no use to anybody.
    :raises OwnAccount: an admin's own.
    """
    now, drawn = ports.clock.now(), _Drawn()
    with (
        _trying(ports, by, AuditAction.RESET_ACCOUNT, account_id),
        ports.transactions.begin() as session,
    ):
        once.claim(ports, session)
        account = _to_change(session, by, account_id)
        if account.closed_at is not None:
            raise AccountClosed
        credentials = drawn.given_to(ports, account)
        account.totp_spent = 0
        session.execute(end_sessions_of(account_id, now))
        session.execute(forget_tries_at(name_key_of(ports, account.username)))
        record(session, by or COMMAND_LINE, _deed(AuditAction.RESET_ACCOUNT, account), now)
        return once.remember(ports, session, credentials)


def close(ports: Ports, by: StaffCaller | None, account_id: UUID) -> StaffAccount:
    """Let nobody sign in with an account any more, at once. Doing it again changes nothing.

    :raises AccountNotFound: there is none under this id.
    :raises OwnAccount: an admin's own.
    :raises LastAdmin: nobody would be left who could open another one.
    """
    with (
        _trying(ports, by, AuditAction.CLOSED_ACCOUNT, account_id),
        ports.transactions.begin() as session,
    ):
        admins = session.scalars(hold_open_admins()).all()
        account = _to_change(session, by, account_id)
        if account.closed_at is None:
            if list(admins) == [account_id]:
                raise LastAdmin
            _close(session, by or COMMAND_LINE, account, ports.clock.now())
        return account


def listed(ports: Ports, officer: StaffCaller, page: PageRequest) -> Page[StaffAccount]:
    """Accounts by username, closed ones too."""
    with ports.transactions.begin() as session:
        read = session.scalars(select_accounts(after=page.after, limit=page.to_read)).all()
        shown = Page.of(read, page, lambda last: (last.username,))
        told = Deed(action=AuditAction.LISTED_ACCOUNTS, details={"shown": len(shown.items)})
        record(session, officer, told, ports.clock.now())
    return shown


def all_of_them(ports: Ports) -> tuple[StaffAccount, ...]:
    """Every account, for whoever runs the installation."""
    with ports.transactions.begin() as session:
        found = tuple(session.scalars(select_accounts(after=None, limit=None)))
        told = Deed(action=AuditAction.LISTED_ACCOUNTS, details={"shown": len(found)})
        record(session, COMMAND_LINE, told, ports.clock.now())
    return found


def id_of(ports: Ports, username: str) -> UUID:
    """The account with this username.

    :raises AccountNotFound: there is none.
    """
    folded = fold_username(username)
    with ports.transactions.reading() as session:
        found = session.scalar(select_account_named(folded)) if is_username(folded) else None
    if found is None:
        raise AccountNotFound
    return found.id


def _readable(username: str) -> str:
    try:
        return read_username(username)
    except FaultyValue as error:
        raise Invalid(FieldFault.of("/username", error.fault)) from error


def _trying(
    ports: Ports, by: StaffCaller | None, action: AuditAction, account_id: UUID | None
) -> AbstractContextManager[None]:
    deed = Deed(action=action, about_id=account_id)
    return refusals_on_record(ports, by or COMMAND_LINE, deed)


def _to_change(session: Session, by: StaffCaller | None, account_id: UUID) -> StaffAccount:
    if by is not None and by.account_id == account_id:
        raise OwnAccount
    account = session.scalar(select_account_to_change(account_id))
    if account is None:
        raise AccountNotFound
    return account


def _close(session: Session, by: Doer, account: StaffAccount, now: datetime) -> None:
    account.closed_at = now
    session.execute(end_sessions_of(account.id, now))
    record(session, by, _deed(AuditAction.CLOSED_ACCOUNT, account), now)


def _deed(action: AuditAction, account: StaffAccount) -> Deed:
    return Deed(action=action, about_id=account.id, details={"role": account.role.value})
