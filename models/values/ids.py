"""Keys of rows: UUIDs of version 7 (RFC 9562, section 5.7).

They begin with the time, so that new rows stand together at the end of an index, and end in
74 random bits, so that nobody can guess one from another.
"""

import hashlib
import secrets
import time
from datetime import date
from uuid import UUID

from models.values.jakarta import start_of_day

_VERSION_7 = 0x7 << 76
_VERSION_8 = 0x8 << 76
_VARIANT = 0b10 << 62
_MILLISECONDS = (1 << 48) - 1
_NOISE_BYTES = 10
_NOISE = 0xFFF << 64 | (1 << 62) - 1


def new_id() -> UUID:
    """48 bits of Unix milliseconds, version, 12 random bits, variant, 62 random bits.

    Two made within one millisecond stand in no order. The time comes from the machine and
    serves the index only: no rule may read it, so the clock of the business is not asked.
    """
    stamp = (time.time_ns() // 1_000_000 & _MILLISECONDS) << 80
    noise = secrets.randbits(74)
    return UUID(int=stamp | _VERSION_7 | (noise >> 62) << 64 | _VARIANT | noise & (1 << 62) - 1)


def new_ids(many: int) -> list[UUID]:
    """``new_id`` for many rows at once: the clock is read and noise is drawn one time for all."""
    stamp = (time.time_ns() // 1_000_000 & _MILLISECONDS) << 80 | _VERSION_7 | _VARIANT
    noise = secrets.token_bytes(_NOISE_BYTES * many)
    return [
        UUID(int=stamp | int.from_bytes(noise[at : at + _NOISE_BYTES]) & _NOISE)
        for at in range(0, len(noise), _NOISE_BYTES)
    ]


def id_of_day(about: UUID, day: date) -> UUID:
    """The same for the same thing on the same Jakarta day, so that the database holds one row of it:
    a UUID of version 8 (RFC 9562, section 5.8) that begins with the day."""
    stamp = (int(start_of_day(day).timestamp() * 1000) & _MILLISECONDS) << 80
    digest = hashlib.sha256(about.bytes + day.isoformat().encode()).digest()
    drawn = int.from_bytes(digest[:10])
    return UUID(int=stamp | _VERSION_8 | drawn >> 68 << 64 | _VARIANT | drawn & (1 << 62) - 1)
