"""The message gateway in miniature: it takes messages over, and shows the phones."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Conflict, Unauthorized, UnprocessableEntity

from sandbox.clock import Clock
from sandbox.faults import Faults, Garbage, Mode, Service
from sandbox.json_bodies import json_body
from sandbox.outbox import Message, Outbox

CHANNELS = ("whatsapp", "sms")
REFUSED = "999"
"""Numbers that end in this are refused on every channel."""
PAGE = 200
_NUMBER = re.compile(r"\+62[0-9]{8,13}")


@dataclass(frozen=True)
class Gateway:
    outbox: Outbox
    faults: Faults
    token: str
    clock: Clock
    garbage: Garbage = field(
        default_factory=lambda: Garbage(
            (200, "text/html", "<html><body>Bad Gateway</body></html>"),
            (202, "application/json", '{"id": '),
            (202, "application/json", "{}"),
            (202, "application/json", '["accepted"]'),
        )
    )

    def send(self) -> ResponseReturnValue:
        self._let_in()
        message = read_message(self.clock)
        kept, is_new = self.outbox.accept(message)
        if not kept.says_the_same_as(message):
            raise Conflict("this key belongs to another message")
        # The nasty cases: the message is on its way, and the sender never learns.
        self.faults.linger(Service.GATEWAY)
        return self._unless_broken(({"id": kept.id}, 202 if is_new else 200))

    def deliveries(self) -> ResponseReturnValue:
        self._let_in()
        self.faults.linger(Service.GATEWAY)
        return self._unless_broken(self.outbox.deliveries(request.args.get("since"), PAGE))

    def messages(self) -> ResponseReturnValue:
        """What a phone received. Anybody may look, and it works when the rest is broken."""
        received = self.outbox.received(number_in(request.args.get("to")), PAGE)
        return {"items": [message.as_json() for message in received]}

    def _let_in(self) -> None:
        check_token(self.token)
        self.faults.refuse_if_down(Service.GATEWAY)
        self.faults.refuse_if_spent(Service.GATEWAY)

    def _unless_broken(self, answer: ResponseReturnValue) -> ResponseReturnValue:
        broken = self.faults.mode(Service.GATEWAY) is Mode.GARBAGE
        return self.garbage.next() if broken else answer


def routes(gateway: Gateway) -> Blueprint:
    blp = Blueprint("gateway", __name__)
    blp.post("/messages")(gateway.send)
    blp.get("/messages")(gateway.messages)
    blp.get("/deliveries")(gateway.deliveries)
    return blp


def check_token(token: str) -> None:
    """:raises Unauthorized: the caller does not carry it."""
    carried = request.headers.get("Authorization", "").encode()
    if not secrets.compare_digest(carried, f"Bearer {token}".encode()):
        raise Unauthorized("the Bearer token is not the one in the key file")


def read_message(clock: Clock) -> Message:
    """The message in the request.

    :raises UnprocessableEntity: it can never be sent.
    """
    body = json_body()
    to, channel, text = body.get("to"), body.get("channel"), body.get("body")
    if not isinstance(to, str) or not _NUMBER.fullmatch(to) or to.endswith(REFUSED):
        raise UnprocessableEntity("this number cannot receive messages")
    if channel not in CHANNELS or not isinstance(text, str) or not text:
        raise UnprocessableEntity("a message needs a body, and whatsapp or sms as its channel")
    return Message(
        id=f"msg-{secrets.token_hex(8)}",
        key=key_in(body.get("key")),
        to=to,
        channel=channel,
        body=text,
        sent_at=clock.now(),
    )


def key_in(written: object) -> str:
    try:
        return str(UUID(str(written)))
    except ValueError:
        raise UnprocessableEntity("key is not a UUID") from None


def number_in(written: str | None) -> str | None:
    """A number as it stands in a query: a plus sign there often arrives as a space."""
    return None if not written else "+" + re.sub(r"[^0-9]", "", written)
