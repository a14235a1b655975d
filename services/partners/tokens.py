"""A partner shows its secret and gets a token for a quarter of an hour (RFC 6749, 4.4)."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.partner import select_shown_secret
from models.token_refusal import (
    CLIENT_WINDOW,
    PER_CLIENT,
    SOURCE_WINDOW,
    TokenRefusal,
    hold_client,
    select_nth_refusal_from,
    select_nth_refusal_of,
)
from models.values.scope import Scope
from models.values.source import counted_as
from models.values.words import Words
from services.errors import NotSignedIn, TooMany
from services.partners.accounts import SECRET_PLACE
from services.ports import Ports
from services.tokens import LIFETIMES, Kind


class ClientRefused(NotSignedIn):
    """The same for an unknown client, a wrong or revoked secret, and a closed account."""

    code = "client-refused"
    title = Words("Mitra tidak dikenali", "The client is not known")
    detail = Words(
        "Periksa client_id dan client_secret. Jika rahasianya hilang, minta yang baru.",
        "Check client_id and client_secret. If the secret is lost, ask for another one.",
    )


class TooManyWrongSecrets(TooMany):
    code = "too-many-wrong-secrets"
    title = Words("Terlalu banyak rahasia yang salah", "Too many wrong secrets")
    detail = Words(
        "Periksa client_id dan client_secret, lalu coba lagi setelah {wait}.",
        "Check client_id and client_secret, then try again after {wait}.",
    )


@dataclass(frozen=True, kw_only=True)
class TokenRequest:
    """:param scopes: what the token is to be good for.
    :param source: the caller's network address.
    """

    client_id: str
    client_secret: str = field(repr=False)
    scopes: frozenset[Scope]
    source: str


@dataclass(frozen=True)
class Granted:
    """:param scope: as in RFC 6749, 3.3."""

    access_token: str = field(repr=False)
    expires_in: int
    """Seconds."""
    scope: str


@dataclass(frozen=True)
class _Shown:
    partner_id: UUID
    secret_id: UUID


def grant(ports: Ports, asked: TokenRequest) -> Granted:
    """A token for a partner that shows a good secret of its account.

    A wrong try costs the same for an account that there is and for one that there is not.

    :raises ClientRefused: there is no such client with such a secret.
    :raises TooManyWrongSecrets: a wrong one again; or any, from where too many came from.
    """
    now = ports.clock.now()
    source_key = ports.vault.digest("source", counted_as(asked.source))
    with ports.transactions.reading() as session:
        _allow_from(ports, session, source_key, now)
        shown = _shown(ports, session, asked)
    if shown is None:
        raise _refused(ports, asked, source_key, now)
    scope = " ".join(sorted(asked.scopes))
    token = ports.tokens.issue(
        Kind.PARTNER, str(shown.partner_id), at=now, key=str(shown.secret_id), scope=scope
    )
    return Granted(token, int(LIFETIMES[Kind.PARTNER].total_seconds()), scope)


def _allow_from(ports: Ports, session: Session, source_key: bytes, now: datetime) -> None:
    most = ports.token_refusals_per_source_and_hour
    if most is None:
        return
    nth_last = session.scalar(select_nth_refusal_from(source_key, now - SOURCE_WINDOW, most))
    if nth_last is not None:
        raise TooManyWrongSecrets(retry_after=nth_last + SOURCE_WINDOW - now)


def _shown(ports: Ports, session: Session, asked: TokenRequest) -> _Shown | None:
    """Looked for by the secret: what is not one of ours is nowhere near a client_id."""
    digest = ports.vault.digest(SECRET_PLACE, asked.client_secret)
    found = session.execute(select_shown_secret(), {"digest": digest}).first()
    if found is None:
        return None
    secret_id, partner_id, client_id = found
    same = hmac.compare_digest(client_id.encode(), asked.client_id.encode())
    return _Shown(partner_id, secret_id) if same else None


def _refused(
    ports: Ports, asked: TokenRequest, source_key: bytes, now: datetime
) -> ClientRefused | TooManyWrongSecrets:
    """Count a wrong try. Those over the limit are not kept, so that they cannot prolong the wait.

    The right secret is taken all the while: a ``client_id`` is no secret, and whoever knows one
    could otherwise keep its partner out.
    """
    client_key = ports.vault.digest("client", asked.client_id)
    with ports.transactions.begin() as session:
        session.execute(hold_client(client_key))
        full = select_nth_refusal_of(client_key, now - CLIENT_WINDOW, PER_CLIENT)
        nth_last = session.scalar(full)
        if nth_last is not None:
            return TooManyWrongSecrets(retry_after=nth_last + CLIENT_WINDOW - now)
        session.add(TokenRefusal(client_key=client_key, source_key=source_key, refused_at=now))
    return ClientRefused()
