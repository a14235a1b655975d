"""Lists that are read a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")

Place = tuple[Any, ...]
"""Where an item stands in its list: the values that the list is ordered by."""


@dataclass(frozen=True, slots=True)
class PageRequest:
    """The page wanted: ``limit`` items (1-200) after ``after`` (``None``: from the start)."""

    limit: int = 50
    after: Place | None = None

    @property
    def to_read(self) -> int:
        """How many rows to ask for: one more shows whether another page follows."""
        return self.limit + 1


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    items: Sequence[Item]
    next_after: Place | None = None
    """The place of the last item, when more follow."""

    @classmethod
    def of(
        cls, read: Sequence[Item], request: PageRequest, place: Callable[[Item], Place]
    ) -> Page[Item]:
        """The page made of the ``to_read`` rows that the statement gave."""
        items = read[: request.limit]
        more = len(read) > request.limit
        return cls(items, place(items[-1]) if more else None)
