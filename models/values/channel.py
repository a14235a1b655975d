"""How a message reaches a worker, and what became of it."""

from enum import StrEnum


class Channel(StrEnum):
    WHATSAPP = "whatsapp"
    SMS = "sms"


class DeliveryState(StrEnum):
    """``QUEUED`` until the gateway has taken the message over."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
