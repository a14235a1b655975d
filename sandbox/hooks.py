"""A partner's server in miniature: keeps the events that it is sent, and says whether they are ours."""

from __future__ import annotations

import hmac
import json
import threading
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from standardwebhooks.webhooks import EmptyWebhookSecretError, Webhook
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnprocessableEntity

from sandbox.clock import Clock
from sandbox.json_bodies import json_body, text_in

NAMES, KEPT = 100, 200
"""How many receivers are remembered, and how many events of each."""
LARGEST = 64 * 1024  # bytes
_HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")


@dataclass(frozen=True)
class Received:
    received_at: datetime
    headers: dict[str, str]
    body: str

    def as_json(self, secret: str | None) -> dict[str, Any]:
        return {
            "received_at": self.received_at.astimezone(UTC).isoformat(timespec="milliseconds"),
            "verified": None if secret is None else self._is_signed_by(secret),
            **{name.replace("-", "_"): self.headers[name] for name in _HEADERS},
            "event": _read(self.body),
        }

    def _is_signed_by(self, secret: str) -> bool:
        """Without a look at the clock: that of Jaring may stand elsewhere (``JARING_NOW``)."""
        event_id, timestamp, signatures = (self.headers[name] for name in _HEADERS)
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 12):
            return False
        at = datetime.fromtimestamp(int(timestamp), UTC)
        expected = Webhook(secret).sign(event_id, at, self.body).encode()
        given = signatures.encode().split()
        return any(hmac.compare_digest(expected, each) for each in given)


@dataclass
class Receiver:
    """:param answer: the status that everything is answered with."""

    secret: str | None = None
    answer: int = 204
    received: deque[Received] = field(default_factory=lambda: deque(maxlen=KEPT))


@dataclass
class Receivers:
    """By name, each made when it is first named."""

    clock: Clock
    _by_name: OrderedDict[str, Receiver] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def receive(self, name: str) -> ResponseReturnValue:
        if (request.content_length or 0) > LARGEST:
            raise RequestEntityTooLarge("an event is much smaller")
        receiver = self._of(name)
        headers = {each: request.headers.get(each, "") for each in _HEADERS}
        data = request.get_data()
        if len(data) < (request.content_length or 0):
            # Whoever sent it has died meanwhile, and sends it again.
            raise BadRequest("the event was cut short")
        body = data.decode(errors="replace")
        receiver.received.append(Received(self.clock.now(), headers, body))
        return "", receiver.answer

    def show(self, name: str) -> ResponseReturnValue:
        receiver = self._of(name)
        newest_first = reversed(list(receiver.received))
        return {"items": [each.as_json(receiver.secret) for each in newest_first]}

    def set_up(self, name: str) -> ResponseReturnValue:
        body, receiver = json_body(), self._of(name)
        secret = text_in(body, "secret") or receiver.secret
        answer = body.get("answer", receiver.answer)
        if not isinstance(answer, int) or not 200 <= answer <= 599:
            raise UnprocessableEntity("answer is not a status from 200 to 599")
        if secret is not None and not _is_secret(secret):
            raise UnprocessableEntity("secret is not one: whsec_ and Base64")
        receiver.secret, receiver.answer = secret, answer
        return {"checks": secret is not None, "answer": answer}

    def _of(self, name: str) -> Receiver:
        with self._lock:
            receiver = self._by_name.setdefault(name, Receiver())
            self._by_name.move_to_end(name)
            if len(self._by_name) > NAMES:
                self._by_name.popitem(last=False)
            return receiver


def routes(receivers: Receivers) -> Blueprint:
    blp = Blueprint("hooks", __name__)
    blp.post("/hooks/<name>")(receivers.receive)
    blp.get("/hooks/<name>")(receivers.show)
    blp.put("/hooks/<name>")(receivers.set_up)
    return blp


def _is_secret(secret: str) -> bool:
    try:
        return secret.startswith("whsec_") and bool(Webhook(secret))
    except (ValueError, EmptyWebhookSecretError):
        return False


def _read(body: str) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return body
