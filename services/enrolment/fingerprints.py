"""What a partner sent of a driver, recognised again value by value, without being kept.

A fingerprint is one checksum for each value, hidden under a pad that only we can make for this
partner and this NIK. So it can be told later which values of a row differ from those that were sent
before, even where the worker's record is somebody else's and must not be compared with: what
differs from *that* is none of the partner's business. Who has the database but not our key reads
noise.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zlib import crc32

from models.driver import COLUMNS
from models.values.plan import Plan
from services.vault import Vault

# The two columns by which a row is known are the same whenever two rows are compared.
_VALUES = tuple(name for name in COLUMNS if name not in ("external_id", "nik"))
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
    columns = list(zip(*rows, strict=True)) or [()] * len(COLUMNS)
    checksums = [_CHECKSUM.get(name, _of_text)(columns[COLUMNS.index(name)]) for name in _VALUES]
    chosen = crc32(plan.encode())
    return [
        _hidden(_CHECKSUMS.pack(*values, chosen), pad)
        for *values, pad in zip(*checksums, pads, strict=True)
    ]


def differing(one: bytes, other: bytes) -> tuple[str, ...]:
    """The names of the values that two fingerprints of one driver differ in."""
    mine, theirs = _CHECKSUMS.unpack(one), _CHECKSUMS.unpack(other)
    return tuple(name for name, a, b in zip(NAMES, mine, theirs, strict=True) if a != b)


# A column at a time, since it is done for every row of every file.


def _of_text(column: Sequence[str | None]) -> list[int]:
    return [_NOTHING if text is None else crc32(text.encode()) for text in column]


def _of_number(column: Sequence[int | date]) -> list[int]:
    return [crc32(str(value).encode()) for value in column]


def _of_instant(column: Sequence[datetime]) -> list[int]:
    # One instant is written in as many ways as there are time zones.
    return [crc32(str(instant.timestamp()).encode()) for instant in column]


_CHECKSUM: Mapping[str, Callable[[Any], list[int]]] = {
    "birth_date": _of_number,
    "monthly_income": _of_number,
    "consented_at": _of_instant,
}


def _hidden(checksums: bytes, pad: bytes) -> bytes:
    size = len(checksums)
    return (int.from_bytes(checksums) ^ int.from_bytes(pad[:size])).to_bytes(size)
