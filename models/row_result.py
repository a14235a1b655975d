"""What a partner is told of one row of its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from models.driver_form import CellFault

Cells = Mapping[str, str | None]


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class RowResult:
    """:param row: its number in the file, from 1.
    :param worker_id: of the tie, where there is one.
    :param sent: its cells as they were sent, where it was rejected."""

    row: int
    outcome: Outcome
    external_id: str | None = field(repr=False)
    worker_id: UUID | None
    faults: tuple[CellFault, ...]
    ignored: tuple[str, ...]
    sent: Cells = field(repr=False)
