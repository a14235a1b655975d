"""``X-Phone-Token``: a phone token beside the access token, where there is no body to hold it."""

from __future__ import annotations

from functools import update_wrapper
from typing import Any

from api.reading import Faulty, PlacedFault, ReadsPart, read_before
from api.request import Request, current
from api.smorest import Blueprint
from models.values import faults

HEADER = "X-Phone-Token"


class _TokenReader:
    """Reads the header, beside the readers of the other parts of a request."""

    def read(self, request: Request) -> str:
        """:raises Faulty: there is none. What it is worth is for the use case to say."""
        if faulty := self.faults(request):
            raise Faulty(faulty)
        return request.headers[HEADER]

    def faults(self, request: Request) -> list[PlacedFault]:
        missing = not request.headers.get(HEADER)
        return [PlacedFault("header", HEADER, faults.REQUIRED)] if missing else []


_READER = _TokenReader()


def phone_token_shown(view: Any) -> Any:
    """Pass what the header holds to the view as ``phone_token``. Stands below the decorator that
    passes ``caller``."""
    later: tuple[ReadsPart, ...] = getattr(view, "readers", ())

    def wrapper(*args: Any, **kwargs: Any) -> Any:
        token = read_before(later, _READER, current())
        return view(*args, phone_token=token, **kwargs)

    update_wrapper(wrapper, view)
    wrapper.readers = (_READER, *later)  # type: ignore[attr-defined]
    return Blueprint.header(
        HEADER,
        required=True,
        about="From confirming a code sent to the number on record, less than ten minutes ago. It "
        "is not spent.",
        examples=["eyJhbGciOiJIUzI1NiIs..."],
    )(wrapper)
