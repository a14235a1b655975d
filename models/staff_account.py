"""What is asked of the accounts of staff, and what is changed about them."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Select, Update, select, update

from models.staff import StaffAccount
from models.values.access import StaffRole
from models.values.page import Place


def select_account_named(username: str) -> Select[StaffAccount]:
    return select(StaffAccount).where(StaffAccount.username == username)


def select_account(account_id: UUID) -> Select[StaffAccount]:
    return select(StaffAccount).where(StaffAccount.id == account_id)


def select_account_to_change(account_id: UUID) -> Select[StaffAccount]:
    # Not as if its id could change: what is written down of it need not wait.
    return select_account(account_id).with_for_update(key_share=True)


def hold_open_admins() -> Select[UUID]:
    """All at once, and always in the same order: two of them could close each other."""
    return (
        select(StaffAccount.id)
        .where(StaffAccount.role == StaffRole.ADMIN, StaffAccount.closed_at.is_(None))
        .order_by(StaffAccount.id)
        .with_for_update(key_share=True)
    )


def select_accounts(*, after: Place | None, limit: int | None) -> Select[StaffAccount]:
    """By username; closed ones too.

    :param after: the username that the page before ended with.
    """
    listed = select(StaffAccount).order_by(StaffAccount.username).limit(limit)
    return listed if after is None else listed.where(StaffAccount.username > after[0])


def spend_code(account: StaffAccount, step: int) -> Update:
    """Take a code, unless it or a newer one was taken meanwhile, the account was closed, or it was
    given another password. Returns the account's id if it is taken."""
    return (
        update(StaffAccount)
        .where(
            StaffAccount.id == account.id,
            StaffAccount.totp_spent < step,
            StaffAccount.password_hash == account.password_hash,
            StaffAccount.closed_at.is_(None),
        )
        .values(totp_spent=step)
        .returning(StaffAccount.id)
        .execution_options(synchronize_session=False)
    )


def set_password(account_id: UUID, password_hash: str) -> Update:
    return (
        update(StaffAccount)
        .where(StaffAccount.id == account_id)
        .values(password_hash=password_hash)
        .execution_options(synchronize_session=False)
    )
