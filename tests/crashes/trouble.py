"""Trouble in the world outside, and what our database shows meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from sqlalchemy import text

from tests.stack import Stack

# In milliseconds: longer than anybody waits, and not so long that those who were given up keep all
# threads of the sandbox from hearing that they may go on.
VERY_SLOW = 30_000


@contextmanager
def trouble(jaring: Stack, service: str, mode: str) -> Iterator[None]:
    """A service of the sandbox is in trouble in the block."""
    _set(jaring, service=service, mode=mode, delay_ms=VERY_SLOW)
    try:
        yield
    finally:
        _set(jaring, service=service, mode="ok")


def _set(jaring: Stack, **fault: Any) -> None:
    requests.put(f"{jaring.sandbox}/faults", json=fault, timeout=60).raise_for_status()


def rows(jaring: Stack, question: str, **values: Any) -> list[tuple[Any, ...]]:
    with jaring.engine().connect() as database:
        return [tuple(row) for row in database.execute(text(question), values)]
