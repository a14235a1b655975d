"""A worker's timeline, as the tests look at it."""

from __future__ import annotations

from collections.abc import Iterator

from models.values.page import PageRequest, Place
from services.callers import SignedIn
from services.ports import Ports
from services.timeline import own
from services.timeline.own import Entry


def timeline(ports: Ports, caller: SignedIn) -> list[Entry]:
    """All of it, newest first."""
    return [entry for page in pages(ports, caller, 200) for entry in page]


def pages(ports: Ports, caller: SignedIn, limit: int) -> Iterator[list[Entry]]:
    after: Place | None = None
    while True:
        page = own.listed(ports, caller, PageRequest(limit=limit, after=after))
        yield list(page.items)
        after = page.next_after
        if after is None:
            return


def kinds(ports: Ports, caller: SignedIn) -> list[str]:
    """The kinds of it, oldest first."""
    return [str(entry.kind) for entry in reversed(timeline(ports, caller))]


def the(ports: Ports, caller: SignedIn, kind: str) -> Entry:
    """The one entry of a kind."""
    [entry] = [each for each in timeline(ports, caller) if each.kind == kind]
    return entry
