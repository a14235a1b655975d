"""What became of the rows of a chunk, as one value: as rows it would cost more than the work."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

import orjson

from models.driver_form import CellFault

Word = Literal["accepted", "unchanged", "rejected"]

_LEVEL = 1


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """:param external_id: None where the row is rejected and none was sent, or none can be told.
    :param enrolment_id: of the tie that was made or found. None where the row is rejected or was
        tried only.
    :param faults: why it is rejected, every fault.
    :param ignored: names of the columns whose values differ from what is kept, and were not taken.
    """

    outcome: Word
    external_id: str | None = None
    enrolment_id: UUID | None = None
    faults: tuple[CellFault, ...] = ()
    ignored: tuple[str, ...] = ()


def write(outcomes: Sequence[RowOutcome]) -> bytes:
    """One for each row of the chunk, in their order.

    The ``external_id`` of a rejected row is left out: whatever stood in that column, somebody's
    NIK perhaps, is in the sealed content of the chunk only.
    """
    return zlib.compress(orjson.dumps([_written(each) for each in outcomes]), _LEVEL)


def read(written: bytes) -> list[RowOutcome]:
    return [_read(*each) for each in orjson.loads(zlib.decompress(written))]


def _written(row: RowOutcome) -> list[Any]:
    rejected = row.outcome == "rejected"
    return [
        row.outcome,
        None if rejected else row.external_id,
        row.enrolment_id,
        [(fault.field, fault.code) for fault in row.faults],
        row.ignored,
    ]


def _read(
    outcome: Word,
    external_id: str | None,
    enrolment_id: str | None,
    faults: list[list[str]],
    ignored: list[str],
) -> RowOutcome:
    return RowOutcome(
        outcome,
        external_id,
        None if enrolment_id is None else UUID(enrolment_id),
        tuple(CellFault(field, code) for field, code in faults),
        tuple(ignored),
    )
