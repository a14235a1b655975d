"""What is done again from the start because a NIK came into other hands meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from services.holding_nik import HolderMoved

Result = TypeVar("Result")
_MOST_TRIES = 5


def again_when_moved(attempt: Callable[[], Result]) -> Result:
    """:param attempt: opens a transaction of its own, each time."""
    for _ in range(_MOST_TRIES):
        try:
            return attempt()
        except HolderMoved:
            continue
    raise RuntimeError(f"who holds a NIK has changed {_MOST_TRIES} times in a row")
