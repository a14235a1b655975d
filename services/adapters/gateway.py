"""The message gateway: WhatsApp and SMS.

``POST /messages`` takes ``{key, to, channel, body}`` and answers 202 with the
gateway's ``id``, or 200 with the same one when the key has been seen before, or 409
when it came with other words then.
``GET /deliveries?since=`` is a feed: ``{items: [{key, state}], position}``.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, TypeGuard
from uuid import UUID

from models.values.channel import Channel, DeliveryState
from models.values.phone import PhoneNumber
from services.adapters.http import JsonClient
from services.outages import GatewayDown, MessageRefused, MessageTakenAlready
from services.ports import Delivery, DeliveryReports

log = logging.getLogger(__name__)

_STATES = {
    "sent": DeliveryState.SENT,
    "delivered": DeliveryState.DELIVERED,
    "failed": DeliveryState.FAILED,
}


@dataclass(frozen=True)
class HttpGateway:
    """:param client: carries the token (:func:`authorised_by`) and raises GatewayDown."""

    client: JsonClient

    def send(self, recipient: PhoneNumber, text: str, *, channel: Channel, key: UUID) -> None:
        message = {
            "key": str(key),
            "to": recipient.e164,
            "channel": channel.value,
            "body": text,
        }
        try:
            answer = self.client.post(
                "/messages", message, refusals={409: MessageTakenAlready, 422: MessageRefused}
            )
        except MessageTakenAlready:
            return
        if not _is_word(answer.get("id")):
            raise GatewayDown

    def deliveries(self, *, since: str | None) -> DeliveryReports:
        answer = self.client.get("/deliveries", {} if since is None else {"since": since})
        items, position = answer.get("items"), answer.get("position")
        if not isinstance(items, list) or not _is_word(position):
            raise GatewayDown
        read = [_delivery_in(item) for item in items]
        known = tuple(delivery for delivery in read if delivery is not None)
        # One report that we cannot read must not stop all those behind it.
        if len(known) < len(items):
            log.warning("%s delivery reports could not be read", len(items) - len(known))
        return DeliveryReports(deliveries=known, position=position)


def authorised_by(token: str) -> dict[str, str]:
    """The headers that show the gateway who we are."""
    return {"Authorization": f"Bearer {token}"}


def _delivery_in(item: Any) -> Delivery | None:
    if not isinstance(item, dict):
        return None
    key, state = item.get("key"), item.get("state")
    if not isinstance(key, str) or not isinstance(state, str) or state not in _STATES:
        return None
    try:
        return Delivery(key=UUID(key), state=_STATES[state])
    except ValueError:
        return None


def _is_word(value: object) -> TypeGuard[str]:
    """Text that can be kept and sent back: no NUL, no lone surrogate, not endless."""
    return isinstance(value, str) and 0 < len(value) <= 200 and value.isprintable()
