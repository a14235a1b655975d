"""Choosing what one does for a living."""

from __future__ import annotations

from models.occupations import OccupationEntry
from models.values.page import Page, PageRequest
from services.ports import Ports


def search(ports: Ports, text: str, page: PageRequest) -> Page[OccupationEntry]:
    """The occupations that people may mean by a text, best first; all of them, without one.

    A place is how many come before it: the list changes with a release only.
    """
    start = max(0, page.after[0]) if page.after else 0
    found = list(enumerate(ports.occupations.search(text), start=1))
    places = Page.of(found[start : start + page.to_read], page, lambda each: each[:1])
    return Page([entry for _, entry in places.items], places.next_after)
