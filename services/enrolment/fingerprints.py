"""What a partner sent of a driver, recognised again value by value, without being kept.

A fingerprint is one checksum for each value, hidden under a pad that only we can make for this
partner and this NIK. So it can be told later which values of a row differ from those that were sent
before, even where the worker's record is somebody else's and must not be compared with: what
differs from *that* is none of the partner's business. Who has the database but not our key reads
noise.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zlib import crc32

from models.driver import COLUMNS
from models.values.plan import Plan
from services.vault import Vault

# The two columns by which a row is known are the same whenever two rows are compared.
_VALUES = tuple(name for name in COLUMNS if name not in ("external_id", "nik"))
_PLACES = tuple(COLUMNS.index(name) for name in _VALUES)
_NIK = COLUMNS.index("nik")
PLAN = "plan"
NAMES = (*_VALUES, PLAN)

_CHECKSUMS = struct.Struct(f">{len(NAMES)}I")
_NOTHING = crc32(b"\0")  # of a value that was not sent: no text is like it


def fingerprints(
    vault: Vault, partner_id: UUID, plan: Plan, rows: Iterable[tuple[Any, ...]]
) -> list[bytes]:
    """:param rows: normal rows of drivers, in the order of ``COLUMNS``."""
    rows = list(rows)
    pads = vault.pads("driver", [f"{partner_id}:{row[_NIK]}" for row in rows])
    chosen = _checksum(plan)
    return [
        _hidden(_CHECKSUMS.pack(*[_checksum(row[place]) for place in _PLACES], chosen), pad)
        for row, pad in zip(rows, pads, strict=True)
    ]


def differing(one: bytes, other: bytes) -> tuple[str, ...]:
    """The names of the values that two fingerprints of one driver differ in."""
    mine, theirs = _CHECKSUMS.unpack(one), _CHECKSUMS.unpack(other)
    return tuple(name for name, a, b in zip(NAMES, mine, theirs, strict=True) if a != b)


def _checksum(value: str | int | date | datetime | None) -> int:
    if value is None:
        return _NOTHING
    if isinstance(value, str):
        return crc32(value.encode())
    # One instant is written in as many ways as there are time zones.
    told = value.timestamp() if isinstance(value, datetime) else value
    return crc32(str(told).encode())


def _hidden(checksums: bytes, pad: bytes) -> bytes:
    size = len(checksums)
    return (int.from_bytes(checksums) ^ int.from_bytes(pad[:size])).to_bytes(size)
