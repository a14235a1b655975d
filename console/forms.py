"""Reading the form that was sent, however odd it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl

from flask import g

from api.bodies import read_body
from api.request import current
from console.refusals import FormUnreadable

FORM_LIMIT = 32 * 1024
_MOST_FIELDS = 100
_MEDIA_TYPE = "application/x-www-form-urlencoded"
# PostgreSQL holds no NUL, and nobody types any of these. A text area has tabs and ends of lines.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Form:
    """What was typed. Names that nobody asks for do not matter."""

    def __init__(self, pairs: Sequence[tuple[str, str]] = ()) -> None:
        self._pairs = pairs

    def text(self, name: str) -> str:
        """What stands in a field, without the space around it; empty where there is none."""
        return next((value.strip() for each, value in self._pairs if each == name), "")

    def secret(self, name: str) -> str:
        """As it was typed: space may belong to it."""
        return next((value for each, value in self._pairs if each == name), "")

    def all(self, name: str) -> list[str]:
        """What was ticked."""
        return [value for each, value in self._pairs if each == name]

    def given(self, *names: str) -> dict[str, str]:
        """Those of the fields that are not empty."""
        texts = {name: self.text(name) for name in names}
        return {name: text for name, text in texts.items() if text}


def form() -> Form:
    """The form of this request.

    :raises FormUnreadable: it is none.
    """
    if "form" not in g:
        g.form = Form(_pairs())
    read: Form = g.form
    return read


def _pairs() -> list[tuple[str, str]]:
    request = current()
    body = read_body(request, limit=FORM_LIMIT)
    if body and request.mimetype != _MEDIA_TYPE:
        raise FormUnreadable
    try:
        pairs = parse_qsl(
            body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError as error:
        raise FormUnreadable from error
    if any(_CONTROL.search(value) for _, value in pairs):
        raise FormUnreadable
    return pairs
