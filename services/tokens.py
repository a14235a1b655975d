"""Signed tokens. Every kind has its own ``typ``, audience and secret, and is good for nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

import orjson
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from jwt import PyJWS, PyJWTError

from models.staff import IDLE_FOR

ISSUER = "jaring"
LEEWAY = timedelta(seconds=30)  # phones and servers disagree about the time


class Kind(StrEnum):
    PHONE = "phone"
    WORKER = "worker"
    REFRESH = "refresh"
    SNAP = "snap"
    PARTNER = "partner"
    STAFF = "staff"
    STAFF_REFRESH = "staff-refresh"

    @property
    def typ(self) -> str:
        return f"{self.value}+jwt"

    @property
    def audience(self) -> str:
        return f"{ISSUER}:{self.value}"


LIFETIMES = {
    Kind.PHONE: timedelta(minutes=15),
    Kind.WORKER: timedelta(minutes=15),
    Kind.REFRESH: timedelta(days=90),
    Kind.SNAP: timedelta(seconds=900),
    Kind.PARTNER: timedelta(minutes=15),
    Kind.STAFF: timedelta(minutes=15),
    Kind.STAFF_REFRESH: IDLE_FOR.value,
}


class TokenRefused(Exception):
    """Not one of ours, not of this kind, or no longer good."""


# Signatures are PyJWT's to make and to check. What a token claims is ours: times are judged by our
# own clock, and a header is one of the few that we write, letter for letter, or the token is
# refused unread. So none can name an algorithm or a key.
_JWS = PyJWS(algorithms=["HS256"])
# PyJWT would read over foreign characters, and over the two bits that are left of the last one.
_SPELLED = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]")


@dataclass(frozen=True)
class Tokens:
    """JSON Web Tokens (RFC 7519), signed with HMAC-SHA256.

    :param secrets: by key id; the first one signs, all of them verify.
    """

    secrets: Mapping[str, bytes] = field(repr=False)

    def __post_init__(self) -> None:
        derived = {
            (kind, kid): _derive(kind, secret)
            for kid, secret in self.secrets.items()
            for kind in Kind
        }
        by_header = {
            (kind, _signed(b"", secret, kind, kid).partition(".")[0]): secret
            for (kind, kid), secret in derived.items()
        }
        object.__setattr__(self, "_derived", derived)
        object.__setattr__(self, "_by_header", by_header)
        object.__setattr__(self, "_kid", next(iter(self.secrets)))

    def issue(self, kind: Kind, subject: str, *, at: datetime, **claims: str | int) -> str:
        """The same arguments give the same token, so one can be given again.

        Times are whole seconds: ``at`` is rounded down.
        """
        issued = int(at.timestamp())
        payload = {
            "iss": ISSUER,
            "aud": kind.audience,
            "sub": subject,
            "iat": issued,
            "exp": issued + int(LIFETIMES[kind].total_seconds()),
            **claims,
        }
        kid: str = self._kid  # type: ignore[attr-defined]
        return _signed(orjson.dumps(payload), self._derived[kind, kid], kind, kid)  # type: ignore[attr-defined]

    def read(self, kind: Kind, token: str, *, now: datetime) -> dict[str, Any]:
        """The claims.

        :raises TokenRefused: for whatever reason; callers are not told which.
        """
        if not _SPELLED.fullmatch(token):
            raise TokenRefused
        try:
            secret = self._by_header[kind, token.partition(".")[0]]  # type: ignore[attr-defined]
            claims: dict[str, Any] = orjson.loads(_JWS.decode(token, secret, ["HS256"]))
            expires_at = datetime.fromtimestamp(claims["exp"], UTC)
        except (PyJWTError, KeyError, TypeError, ValueError, OverflowError) as broken:
            raise TokenRefused from broken
        if (claims.get("iss"), claims.get("aud")) != (ISSUER, kind.audience) or "sub" not in claims:
            raise TokenRefused
        if now >= expires_at + LEEWAY:
            raise TokenRefused
        return claims


def _signed(payload: bytes, secret: bytes, kind: Kind, kid: str) -> str:
    return _JWS.encode(payload, secret, "HS256", {"kid": kid, "typ": kind.typ})


def _derive(kind: Kind, secret: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=kind.audience.encode()).derive(secret)
