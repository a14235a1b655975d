"""How events hang together: each digest is over an event and the digest before it, under a key that
whoever has the database does not have."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self
from uuid import UUID

from models.audit_chain import FORM

_HEAD = re.compile(r"([0-9]{1,18}):([0-9a-f]{64})")

Form = Sequence[str | None]
"""The columns of an event as text, in the order of ``FORM``."""


class NotAHead(ValueError):
    """The text is not the head of a chain."""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain at some time: the position and digest of its last link."""

    position: int
    digest: bytes

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read it as it is written.

        :raises NotAHead: it is not.
        """
        found = _HEAD.fullmatch(text.strip())
        if found is None:
            raise NotAHead("a head is a position, a colon, and a digest of 64 hexadecimal digits")
        return cls(int(found[1]), bytes.fromhex(found[2]))

    def __str__(self) -> str:
        return f"{self.position}:{self.digest.hex()}"


START = Head(0, bytes(32))
"""Of a chain that has no link yet."""


@dataclass(frozen=True, slots=True)
class Link:
    """:param form: of the event; None: it is not there."""

    position: int
    event_id: UUID
    digest: bytes
    form: Form | None


@dataclass(frozen=True)
class Chain:
    """:param key: at least 32 bytes."""

    key: bytes = field(repr=False)

    def digest(self, before: bytes, form: Form) -> bytes:
        """HMAC-SHA256 over the digest before, of 32 bytes, and the event."""
        return hmac.digest(self.key, before + canonical(form), hashlib.sha256)

    def after(self, head: Head, form: Form) -> Head:
        return Head(head.position + 1, self.digest(head.digest, form))


def canonical(form: Form) -> bytes:
    """Name and value of every column that has one, each behind its length in four bytes: no two
    events come to the same. A column that is added later changes none that is sealed already, as
    long as it is null there."""
    told = ((name, value) for name, value in zip(FORM, form, strict=True) if value is not None)
    return b"".join(_measured(part) for pair in told for part in pair)


def _measured(text: str) -> bytes:
    data = text.encode()
    return len(data).to_bytes(4) + data
