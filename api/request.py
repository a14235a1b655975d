"""One request, with what we remember about it until it is answered."""

import re
from time import perf_counter
from typing import Any, cast
from uuid import uuid4

import flask
from flask.globals import request_ctx
from werkzeug.utils import cached_property

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Request(flask.Request):
    """A request that is read strictly.

    ``caller_kind`` is for the access log: what sort of caller it was, never who.
    ``body`` is what has been read of it, ``arriving`` what reads it while it is used.
    ``understood`` names the parts (``json``, ``query``) that a reader has taken; what nobody has
    taken must be empty. ``varies`` names the headers that the answer depends on. ``dumped`` is the
    answer before it was written, for its ETag; ``written`` is the one that will be sent, where it
    had to be known before the view returned.
    """

    def __init__(self, environ: dict[str, Any], *args: Any, **options: Any) -> None:
        super().__init__(environ, *args, **options)
        self.started = perf_counter()
        self.caller_kind = "anonymous"
        self.understood: set[str] = set()
        self.varies = {"Accept-Language"}
        self.negotiated = False
        self.body_is_read = False
        self.body = b""
        self.arriving: Any = None
        self.dumped: Any = None
        self.written: bytes | None = None

    @cached_property
    def request_id(self) -> str:
        """The caller's ``X-Request-ID`` if it is a decent one, otherwise ours."""
        given = self.environ.get("HTTP_X_REQUEST_ID", "")
        return given if _REQUEST_ID.fullmatch(given) else str(uuid4())

    @property
    def announces_body(self) -> bool:
        """Whether the headers say that there is one. Over HTTP/2 they need not: where they say
        nothing, the bytes decide."""
        return bool(self.content_length) or "HTTP_TRANSFER_ENCODING" in self.environ


def current() -> Request:
    """The request being answered, itself: going through Flask's proxy costs more."""
    return cast(Request, request_ctx.request)
