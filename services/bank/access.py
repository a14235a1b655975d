"""Who is calling: banks get a token with one signature, and sign every call with another."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.bank.refusals import NotSigned, TokenNotGood
from services.bank.signatures import signed_for_call, signed_for_token
from services.keys import BankAccount
from services.ports import Ports
from services.tokens import LIFETIMES, Kind, TokenRefused

MOST_SKEW = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class TokenRequest:
    """:param timestamp: as it was written, which is what is signed.
    :param sent_at: what it means.
    """

    client_key: str
    timestamp: str
    sent_at: datetime
    signature: str


@dataclass(frozen=True)
class AccessToken:
    access_token: str = field(repr=False)
    expires_in: int
    """Seconds."""


@dataclass(frozen=True, kw_only=True)
class SignedCall:
    """:param called: ``METHOD:path``, the path as called.
    :param body: as it came.
    """

    called: str
    access_token: str = field(repr=False)
    partner_id: str
    timestamp: str
    sent_at: datetime
    body: bytes = field(repr=False)
    signature: str


def grant(ports: Ports, request: TokenRequest) -> AccessToken:
    """A token for a bank that shows it holds its private key.

    :raises NotSigned: it does not show that.
    """
    now = ports.clock.now()
    bank = ports.banks.find(request.client_key)
    if bank is None or _too_far(request.sent_at, now):
        raise NotSigned
    if not signed_for_token(bank.public_key, bank.client_key, request.timestamp, request.signature):
        raise NotSigned
    token = ports.tokens.issue(Kind.SNAP, bank.client_key, at=now, partner=bank.partner_id)
    return AccessToken(token, int(LIFETIMES[Kind.SNAP].total_seconds()))


def bank_of(ports: Ports, access_token: str) -> BankAccount:
    """The bank that a token was given to.

    :raises TokenNotGood: the token is not, or no longer, good.
    """
    try:
        claims = ports.tokens.read(Kind.SNAP, access_token, now=ports.clock.now())
    except TokenRefused:
        raise TokenNotGood from None
    bank = ports.banks.find(claims["sub"])
    if bank is None or claims.get("partner") != bank.partner_id:
        raise TokenNotGood
    return bank


def authenticate(ports: Ports, bank: BankAccount, call: SignedCall) -> None:
    """That the bank whose token is shown makes this call.

    :raises TokenNotGood: the token was not given for this partner.
    :raises NotSigned: wrong signature, or a time too far from ours.
    """
    if bank.partner_id != call.partner_id:
        raise TokenNotGood
    if _too_far(call.sent_at, ports.clock.now()):
        raise NotSigned
    if not signed_for_call(
        bank.client_secret,
        called=call.called,
        token=call.access_token,
        body=call.body,
        timestamp=call.timestamp,
        signature=call.signature,
    ):
        raise NotSigned


def _too_far(sent_at: datetime, now: datetime) -> bool:
    return abs(now - sent_at) > MOST_SKEW
