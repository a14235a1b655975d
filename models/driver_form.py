"""What is wrong with one value of a driver."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CellFault:
    """:param field: the name of its column.
    :param code: tells what is wrong, and is published."""

    field: str
    code: str
