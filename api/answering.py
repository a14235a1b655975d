"""What every answer carries, and the one log line it leaves."""

import logging
from collections.abc import Iterator
from time import perf_counter

from flask import Flask, Response

from api import metrics
from api.arriving import hold
from api.compression import compress
from api.languages import language
from api.request import Request, current
from schemas.speaking import spoken_language
from services.logs import request_id

_log = logging.getLogger("api.access")

_CONTENT_SECURITY = "default-src 'none'; frame-ancestors 'none'"
_HTTPS_ONLY = "max-age=31536000"


def init_app(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_finish)


def _begin() -> None:
    request_id.set(current().request_id)
    spoken_language.set(language())


def _finish(response: Response) -> Response:
    request = current()
    compress(request, response)
    # One look at the names: asking the headers one by one costs ten times as much.
    present = {name for name, _ in response.headers}
    for name, value in _usual(request):
        if name not in present:
            response.headers.add(name, value)
    hold(request, response)
    _note(request, response.status_code)
    return response


def _usual(request: Request) -> Iterator[tuple[str, str]]:
    """What an answer carries unless its view said otherwise."""
    yield "X-Request-ID", request.request_id
    yield "Vary", ", ".join(sorted(request.varies))
    yield "Content-Language", spoken_language.get().value
    yield "Cache-Control", "no-store"
    yield "Content-Security-Policy", _CONTENT_SECURITY
    yield "X-Content-Type-Options", "nosniff"
    if request.is_secure:
        yield "Strict-Transport-Security", _HTTPS_ONLY


def _note(request: Request, status: int) -> None:
    """One line and one number, by the route's pattern: paths and queries hold data."""
    seconds = perf_counter() - request.started
    rule = request.url_rule
    route = rule.rule if rule is not None else "unknown"
    # A method is text that anybody can make up; known routes have known ones.
    method = request.method if rule is not None else "other"
    metrics.observe(method, route, status, seconds)
    if _log.isEnabledFor(logging.INFO):
        told = {
            "method": method,
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 2),
            "caller": request.caller_kind,
        }
        # As ``info`` would, but without searching the stack for this very line.
        here = (_log.name, logging.INFO, __file__, 0)
        _log.handle(_log.makeRecord(*here, "answered", (), None, extra=told))
