"""Telling what was done, on the page that follows it.

The address says it by a word of ours, so that loading anew or sharing it tells nothing else.
"""

from __future__ import annotations

from flask import Response, request

from console.frame import go_to
from console.speech import Catalogue
from models.values.words import Words

_NAME = "done"


def done(path: str, what: str) -> Response:
    """Send on to a page that says what was done."""
    return go_to(f"{path}?{_NAME}={what}")


def told(catalogue: Catalogue) -> Words | None:
    """:param catalogue: of the sentences that the page may say, by their words."""
    return catalogue.get(request.args.get(_NAME, ""))
