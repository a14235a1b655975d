"""What a bank sees of Jaring: checks every signature by its own reading of the rules."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import threading
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from sandbox.snap_client import NoAnswer
from sandbox.snap_signing import BankCredentials

PRIVATE_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CREDENTIALS = BankCredentials(
    client_key="a-bank",
    partner_id="BANK",
    client_secret="a client secret",
    private_key=PRIVATE_KEY.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    ).decode(),
    partner_service_id="88899",
)
SNAP = "/snap/v1.0"
# White space outside of strings.
INSIGNIFICANT = re.compile(rb'("(?:[^"\\]|\\.)*")|\s+')


class Partner:
    """Owes 33,600 under every account number, and remembers what was asked of it.

    ``answers`` replaces the answers of a path: ``(status, body)``, or None for silence.
    """

    def __init__(self) -> None:
        self.calls: list[tuple[str, Mapping[str, str], dict[str, Any]]] = []
        self.answers: dict[str, tuple[int, Any] | None] = {}
        self.token = "token-1"
        self._lock = threading.Lock()

    def send(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, Mapping[str, str], bytes]:
        called = path.removeprefix(SNAP)
        with self._lock:
            self.calls.append((called, headers, json.loads(body)))
        status, answer = self._answer(method, path, headers, body)
        written = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        return status, {"Content-Type": "application/json"}, written

    def called(self, path: str) -> list[dict[str, Any]]:
        """The bodies sent to a path."""
        return [body for called, _, body in self.calls if called == path]

    def headers_of(self, path: str) -> list[Mapping[str, str]]:
        return [headers for called, headers, _ in self.calls if called == path]

    def _answer(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, Any]:
        called = path.removeprefix(SNAP)
        if called in self.answers:
            if self.answers[called] is None:
                raise NoAnswer
            return self.answers[called]
        if called == "/access-token/b2b":
            return self._give_token(headers)
        if headers["Authorization"] != f"Bearer {self.token}":
            return 401, {"responseCode": "4012501"}
        if not self._is_signed(method, path, headers, body):
            return 401, {"responseCode": "4012400"}
        return 200, self._settle(called, json.loads(body))

    def _give_token(self, headers: Mapping[str, str]) -> tuple[int, Any]:
        PRIVATE_KEY.public_key().verify(
            base64.b64decode(headers["X-SIGNATURE"]),
            f"{headers['X-CLIENT-KEY']}|{headers['X-TIMESTAMP']}".encode(),
            padding.PKCS1v15(),
            hashes.SHA256(),
        )
        return 200, {
            "responseCode": "2007300",
            "accessToken": self.token,
            "tokenType": "Bearer",
            "expiresIn": "900",
        }

    def _is_signed(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> bool:
        minified = INSIGNIFICANT.sub(lambda found: found[1] or b"", body)
        digest = hashlib.sha256(minified).hexdigest()
        text = f"{method}:{path}:{self.token}:{digest}:{headers['X-TIMESTAMP']}"
        secret = CREDENTIALS.client_secret.encode()
        signature = hmac.new(secret, text.encode(), hashlib.sha512).digest()
        return headers["X-SIGNATURE"] == base64.b64encode(signature).decode()

    def _settle(self, called: str, body: dict[str, Any]) -> dict[str, Any]:
        ids = {key: body[key] for key in ("partnerServiceId", "customerNo", "virtualAccountNo")}
        if called == "/transfer-va/inquiry":
            due = {"totalAmount": {"value": "33600.00", "currency": "IDR"}, "inquiryStatus": "00"}
            return {"responseCode": "2002400", "virtualAccountData": ids | due}
        paid = {"paymentFlagStatus": "00", "paidAmount": body["paidAmount"]}
        return {"responseCode": "2002500", "virtualAccountData": ids | paid}
