"""Every error leaves as application/problem+json (RFC 9457), in the caller's language."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson
from flask import Response
from werkzeug.exceptions import HTTPException

from api.bodies import hear_out
from api.languages import language
from api.reading import Faulty, PlacedFault
from api.refusals import BY_STATUS, InternalError, MalformedRequest, Refusal
from api.request import current
from models.values.faults import Fault
from models.values.rupiah import Rupiah
from models.values.words import Language
from schemas.fields import written
from services.errors import (
    Conflict,
    DomainError,
    IdempotencyKeyReused,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    TooLarge,
    TooMany,
    Unavailable,
    Unreadable,
)

MEDIA_TYPE = "application/problem+json"
# A relative reference: it leads to an explanation on the server that answered.
TYPE_BASE = "/problems/"

STATUS_OF: dict[type[DomainError], int] = {
    Invalid: 422,
    IdempotencyKeyReused: 422,
    Unreadable: 422,
    TooLarge: 413,
    NotFound: 404,
    NotSignedIn: 401,
    NotAllowed: 403,
    Conflict: 409,
    TooMany: 429,
    Unavailable: 503,
}
RETRY_AFTER_UNAVAILABLE = 5


def status_of(error: type[DomainError]) -> int:
    """The status that an error's category has."""
    if issubclass(error, Refusal):
        return error.status
    return next((STATUS_OF[base] for base in error.__mro__ if base in STATUS_OF), 500)


def for_error(error: DomainError) -> Response:
    if status_of(type(error)) == 500 and not isinstance(error, InternalError):
        raise error
    return problem(error, faults=_faults(error))


def for_faulty(error: Faulty) -> Response:
    return problem(Invalid(), faults=error.placed)


def for_http_exception(error: HTTPException) -> Response:
    """What Flask and Werkzeug refuse by themselves, and redirects as they are."""
    if error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    refusal = BY_STATUS.get(error.code, InternalError if error.code >= 500 else MalformedRequest)
    response = problem(refusal())
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After", "WWW-Authenticate"):
            response.headers[name] = value
    return response


def problem(error: DomainError, *, faults: Sequence[PlacedFault] = ()) -> Response:
    """The whole answer to a request that cannot be done."""
    request = current()
    hear_out(request)
    spoken = language()
    body = body_of(error, spoken, request_id=request.request_id, faults=faults)
    response = Response(orjson.dumps(body), body["status"], content_type=MEDIA_TYPE)
    response.headers["Content-Language"] = spoken.value
    seconds = _retry_after(error, body["status"])
    if seconds is not None:
        response.headers["Retry-After"] = str(seconds)
    if isinstance(error, Refusal):
        response.headers.extend(error.headers)
    if body["status"] == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def body_of(
    error: DomainError,
    spoken: Language,
    *,
    request_id: str,
    faults: Sequence[PlacedFault] = (),
) -> dict[str, Any]:
    """The members of a problem, in the order in which they are read."""
    body: dict[str, Any] = {
        "type": TYPE_BASE + error.code,
        "title": error.title.in_(spoken),
        "status": status_of(type(error)),
        "code": error.code,
        "detail": error.detail.in_(spoken, **_said(error, spoken)),
        "request_id": request_id,
    }
    body |= {name: _member(error.details[name]) for name in error.members if name in error.details}
    if faults:
        body["errors"] = [fault.said_in(spoken) for fault in faults]
    return body


def _said(error: DomainError, spoken: Language) -> dict[str, object]:
    """The details as they are put into a sentence: words in the caller's language."""
    return {
        name: detail.in_(spoken) if hasattr(detail, "in_") else detail
        for name, detail in error.details.items()
    }


def _faults(error: DomainError) -> list[PlacedFault]:
    if not isinstance(error, Invalid):
        return []
    return [
        PlacedFault("pointer", fault.pointer, Fault(fault.code, fault.words))
        for fault in error.faults
    ]


def _retry_after(error: DomainError, status: int) -> int | None:
    if isinstance(error, TooMany):
        # Up, not down: a caller who comes back a moment too early is refused again.
        return max(1, math.ceil(error.retry_after.total_seconds()))
    return RETRY_AFTER_UNAVAILABLE if status == 503 else None


def _member(value: Any) -> Any:
    """One of our values as it is written in JSON."""
    if isinstance(value, datetime):
        return written(value)
    if isinstance(value, Rupiah):
        return value.amount
    return value if isinstance(value, int | float | None | list | dict) else str(value)
