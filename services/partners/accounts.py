"""Opening and closing partners' accounts, and the secrets by which they show who they are.

Done by whoever runs the installation, at the command line.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.batch_standing import call_off, call_off_waiting
from models.partner import (
    Partner,
    PartnerSecret,
    select_good_secrets,
    select_partner_of_client,
    select_partners,
)
from models.values.payer import PayerKind
from models.values.text import fold_name, readable, trimmed
from services.constraints import constraint_raises
from services.ports import Ports

# So that a secret which was left in a file or a log is known for what it is.
SECRET_PREFIX, CLIENT_PREFIX = "jrg_", "jrc_"
SECRET_BYTES, CLIENT_BYTES = 32, 12
SECRET_PLACE = "partner-secret"  # noqa: S105
MOST_SECRETS = 2
LONGEST_NAME = 60
# (policy) As many as a large platform's first file has drivers.
USUAL_PER_DAY = 100_000


class CannotChangeAccount(Exception):
    """What was asked for cannot be done with this account. The message says why, and what can."""


class NameTaken(CannotChangeAccount):
    def __init__(self) -> None:
        super().__init__(
            "Another account has this name, perhaps a closed one: see `jaring partners list`."
        )


@dataclass(frozen=True, kw_only=True)
class NewAccount:
    """:param messages_per_day: how many of its drivers may be written to on one Jakarta day.
    :param checks_per_day: how many may be compared with the population registry.
    """

    name: str
    payer_kind: PayerKind = PayerKind.PARTNER
    messages_per_day: int = USUAL_PER_DAY
    checks_per_day: int = USUAL_PER_DAY


@dataclass(frozen=True)
class Credentials:
    """Shown once: of the secret nothing is kept but a keyed digest."""

    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True)
class Key:
    """A secret as it can be talked about."""

    key_id: UUID
    created_at: datetime


@dataclass(frozen=True)
class Account:
    """:param keys: those of its secrets that are good, the oldest first."""

    partner: Partner
    keys: tuple[Key, ...]


def add(ports: Ports, account: NewAccount) -> Credentials:
    """Open an account, with its first secret.

    :raises CannotChangeAccount: the name is no name.
    :raises NameTaken: another account has it.
    """
    name = _named(account.name)
    now = ports.clock.now()
    partner = Partner(
        name=name,
        client_id=CLIENT_PREFIX + secrets.token_hex(CLIENT_BYTES),
        payer_kind=account.payer_kind,
        messages_per_day=account.messages_per_day,
        checks_per_day=account.checks_per_day,
        created_at=now,
    )
    with constraint_raises("uq_partner_name", NameTaken), ports.transactions.begin() as session:
        session.add(partner)
        session.flush()
        return _another_secret(ports, session, partner, now)


def rotate(ports: Ports, client_id: str) -> Credentials:
    """Give an account another secret. The one that it has stays good until it is revoked.

    :raises CannotChangeAccount: there is no such open account, or it has two good secrets.
    """
    with ports.transactions.begin() as session:
        partner = _open_account(session, client_id)
        if len(_good(session, partner)) >= MOST_SECRETS:
            raise CannotChangeAccount(
                f"{partner.name} has {MOST_SECRETS} good secrets, which is as many as there may be."
                f" Revoke the older one first: `jaring partners revoke {client_id}`."
            )
        return _another_secret(ports, session, partner, ports.clock.now())


def revoke(ports: Ports, client_id: str, key_id: UUID | None = None) -> Key:
    """Make a secret good for nothing, together with every token that it was given.

    :param key_id: None is the older one of two: that of an account that has changed over.
    :raises CannotChangeAccount: there is no such open account or good secret; or there is only
        one, and it was not named.
    """
    with ports.transactions.begin() as session:
        partner = _open_account(session, client_id)
        secret = _to_revoke(_good(session, partner), key_id)
        secret.revoked_at = ports.clock.now()
        return _key(secret)


def close(ports: Ports, client_id: str) -> Partner:
    """Let an account do nothing any more, at once. What it has done stays, the accepted rows of a
    file too; the rest of its files is called off.

    :raises CannotChangeAccount: there is no such open account.
    """
    with ports.transactions.begin() as session:
        partner = _open_account(session, client_id)
        now = ports.clock.now()
        partner.disabled_at = now
        session.execute(call_off_waiting(None, now, partner_id=partner.id))
        session.execute(call_off(None, now, partner_id=partner.id))
        return partner


def listed(ports: Ports) -> tuple[Account, ...]:
    """Every account, closed ones too, the oldest first."""
    with ports.transactions.reading() as session:
        partners = session.scalars(select_partners()).all()
        good = session.scalars(select_good_secrets([each.id for each in partners])).all()
    keys = _by_partner(good)
    return tuple(Account(each, tuple(keys[each.id])) for each in partners)


def _named(text: str) -> str:
    """A name as it will stand in messages to drivers."""
    name = trimmed(text)
    if not (0 < len(name) <= LONGEST_NAME and readable(name) and fold_name(name)):
        raise CannotChangeAccount(
            f"A name has letters or digits, on one line, and at most {LONGEST_NAME} characters: "
            "drivers read it in their messages."
        )
    return name


def _open_account(session: Session, client_id: str) -> Partner:
    # What PostgreSQL cannot hold, no account has.
    known = readable(client_id)
    partner = session.scalar(select_partner_of_client(client_id)) if known else None
    if partner is None:
        raise CannotChangeAccount(
            "There is no account with this client_id: see `jaring partners list`."
        )
    if partner.disabled_at is not None:
        raise CannotChangeAccount(f"The account of {partner.name} is closed.")
    return partner


def _good(session: Session, partner: Partner) -> list[PartnerSecret]:
    return list(session.scalars(select_good_secrets([partner.id])))


def _to_revoke(good: list[PartnerSecret], key_id: UUID | None) -> PartnerSecret:
    if key_id is None:
        if len(good) < MOST_SECRETS:
            raise CannotChangeAccount(
                "There is no older secret to revoke. To revoke the only one, and shut the partner "
                "out until it has another, name its KEY_ID: see `jaring partners list`."
            )
        return good[0]
    for secret in good:
        if secret.id == key_id:
            return secret
    raise CannotChangeAccount(
        "This account has no good secret with that KEY_ID: see `jaring partners list`."
    )


def _another_secret(ports: Ports, session: Session, partner: Partner, now: datetime) -> Credentials:
    secret = SECRET_PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    digest = ports.vault.digest(SECRET_PLACE, secret)
    session.add(PartnerSecret(partner_id=partner.id, digest=digest, created_at=now))
    return Credentials(partner.client_id, secret)


def _by_partner(good: Iterable[PartnerSecret]) -> dict[UUID, list[Key]]:
    keys = defaultdict[UUID, list[Key]](list)
    for secret in good:
        keys[secret.partner_id].append(_key(secret))
    return keys


def _key(secret: PartnerSecret) -> Key:
    return Key(secret.id, secret.created_at)
