"""The key file: every secret of an installation, read into typed parts."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any, Self

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from services.environ import Environment

KEY_BYTES = 32
_KID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_NOT_EMPTY = re.compile(r".+", re.DOTALL)
# What stands before a customer's number in SNAP, without its padding.
_SERVICE_ID = re.compile(r"[0-9]{1,8}")
_BANK_SECRET = re.compile(r".{16,}", re.DOTALL)
SMALLEST_RSA_BITS = 2048


class BadKeys(Exception):
    """What is wrong with a key file: one sentence a fault, never a value."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class DataKey:
    """Encrypts columns. ``key`` is 32 bytes (AES-256)."""

    kid: str
    key: bytes = field(repr=False)


@dataclass(frozen=True)
class TokenKey:
    """Signs tokens (HS256). ``secret`` is at least 32 bytes."""

    kid: str
    secret: bytes = field(repr=False)


@dataclass(frozen=True)
class CardKey:
    """Signs proofs of cover (EdDSA)."""

    kid: str
    private_key: Ed25519PrivateKey = field(repr=False)


@dataclass(frozen=True)
class DukcapilAccount:
    """What the ministry gave our institution. ``ip_user`` is the address it knows us by."""

    user_id: str
    password: str = field(repr=False)
    institution: str
    ip_user: str = "127.0.0.1"


@dataclass(frozen=True)
class GatewayAccount:
    token: str = field(repr=False)


@dataclass(frozen=True)
class BankAccount:
    """A bank that calls our SNAP endpoints."""

    client_key: str
    partner_id: str
    partner_service_id: str
    """The digits that our virtual account numbers begin with at this bank."""
    client_secret: str = field(repr=False)
    public_key: RSAPublicKey = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Keys:
    """Of ``data``, ``tokens`` and ``card`` the first is used for what is new;
    the others are kept for what is already written."""

    environment: Environment
    data: tuple[DataKey, ...]
    search: bytes = field(repr=False)
    otp: bytes = field(repr=False)
    audit: bytes = field(repr=False)
    """Chains the events of the audit. Nobody who can write to the database may have it."""
    tokens: tuple[TokenKey, ...]
    dukcapil: DukcapilAccount
    gateway: GatewayAccount
    banks: tuple[BankAccount, ...]
    card: tuple[CardKey, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a key file.

        :raises BadKeys: it cannot be used; every fault at once.
        """
        try:
            document = json.loads(text)
        except (ValueError, RecursionError):
            document = None
        if not isinstance(document, dict):
            raise BadKeys(["it is not a JSON object"])
        faults: list[str] = []
        keys = cls._of(_Part(document, "", faults))
        if faults:
            raise BadKeys(faults)
        return keys

    @classmethod
    def _of(cls, part: _Part) -> Self:
        return cls(
            environment=part.environment(),
            data=tuple(DataKey(p.kid(), p.secret("key", exact=True)) for p in part.list("data")),
            search=part.secret("search"),
            otp=part.secret("otp"),
            audit=part.secret("audit"),
            tokens=tuple(TokenKey(p.kid(), p.secret("secret")) for p in part.list("tokens")),
            dukcapil=_dukcapil(part.part("dukcapil")),
            gateway=GatewayAccount(part.part("gateway").text("token")),
            banks=_banks(part),
            card=tuple(CardKey(p.kid(), p.ed25519("private_key")) for p in part.list("card")),
        )


def _dukcapil(part: _Part) -> DukcapilAccount:
    return DukcapilAccount(
        part.text("user_id"),
        part.text("password"),
        part.text("institution"),
        part.text("ip_user"),
    )


def _banks(part: _Part) -> tuple[BankAccount, ...]:
    banks = tuple(_bank(p) for p in part.list("banks", key="client_key"))
    ids = [bank.partner_service_id for bank in banks]
    if any(a.startswith(b) for a, b in permutations(ids, 2)):
        # One bank could be asked to pay another's bill.
        part.fault("banks", "has a partner_service_id that begins with another's")
    return banks


def _bank(part: _Part) -> BankAccount:
    return BankAccount(
        part.text("client_key"),
        part.text("partner_id"),
        part.text("partner_service_id", _SERVICE_ID, "is not 1 to 8 digits"),
        part.text("client_secret", _BANK_SECRET, "is shorter than 16 characters"),
        part.rsa("public_key"),
    )


class _Part:
    """One object of the file and where it stands. Faults are collected; what is
    returned beside a fault is never used, because ``parse`` raises."""

    def __init__(self, document: object, path: str, faults: list[str]) -> None:
        self.document: dict[str, Any] = document if isinstance(document, dict) else {}
        self.path = path
        self.faults = faults

    def fault(self, name: str, what: str) -> None:
        self.faults.append(f"{self.path}{name} {what}")

    def part(self, name: str) -> _Part:
        return _Part(self.document.get(name), f"{self.path}{name}.", self.faults)

    def list(self, name: str, *, key: str = "kid") -> list[_Part]:
        """The objects under a name: at least one, and no ``key`` twice."""
        found = self.document.get(name)
        if not isinstance(found, list) or not found:
            self.fault(name, "is not a list with at least one object")
            return []
        parts = [
            _Part(each, f"{self.path}{name}[{n}].", self.faults) for n, each in enumerate(found)
        ]
        names = Counter(str(part.document.get(key)) for part in parts)
        if max(names.values()) > 1:
            self.fault(name, f"has the same {key} twice")
        return parts

    def kid(self) -> str:
        """A key's id. It stands in what the key sealed or signed, so it is short and plain."""
        kid = self.text("kid")
        if kid and not _KID.fullmatch(kid):
            self.fault("kid", "is not 1 to 64 letters, digits, dots, dashes or underscores")
        return kid

    def text(
        self, name: str, form: re.Pattern[str] = _NOT_EMPTY, otherwise: str = "is missing or empty"
    ) -> str:
        """:param form: what all of it matches. :param otherwise: what to say if it does not."""
        value = self.document.get(name)
        if not isinstance(value, str) or not form.fullmatch(value):
            self.fault(name, otherwise if value else "is missing or empty")
            return ""
        return value

    def environment(self) -> Environment:
        try:
            return Environment(str(self.document.get("environment")))
        except ValueError:
            self.fault("environment", "is neither production nor development")
            return Environment.DEVELOPMENT

    def secret(self, name: str, *, exact: bool = False) -> bytes:
        """At least 32 bytes in base64; ``exact``: neither more."""
        try:
            value = base64.b64decode(self.text(name), validate=True)
        except (binascii.Error, ValueError):
            value = b""
        if len(value) < KEY_BYTES or (exact and len(value) > KEY_BYTES):
            self.fault(name, f"is not base64 of {'' if exact else 'at least '}{KEY_BYTES} bytes")
        return value

    def ed25519(self, name: str) -> Ed25519PrivateKey:
        try:
            key: object = serialization.load_pem_private_key(self.text(name).encode(), None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            key = None
        if not isinstance(key, Ed25519PrivateKey):
            self.fault(name, "is not a private Ed25519 key (PEM)")
        return key  # type: ignore[return-value]

    def rsa(self, name: str) -> RSAPublicKey:
        try:
            key: object = serialization.load_pem_public_key(self.text(name).encode())
        except (ValueError, TypeError, UnsupportedAlgorithm):
            key = None
        if not isinstance(key, RSAPublicKey) or key.key_size < SMALLEST_RSA_BITS:
            self.fault(name, f"is not a public RSA key (PEM) of at least {SMALLEST_RSA_BITS} bits")
        return key  # type: ignore[return-value]
