"""How a bank signs what it sends, by the rules of SNAP BI."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Self

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key


@dataclass(frozen=True, kw_only=True)
class BankCredentials:
    """``private_key`` is RSA in PEM; ``partner_service_id`` what its account numbers start with."""

    client_key: str
    partner_id: str
    client_secret: str = field(repr=False)
    private_key: str = field(repr=False)
    partner_service_id: str = "88899"

    @classmethod
    def of(cls, keys: Mapping[str, str]) -> Self:
        return cls(**{name: keys[name] for name in cls.__dataclass_fields__ if name in keys})


class Signer:
    def __init__(self, credentials: BankCredentials) -> None:
        self._client_key = credentials.client_key
        self._secret = credentials.client_secret.encode()
        self._private_key = _rsa(credentials.private_key)

    def for_token(self, timestamp: str) -> str:
        """Base64 of SHA256withRSA over ``clientKey|timestamp``."""
        signed = f"{self._client_key}|{timestamp}".encode()
        signature = self._private_key.sign(signed, padding.PKCS1v15(), hashes.SHA256())
        return b64encode(signature).decode()

    def for_call(self, called: str, token: str, fields: Mapping[str, Any], timestamp: str) -> str:
        """Base64 of HMAC-SHA512. ``called`` is ``METHOD:path``, the path as called."""
        digest = hashlib.sha256(minified(fields)).hexdigest()
        signed = f"{called}:{token}:{digest}:{timestamp}".encode()
        return b64encode(hmac.digest(self._secret, signed, hashlib.sha512)).decode()


def minified(fields: Mapping[str, Any]) -> bytes:
    """JSON without insignificant white space, in the order in which it is sent."""
    return json.dumps(fields, separators=(",", ":"), ensure_ascii=False).encode()


@cache  # checking an RSA key takes 50 ms
def _rsa(pem: str) -> RSAPrivateKey:
    key = load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError("the bank's private key is not an RSA key")
    return key
