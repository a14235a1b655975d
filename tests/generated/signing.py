"""Signs what is generated, as the bank would: so that it is read and not only refused."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from datetime import UTC, datetime
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase

from sandbox.clock import written
from sandbox.snap_client import SnapClient
from sandbox.snap_signing import BankCredentials, Signer
from services.bank.signatures import minified


class SignedByBank(AuthBase):
    """Fills in the headers of SNAP that a request has; what it leaves out stays out."""

    def __init__(self, base_url: str, credentials: BankCredentials) -> None:
        self._credentials = credentials
        self._signer = Signer(credentials)
        self._client = SnapClient(base_url, credentials)

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        path = urlsplit(request.url or "").path
        timestamp = written(datetime.now(UTC))
        right = {"X-TIMESTAMP": timestamp} | (
            self._for_token(timestamp)
            if path.endswith("/access-token/b2b")
            else self._for_call(request, path, timestamp)
        )
        for name, value in right.items():
            if name in request.headers:
                request.headers[name] = value
        return request

    def ids_of(self, virtual_account_no: str) -> dict[str, str]:
        """As every call names a bill."""
        service_id = self._credentials.partner_service_id.strip()
        padded, customer_no = service_id.rjust(8), virtual_account_no.removeprefix(service_id)
        return {
            "partnerServiceId": padded,
            "customerNo": customer_no,
            "virtualAccountNo": padded + customer_no,
        }

    def _for_token(self, timestamp: str) -> dict[str, str]:
        return {
            "X-CLIENT-KEY": self._credentials.client_key,
            "X-SIGNATURE": self._signer.for_token(timestamp),
        }

    def _for_call(
        self, request: requests.PreparedRequest, path: str, timestamp: str
    ) -> dict[str, str]:
        token = self._client.token()
        # Of the bytes as they are: not everything that is generated can be read and minified.
        body = request.body or b""
        digest = hashlib.sha256(minified(body if isinstance(body, bytes) else body.encode()))
        signed = f"{request.method}:{path}:{token}:{digest.hexdigest()}:{timestamp}"
        secret = self._credentials.client_secret.encode()
        return {
            "Authorization": f"Bearer {token}",
            "X-PARTNER-ID": self._credentials.partner_id,
            "X-SIGNATURE": b64encode(hmac.digest(secret, signed.encode(), "sha512")).decode(),
        }
