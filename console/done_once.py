"""Doing what a form asks once, however often its button is pressed or its answer loaded anew."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Response

from api.request import current
from console.forms import form
from console.refusals import FormInProgress, FormUsed
from services.callers import StaffCaller
from services.errors import IdempotencyKeyReused, RequestInProgress
from services.once import Answer, Keyed, Once, Replayed

Result = TypeVar("Result")

FIELD = "once"
_SHORTEST, _LONGEST = 16, 64
_KEPT = ("Location",)
_HTML = "text/html; charset=utf-8"


def drawn() -> str:
    """What tells one form that is given out from the next."""
    return secrets.token_urlsafe(16)


def answered_once(
    officer: StaffCaller, do: Callable[[Once[Any]], Result], write: Callable[[Result], Response]
) -> Response:
    """What the use case gives, as a page; the same page again, where it was asked for before.

    Of two presses a browser shows the answer to the second, so that must not be an error.

    :param do: calls the use case. :param write: makes the page of what it returns, or leads to one.
    :raises FormInProgress: the first press is still being worked on.
    :raises FormUsed: the form was sent before, with other values.
    """
    key = form().text(FIELD)
    once: Once[Any] = Once()
    if _SHORTEST <= len(key) <= _LONGEST:
        once = Keyed(officer.owner, f"console {key}", _digest(), lambda each: _kept(write(each)))
    try:
        return write(do(once))
    except RequestInProgress as error:
        raise FormInProgress from error
    except IdempotencyKeyReused as error:
        raise FormUsed from error
    except Replayed as replayed:
        kept = replayed.answer
        return Response(kept.body, kept.status, dict(kept.headers), content_type=_HTML)


def _kept(page: Response) -> Answer:
    where = {name: page.headers[name] for name in _KEPT if name in page.headers}
    return Answer(page.status_code, page.get_data(), where)


def _digest() -> bytes:
    request = current()
    return hashlib.sha256(request.path.encode() + b"\n" + request.body).digest()
