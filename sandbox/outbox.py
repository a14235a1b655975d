"""Messages that the gateway took over, the phones they reached, and what became of them."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

KEPT = 50_000
"""How many messages and reports are remembered; load tests send very many."""


@dataclass(frozen=True)
class Message:
    id: str
    key: str
    to: str
    channel: str
    body: str
    sent_at: datetime

    def as_json(self) -> dict[str, Any]:
        sent_at = self.sent_at.astimezone(UTC).isoformat(timespec="milliseconds")
        return {
            "id": self.id,
            "to": self.to,
            "channel": self.channel,
            "body": self.body,
            "sent_at": sent_at.replace("+00:00", "Z"),
        }

    def says_the_same_as(self, other: Message) -> bool:
        return (self.to, self.channel, self.body) == (other.to, other.channel, other.body)


class Outbox:
    """In memory: a restart forgets. Its positions then start with another ``epoch``."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._epoch = secrets.token_hex(4)
        self._by_key: OrderedDict[str, Message] = OrderedDict()
        self._phones: dict[str, deque[Message]] = {}
        self._reports: deque[tuple[str, str]] = deque(maxlen=kept)
        self._reported = 0
        self._lock = threading.Lock()

    def accept(self, message: Message) -> tuple[Message, bool]:
        """Take a message over, unless its key has been seen before.

        :returns: the message that has the key, and whether it is this one.
        """
        with self._lock:
            if known := self._by_key.get(message.key):
                return known, False
            self._by_key[message.key] = message
            self._deliver(message)
            self._forget_the_oldest()
            return message, True

    def _deliver(self, message: Message) -> None:
        if reaches(message):
            self._phones.setdefault(message.to, deque()).append(message)
            self._report(message.key, "sent", "delivered")
        else:
            self._report(message.key, "failed")

    def _forget_the_oldest(self) -> None:
        if len(self._by_key) <= self._kept:
            return
        _, oldest = self._by_key.popitem(last=False)
        phone = self._phones.get(oldest.to)
        if phone and phone[0] is oldest:
            phone.popleft()
        if not phone:
            self._phones.pop(oldest.to, None)

    def _report(self, key: str, *states: str) -> None:
        self._reports.extend((key, state) for state in states)
        self._reported += len(states)

    def received(self, to: str | None, limit: int) -> list[Message]:
        """What a phone shows, or all phones; newest first."""
        with self._lock:
            if to is not None:
                return list(islice(reversed(self._phones.get(to, ())), limit))
            newest_first = reversed(self._by_key.values())
            return list(islice(filter(reaches, newest_first), limit))

    def deliveries(self, since: str | None, limit: int) -> dict[str, Any]:
        """What became of messages from a position on, and the position after that."""
        with self._lock:
            forgotten = self._reported - len(self._reports)
            start = max(self._position_in(since), forgotten)
            first = start - forgotten
            items = list(islice(self._reports, first, first + limit))
        return {
            "items": [{"key": key, "state": state} for key, state in items],
            "position": f"{self._epoch}:{start + len(items)}",
        }

    def _position_in(self, since: str | None) -> int:
        """A position from before a restart means nothing any more: start again."""
        epoch, _, number = (since or "").partition(":")
        known = epoch == self._epoch and number.isascii() and number.isdigit()
        return min(int(number), self._reported) if known else 0


def reaches(message: Message) -> bool:
    """Numbers that end in 000 have no WhatsApp, so that one sees SMS step in."""
    return not (message.channel == "whatsapp" and message.to.endswith("000"))
