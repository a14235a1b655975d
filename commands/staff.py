"""``jaring staff``: the accounts of officers. Whoever may type it may open the first one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import click
import segno

from commands.answering import command_of, in_json, say
from commands.installation import ports_here
from models.staff import StaffAccount
from models.values.access import StaffRole
from models.values.words import Language
from schemas.fields import written
from services.errors import DomainError, Invalid
from services.ports import Ports
from services.staff import accounts
from services.staff.accounts import NewCredentials, NewOfficer

# Squares of white around the code in a terminal: fewer than on paper, for it is 80 columns wide.
_QUIET_ZONE = 2


class CannotChangeStaff(Exception):
    """What was asked for cannot be done. The message says why, and what can."""


@click.group()
def staff() -> None:
    """Officers who help workers, decide cases and read the audit."""


command = command_of(staff)


@command
@click.argument("username")
@click.option(
    "--role",
    type=click.Choice([role.value for role in StaffRole]),
    required=True,
    help="What they may do.",
)
def add(username: str, role: str) -> None:
    """Open an account, and show its password and its secret for codes, once."""
    with _ports() as ports:
        given = accounts.add(ports, None, NewOfficer(username, StaffRole(role)))
    _show(given)


@command
@click.argument("username")
def reset(username: str) -> None:
    """Show another password and secret, once. All sessions end, and so does a lock-out."""
    with _ports() as ports:
        given = accounts.reset(ports, None, accounts.id_of(ports, username))
    _show(given)


@command
@click.argument("username")
def close(username: str) -> None:
    """Let nobody sign in with an account any more, at once."""
    with _ports() as ports:
        account = accounts.close(ports, None, accounts.id_of(ports, username))
    say(
        {"username": account.username, "closed": True},
        f"The account of {account.username} is closed.",
    )


@command_of(staff, "list")
def show_all() -> None:
    """Show all accounts, closed ones too."""
    with _ports() as ports:
        found = accounts.all_of_them(ports)
    say(
        {"items": [_document(account) for account in found]},
        "\n".join(map(_line, found)) or "There are none yet.",
    )


@contextmanager
def _ports() -> Iterator[Ports]:
    """Errors are told as those who call the API are told them."""
    with ports_here() as ports:
        try:
            yield ports
        except Invalid as error:
            told = " ".join(fault.words.en for fault in error.faults)
            raise CannotChangeStaff(told) from None
        except DomainError as error:
            said = (each.in_(Language.ENGLISH) for each in (error.title, error.detail))
            raise CannotChangeStaff(". ".join(said)) from None


def _show(given: NewCredentials) -> None:
    document = {
        "username": given.username,
        "password": given.password,
        "totp_secret": given.totp_secret,
    }
    say(document, "" if in_json() else _page(given))


def _page(given: NewCredentials) -> str:
    return "\n".join(
        [
            f"username     {given.username}",
            f"password     {given.password}",
            f"totp_secret  {given.totp_secret}",
            "",
            "Into the authenticator app, by its camera or by hand:",
            given.totp_uri,
            _drawn(given.totp_uri),
            "All this is shown this once. The password can be changed after signing in.",
        ]
    )


def _drawn(uri: str) -> str:
    out = StringIO()
    segno.make(uri, error="L", micro=False).terminal(out, border=_QUIET_ZONE, compact=True)
    return out.getvalue()


def _document(account: StaffAccount) -> dict[str, Any]:
    return {
        "username": account.username,
        "role": account.role.value,
        "created_at": written(account.created_at),
        "closed_at": written(account.closed_at) if account.closed_at else None,
    }


def _line(account: StaffAccount) -> str:
    state = f"closed {account.closed_at:%Y-%m-%d}" if account.closed_at else "open"
    return f"{account.username}  {account.role.value}, {state}"
