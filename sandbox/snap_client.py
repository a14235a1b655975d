"""A bank's side of SNAP BI: asks for a token, then signs what it sends.

The signature's rules are those of Bank Indonesia's national open payment API.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import urllib3

from sandbox.clock import Clock, written
from sandbox.snap_signing import BankCredentials, Signer

Send = Callable[[str, str, Mapping[str, str], bytes], tuple[int, Mapping[str, str], bytes]]
"""Sends ``(method, path, headers, body)``; gives back ``(status, headers, body)``."""

NOTHING: Mapping[str, Any] = {}
_TIMEOUT = urllib3.Timeout(connect=3, read=30)


class NoAnswer(Exception):
    """Nobody answered, or not in JSON. ``status`` is None where nothing came at all."""

    def __init__(self, status: int | None = None) -> None:
        super().__init__(f"no usable answer (status {status})")
        self.status = status


@dataclass(frozen=True)
class SnapAnswer:
    status: int
    body: dict[str, Any]

    @property
    def code(self) -> str:
        return str(self.body.get("responseCode", ""))

    @property
    def data(self) -> dict[str, Any]:
        """``virtualAccountData``, or nothing."""
        data = self.body.get("virtualAccountData")
        return data if isinstance(data, dict) else {}


class SnapClient:
    """Calls one partner's SNAP endpoints.

    ``fields`` and ``headers`` of a call replace what would be sent; ``None`` leaves
    a name out. Fields are signed as they are sent, headers are not.

    :param base_url: up to and including the version: ``http://.../snap/v1.0``.
    :param send: how bytes travel; over HTTP unless a test gives its own.
    """

    def __init__(
        self,
        base_url: str,
        credentials: BankCredentials,
        *,
        send: Send | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self.credentials = credentials
        self._prefix = urlsplit(base_url).path.rstrip("/")
        self._send = send or over_http(base_url)
        self._now = now or Clock().now
        self._signer = Signer(credentials)
        self._lock = threading.Lock()
        self._token: tuple[str, float] | None = None

    def token(self) -> str:
        """The access token: a new one when the last one is about to expire.

        :raises NoAnswer: none was given.
        """
        with self._lock:
            if self._token is None or time.monotonic() > self._token[1]:
                answer = self.ask_token()
                if "accessToken" not in answer.body:
                    raise NoAnswer(answer.status)
                lives = float(answer.body.get("expiresIn", 0))
                self._token = (str(answer.body["accessToken"]), time.monotonic() + lives - 30)
            return self._token[0]

    def forget_token(self) -> None:
        with self._lock:
            self._token = None

    def ask_token(
        self, *, headers: Mapping[str, str | None] = NOTHING, fields: Mapping[str, Any] = NOTHING
    ) -> SnapAnswer:
        """One request for a token, with the answer as it came."""
        timestamp = written(self._now())
        ours = {
            "X-TIMESTAMP": timestamp,
            "X-CLIENT-KEY": self.credentials.client_key,
            "X-SIGNATURE": self._signer.for_token(timestamp),
        }
        body = _encoded(_changed({"grantType": "client_credentials"}, fields))
        return self._post("/access-token/b2b", _changed(ours, headers), body)

    def inquiry(
        self,
        virtual_account_no: str,
        *,
        external_id: str | None = None,
        fields: Mapping[str, Any] = NOTHING,
        headers: Mapping[str, str | None] = NOTHING,
    ) -> SnapAnswer:
        """Ask what is to be paid (service 24)."""
        asked = self._account(virtual_account_no) | {
            "inquiryRequestId": new_id(),
            "channelCode": 6011,
            "trxDateInit": written(self._now()),
        }
        return self.call("/transfer-va/inquiry", _changed(asked, fields), external_id, headers)

    def payment(
        self,
        virtual_account_no: str,
        amount: int | str,
        *,
        external_id: str | None = None,
        payment_request_id: str | None = None,
        trx_date_time: str | None = None,
        reference_no: str | None = None,
        fields: Mapping[str, Any] = NOTHING,
        headers: Mapping[str, str | None] = NOTHING,
    ) -> SnapAnswer:
        """Say that it has been paid (service 25). ``amount`` in Rupiah, or as written on the wire."""
        money = {"value": written_amount(amount), "currency": "IDR"}
        paid = self._account(virtual_account_no) | {
            "paymentRequestId": payment_request_id or new_id(),
            "channelCode": 6011,
            "paidAmount": money,
            "totalAmount": money,
            "trxDateTime": trx_date_time or written(self._now()),
            "referenceNo": reference_no or new_id(),
            "flagAdvise": "N",
        }
        return self.call("/transfer-va/payment", _changed(paid, fields), external_id, headers)

    def status(
        self,
        virtual_account_no: str,
        payment_request_id: str,
        *,
        external_id: str | None = None,
        fields: Mapping[str, Any] = NOTHING,
        headers: Mapping[str, str | None] = NOTHING,
    ) -> SnapAnswer:
        """Ask what became of a payment (service 26)."""
        asked = self._account(virtual_account_no) | {
            "inquiryRequestId": new_id(),
            "paymentRequestId": payment_request_id,
        }
        return self.call("/transfer-va/status", _changed(asked, fields), external_id, headers)

    def call(
        self,
        path: str,
        fields: Mapping[str, Any],
        external_id: str | None = None,
        headers: Mapping[str, str | None] = NOTHING,
    ) -> SnapAnswer:
        """Post anything, signed. ``path`` follows the base URL.

        :raises NoAnswer: nothing came back, or not JSON.
        """
        token, timestamp, body = self.token(), written(self._now()), _encoded(fields)
        ours = {
            "Authorization": f"Bearer {token}",
            "X-TIMESTAMP": timestamp,
            "X-PARTNER-ID": self.credentials.partner_id,
            "X-EXTERNAL-ID": external_id or new_id(),
            "CHANNEL-ID": "95221",
            "X-SIGNATURE": self._signer.for_call(
                f"POST:{self._prefix}{path}", token, fields, timestamp
            ),
        }
        return self._post(path, _changed(ours, headers), body)

    def _account(self, virtual_account_no: str) -> dict[str, Any]:
        """The three ids of an account, padded with spaces to the eight that SNAP wants."""
        service_id = self.credentials.partner_service_id.strip()
        customer_no = virtual_account_no.strip().removeprefix(service_id)
        padded = service_id.rjust(8)
        return {
            "partnerServiceId": padded,
            "customerNo": customer_no,
            "virtualAccountNo": padded + customer_no,
        }

    def _post(self, path: str, headers: Mapping[str, str], body: bytes) -> SnapAnswer:
        sent = {"Content-Type": "application/json", **headers}
        status, _, answer = self._send("POST", self._prefix + path, sent, body)
        try:
            read = json.loads(answer)
        except ValueError:
            raise NoAnswer(status) from None
        if not isinstance(read, dict):
            raise NoAnswer(status)
        return SnapAnswer(status, read)


def over_http(base_url: str) -> Send:
    """Bytes over real HTTP. Safe to share between threads."""
    target = urlsplit(base_url)
    connections = urllib3.PoolManager(maxsize=32, timeout=_TIMEOUT, retries=False)

    def send(
        method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, Mapping[str, str], bytes]:
        url = f"{target.scheme}://{target.netloc}{path}"
        try:
            answer = connections.request(method, url, body=body, headers=headers, redirect=False)
        except urllib3.exceptions.HTTPError as error:
            raise NoAnswer from error
        return answer.status, answer.headers, answer.data

    return send


def new_id() -> str:
    """Digits only, as ``X-EXTERNAL-ID`` wants, and never the same twice."""
    return f"{secrets.randbelow(10**18):018}"


def written_amount(amount: int | str) -> str:
    """Rupiah as SNAP writes them, with two decimals. Text is sent as it is."""
    return amount if isinstance(amount, str) else f"{amount}.00"


def _changed(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    both = {**ours, **theirs}
    return {name: value for name, value in both.items() if value is not None}


def _encoded(fields: Mapping[str, Any]) -> bytes:
    """With white space on purpose: a receiver that forgets to minify is found out."""
    return json.dumps(fields, indent=1, ensure_ascii=False).encode()
