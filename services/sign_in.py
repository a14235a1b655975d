"""Signing in with a phone and a NIK, staying signed in, and signing out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from models.phone_verification import select_verification_to_spend
from models.sign_in import (
    SignIn,
    end_all_sign_ins,
    end_sign_in,
    insert_sign_in,
    select_live,
    select_sign_in_to_rotate,
)
from models.values.ids import new_id
from models.values.nik import Nik
from models.worker import select_claim_from
from services.callers import SessionShown, SignedIn, VerifiedPhone
from services.errors import SessionEnded, SignInRefused, SignInRequired
from services.links.claiming import claim
from services.once import Once
from services.ports import Ports
from services.prepared import Prepared
from services.tokens import LIFETIMES, Kind, TokenRefused, Tokens

_LIVE = Prepared(select_live())


@dataclass(frozen=True)
class TokenPair:
    access_token: str
    refresh_token: str
    expires_in: int
    """Seconds for which the access token is good."""


class Family(Protocol):
    """What of a session goes into its tokens."""

    @property
    def id(self) -> UUID: ...

    @property
    def worker_id(self) -> UUID: ...

    @property
    def generation(self) -> int: ...

    @property
    def rotated_at(self) -> datetime: ...


@dataclass(frozen=True)
class NewFamily:
    """A session that is about to be written."""

    worker_id: UUID
    rotated_at: datetime
    generation: int = 0
    id: UUID = field(default_factory=new_id)


def sign_in(ports: Ports, phone: VerifiedPhone, nik: Nik, once: Once[TokenPair]) -> TokenPair:
    """Open a session for the worker who registered this NIK from this phone, or whom a partner
    enrolled so: from now on the record is theirs.

    :raises SignInRefused: whatever the cause; a wrong NIK is counted.
    """
    now = ports.clock.now()
    nik_key = ports.vault.search_key_of(nik)
    with ports.transactions.begin() as session:
        once.claim(ports, session)
        # In the order in which erasing holds them.
        worker = session.scalar(select_claim_from(nik_key, phone.phone_key))
        verification = session.scalar(select_verification_to_spend(phone.verification_id))
        if verification is None:
            raise SignInRefused
        if worker is not None:
            verification.spent_at = now
            worker.language = verification.language
            if worker.claimed_at is None:
                claim(ports, session, worker, now)
            return once.remember(ports, session, open_session(ports, session, worker.id, now))
        verification.wrong_niks += 1
    # Outside: what was counted stays counted.
    raise SignInRefused


def open_session(ports: Ports, session: Session, worker_id: UUID, now: datetime) -> TokenPair:
    """A new family of tokens, written in the caller's transaction."""
    family = SignIn(id=new_id(), worker_id=worker_id, started_at=now, generation=0, rotated_at=now)
    session.execute(insert_sign_in(family))
    return pair(ports.tokens, family, now)


def refresh(ports: Ports, refresh_token: str) -> TokenPair:
    """Exchange a refresh token for a new pair.

    A token that is shown twice is either a lost answer or a theft: within a minute, and as long as
    its successor is unused, it gets the same pair again; after that the whole family ends.

    :raises SessionEnded: the token is not, or no longer, good.
    """
    now = ports.clock.now()
    try:
        claims = ports.tokens.read(Kind.REFRESH, refresh_token, now=now)
    except TokenRefused:
        raise SessionEnded from None
    with ports.transactions.begin() as session:
        family = session.scalar(select_sign_in_to_rotate(UUID(claims["sid"])))
        if family is None:
            raise SessionEnded
        if claims["gen"] == family.generation:
            family.generation += 1
            family.rotated_at = now
            return pair(ports.tokens, family, now)
        if family.gives_again(claims["gen"], now):
            return pair(ports.tokens, family, now)
        family.ended_at = now
    raise SessionEnded


def session_shown(claims: Mapping[str, Any]) -> SessionShown:
    """Whose session an access token is of, for those who ask themselves whether it was ended.

    :param claims: of a token of kind ``WORKER`` that has been read.
    """
    return SessionShown(UUID(claims["sub"]), UUID(claims["sid"]))


def caller(ports: Ports, claims: Mapping[str, Any]) -> SignedIn:
    """Who shows an access token.

    :param claims: as for ``session_shown``.
    :raises SignInRequired: its session was ended.
    """
    shown = vars(session_shown(claims))
    if ports.transactions.first(_LIVE, shown) is None:
        raise SignInRequired
    return SignedIn(**shown)


def sign_out(ports: Ports, caller: SignedIn) -> None:
    with ports.transactions.begin() as session:
        session.execute(end_sign_in(caller.sign_in_id, ports.clock.now()))


def sign_out_everywhere(ports: Ports, caller: SignedIn) -> None:
    with ports.transactions.begin() as session:
        session.execute(end_all_sign_ins(caller.worker_id, ports.clock.now()))


def pair(tokens: Tokens, family: Family, now: datetime) -> TokenPair:
    """The newest tokens of a family."""
    subject, sid = str(family.worker_id), str(family.id)
    at, generation = family.rotated_at, family.generation
    return TokenPair(
        access_token=tokens.issue(Kind.WORKER, subject, at=at, sid=sid, gen=generation),
        refresh_token=tokens.issue(Kind.REFRESH, subject, at=at, sid=sid, gen=generation),
        # A pair that is given again is as old as when it was made.
        expires_in=int((at + LIFETIMES[Kind.WORKER] - now).total_seconds()),
    )
