"""Where the pages are, and which of their addresses somebody may be sent back to."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import request

ROOT = "/console"
# Words and ids: nothing that an address of ours does not hold, so nothing that leads elsewhere.
_OURS = re.compile(rf"{ROOT}(/[a-z0-9-]{{1,64}}){{0,6}}")


def ours(path: str | None) -> str | None:
    """The path, if it is one of a page."""
    return path if path and _OURS.fullmatch(path) else None


def came_from() -> str | None:
    """The page on which somebody was before, as far as the browser tells."""
    place = urlsplit(request.referrer or "")
    return ours(place.path) if place.netloc == request.host else None
