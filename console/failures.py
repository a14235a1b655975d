"""What cannot be done, as a page in the same frame."""

from __future__ import annotations

import logging
import math
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from api.bodies import hear_out
from api.problems import RETRY_AFTER_UNAVAILABLE, body_of, status_of
from api.refusals import BY_STATUS, InternalError, MalformedRequest, Refusal, ServiceUnavailable
from api.request import current
from console import cookies
from console.frame import go_to, render
from console.roots import ROOT, came_from, ours
from console.words.failures import FAILURES
from schemas.speaking import spoken_language
from services.database_failures import will_pass
from services.errors import DomainError, TooMany
from services.staff.access import StaffSignInRequired

_log = logging.getLogger(__name__)


def init(site: Blueprint) -> None:
    site.register_error_handler(StaffSignInRequired, for_nobody)
    site.register_error_handler(DomainError, for_error)
    site.register_error_handler(HTTPException, for_http_exception)
    site.register_error_handler(Exception, for_failure)


def for_nobody(_: StaffSignInRequired) -> Response:
    """To the sign-in page, and from there back."""
    hear_out(current())
    back = ours(request.path) if request.method == "GET" else came_from()
    was_in = cookies.shown(cookies.SESSION) is not None
    response = go_to(_sign_in_path(back, _why(was_in)))
    # Not where none was shown: whoever follows a link from elsewhere may have one all the same.
    if was_in:
        cookies.take_back(response, cookies.SESSION)
    return response


def _why(was_in: bool) -> str | None:
    if request.method != "GET":
        # Whoever has just written a note must not think that it was taken.
        return "unsent"
    return "over" if was_in else None


def _sign_in_path(back: str | None, why: str | None) -> str:
    query = {why: "1"} if why else {}
    if back and back != ROOT:
        query["next"] = back
    return f"{ROOT}/sign-in" + (f"?{urlencode(query)}" if query else "")


def for_error(error: DomainError) -> Response:
    status = status_of(type(error))
    if status == 500 and not isinstance(error, InternalError):
        return for_failure(error)
    hear_out(current())
    response = render(
        "failure.html",
        FAILURES,
        status=status,
        problem=body_of(error, spoken_language.get(), request_id=current().request_id),
        previous=came_from(),
    )
    return with_wait(response, error)


def with_wait(response: Response, error: DomainError) -> Response:
    """Tells programs, too, when to come back."""
    if isinstance(error, TooMany):
        seconds = max(1, math.ceil(error.retry_after.total_seconds()))
        response.headers["Retry-After"] = str(seconds)
    elif response.status_code == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER_UNAVAILABLE)
    if isinstance(error, Refusal):
        response.headers.extend(error.headers)
    return response


def for_http_exception(error: HTTPException) -> Response:
    """What Flask and Werkzeug refuse by themselves, and redirects as they are."""
    if error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    refusal = BY_STATUS.get(error.code, InternalError if error.code >= 500 else MalformedRequest)
    return for_error(refusal())


def for_failure(error: Exception) -> Response:
    """503 when the same may succeed in a moment, otherwise 500."""
    if will_pass(error):
        _log.warning("the database did not answer", exc_info=error)
        return for_error(ServiceUnavailable())
    _log.error("unexpected error", exc_info=error)
    return for_error(InternalError())
