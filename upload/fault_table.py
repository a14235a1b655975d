"""What is wrong with rejected rows, gathered: each fault once, with how many rows have it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from upload.batch import Rejection

# How many rows are named for each.
FIRST_ROWS = 5


@dataclass
class FaultKind:
    """:param first_rows: where it stands first, in the order of the file."""

    column: str
    code: str
    detail: str
    count: int = 0
    first_rows: list[int] = field(default_factory=list)

    def add(self, row: int) -> None:
        self.count += 1
        if len(self.first_rows) < FIRST_ROWS:
            self.first_rows.append(row)

    def as_document(self) -> dict[str, Any]:
        return {
            "field": self.column,
            "code": self.code,
            "detail": self.detail,
            "count": self.count,
            "first_rows": self.first_rows,
        }


class FaultTable:
    def __init__(self) -> None:
        self._kinds: dict[tuple[str, str], FaultKind] = {}

    def add(self, rejection: Rejection) -> None:
        key = (rejection.column, rejection.code)
        kind = self._kinds.get(key)
        if kind is None:
            kind = FaultKind(rejection.column, rejection.code, rejection.detail)
            self._kinds[key] = kind
        kind.add(rejection.row)

    @property
    def kinds(self) -> list[FaultKind]:
        """The most frequent first."""
        return sorted(self._kinds.values(), key=lambda kind: (-kind.count, kind.column, kind.code))


def gathered(rejections: Iterable[Rejection]) -> list[FaultKind]:
    table = FaultTable()
    for each in rejections:
        table.add(each)
    return table.kinds
