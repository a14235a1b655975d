"""Where the pages are, and which of their addresses somebody may be sent back to."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import current_app, request

ROOT = "/console"
NOWHERE = "console.nowhere"
"""The endpoint of all addresses under the root that are none of a page."""
# Words and ids: nothing that an address of ours does not hold, so nothing that leads elsewhere.
_OURS = re.compile(rf"{ROOT}(/[a-z0-9-]{{1,64}}){{0,6}}")


def ours(path: str | None) -> str | None:
    """The path, if it is one of a page."""
    return path if path and _OURS.fullmatch(path) else None


def came_from() -> str | None:
    """The page on which somebody was before, as far as the browser tells."""
    place = urlsplit(request.referrer or "")
    path = ours(place.path) if place.netloc == request.host else None
    return _page_of(path) if path else None


def _page_of(path: str) -> str | None:
    """The page that has the form. Its answer may stand under an address that only takes forms."""
    while path != ROOT:
        if _can_be_opened(path):
            return path
        path = path.rpartition("/")[0]
    return None


def _can_be_opened(path: str) -> bool:
    endpoint, _ = current_app.url_map.bind(request.host).match(path, method="GET")
    return bool(endpoint != NOWHERE)
