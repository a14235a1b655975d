"""Signs cards of cover, so that whoever has our published keys can check them without asking us.

A card is a JSON Web Token (RFC 7519) in the compact form, signed with Ed25519 (RFC 8037).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

import orjson
from jwt import PyJWS
from jwt.algorithms import OKPAlgorithm

from services.keys import CardKey
from services.tokens import ISSUER

TYPE = "card+jwt"
AUDIENCE = f"{ISSUER}:card"
# RFC 9864 would rather have it called Ed25519, which hardly any library knows yet.
ALGORITHM = "EdDSA"
_JWS = PyJWS(algorithms=[ALGORITHM])


@dataclass(frozen=True)
class CardSigner:
    """:param keys: the first one signs; all of them are published, so that what the others have
    signed stays good."""

    keys: tuple[CardKey, ...] = field(repr=False)

    def sign(
        self, subject: str, *, issued_at: datetime, expires_at: datetime, **claims: object
    ) -> str:
        """A card with these claims, without those that are ``None``.

        Times are whole seconds, rounded down.
        """
        payload = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": subject,
            **{name: value for name, value in claims.items() if value is not None},
            "iat": int(issued_at.timestamp()),
            "exp": int(expires_at.timestamp()),
        }
        key = self.keys[0]
        headers = {"typ": TYPE, "kid": key.kid}
        return _JWS.encode(orjson.dumps(payload), key.private_key, ALGORITHM, headers)

    @cached_property
    def published_keys(self) -> list[dict[str, Any]]:
        """The public halves, as JSON Web Keys (RFC 7517)."""
        return [
            OKPAlgorithm.to_jwk(key.private_key.public_key(), as_dict=True)
            | {"kid": key.kid, "alg": ALGORITHM, "use": "sig"}
            for key in self.keys
        ]
