"""Keys of rows: UUIDs of version 7 (RFC 9562, section 5.7).

They begin with the time, so that new rows stand together at the end of an index, and end in
74 random bits, so that nobody can guess one from another.
"""

import secrets
import time
from uuid import UUID

_VERSION_7 = 0x7 << 76
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
