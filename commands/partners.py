"""``jaring partners``: the accounts of those who enrol their drivers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import click

from commands.answering import command_of, say
from commands.installation import ports_here
from models.values.payer import PayerKind
from schemas.fields import written
from services.partners import accounts
from services.partners.accounts import USUAL_PER_DAY, Account, Credentials, NewAccount

PAYERS = [kind.value for kind in PayerKind if kind is not PayerKind.SELF]
per_day = click.IntRange(0, 2**31 - 1)


@click.group()
def partners() -> None:
    """Platforms that enrol their drivers, and their secrets."""


command = command_of(partners)


@command
@click.argument("name")
@click.option(
    "--payer-kind",
    type=click.Choice(PAYERS),
    default=PayerKind.PARTNER.value,
    show_default=True,
    help="Whose money it pays with; decides the relief.",
)
@click.option("--messages-per-day", type=per_day, default=USUAL_PER_DAY, show_default=True)
@click.option("--checks-per-day", type=per_day, default=USUAL_PER_DAY, show_default=True)
def add(name: str, payer_kind: str, messages_per_day: int, checks_per_day: int) -> None:
    """Open an account, and show its first secret, once."""
    account = NewAccount(
        name=name,
        payer_kind=PayerKind(payer_kind),
        messages_per_day=messages_per_day,
        checks_per_day=checks_per_day,
    )
    with ports_here() as ports:
        _show(accounts.add(ports, account))


@command
@click.argument("client_id")
def rotate(client_id: str) -> None:
    """Show another secret, once. The one before stays good until it is revoked."""
    with ports_here() as ports:
        _show(accounts.rotate(ports, client_id))


@command
@click.argument("client_id")
@click.argument("key_id", type=click.UUID, required=False)
def revoke(client_id: str, key_id: UUID | None) -> None:
    """Make a secret good for nothing: KEY_ID, or the older one of two."""
    with ports_here() as ports:
        key = accounts.revoke(ports, client_id, key_id)
    say(
        {"client_id": client_id, "revoked": str(key.key_id)},
        f"Secret {key.key_id} is revoked, and every token that it was given.",
    )


@command
@click.argument("client_id")
def close(client_id: str) -> None:
    """Let an account do nothing any more, at once."""
    with ports_here() as ports:
        partner = accounts.close(ports, client_id)
    say({"client_id": client_id, "closed": True}, f"The account of {partner.name} is closed.")


@command_of(partners, "list")
def show_all() -> None:
    """Show all accounts and the ids of their good secrets."""
    with ports_here() as ports:
        found = accounts.listed(ports)
    say(
        {"items": [_document(account) for account in found]},
        "\n".join(line for account in found for line in _lines(account)) or "There are none yet.",
    )


def _show(credentials: Credentials) -> None:
    say(
        {"client_id": credentials.client_id, "client_secret": credentials.client_secret},
        f"client_id      {credentials.client_id}\nclient_secret  {credentials.client_secret}\n"
        "The secret is shown this once; keep it where only your partner's program can read it.",
    )


def _document(account: Account) -> dict[str, Any]:
    partner = account.partner
    return {
        "name": partner.name,
        "client_id": partner.client_id,
        "payer_kind": partner.payer_kind.value,
        "messages_per_day": partner.messages_per_day,
        "checks_per_day": partner.checks_per_day,
        "created_at": written(partner.created_at),
        "closed_at": written(partner.disabled_at) if partner.disabled_at else None,
        "keys": [
            {"key_id": str(key.key_id), "created_at": written(key.created_at)}
            for key in account.keys
        ],
    }


def _lines(account: Account) -> Iterator[str]:
    partner = account.partner
    state = f"closed {partner.disabled_at:%Y-%m-%d}" if partner.disabled_at else "open"
    yield f"{partner.name}  {partner.client_id}  {partner.payer_kind.value}, {state}"
    yield (
        f"  a day: {partner.messages_per_day:,} messages, {partner.checks_per_day:,} identity checks"
    )
    for key in account.keys:
        yield f"  secret {key.key_id}, since {key.created_at:%Y-%m-%d}"
