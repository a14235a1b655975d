"""ETag and 304: a phone on a bad line need not load again what it has."""

from dataclasses import dataclass
from hashlib import blake2b

import orjson
from flask import Response
from werkzeug import Response as AnyResponse

from api.compression import gains
from api.request import Request

_PRIVATE = "private, no-cache"
_PUBLIC = "public, max-age=3600"
# For everybody, but no longer true at any moment: to be asked about each time.
PUBLIC_FOR_NOW = "public, no-cache"


@dataclass(frozen=True, slots=True)
class Conditional:
    """How one operation's answers may be kept and compared."""

    public: bool
    leaving_out: tuple[str, ...]

    def answer(self, request: Request, response: AnyResponse) -> AnyResponse:
        """The response with its ETag, or 304 without a body.

        How long it may be kept, the view can say by a ``Cache-Control`` of its own.
        """
        if response.status_code != 200:
            return response
        etag = self._etag(request, response)
        kept = response.headers.get("Cache-Control") or (_PUBLIC if self.public else _PRIVATE)
        if gains(response):
            # A 304 has no body to tell it by, and says what the 200 would have said.
            request.varies.add("Accept-Encoding")
        if request.if_none_match.contains_weak(etag):
            response = Response(status=304)
            del response.headers["Content-Type"]
        response.set_etag(etag, weak=True)
        response.headers["Cache-Control"] = kept
        if not self.public:
            request.varies.add("Authorization")
        return response

    def _etag(self, request: Request, response: AnyResponse) -> str:
        # Weak: what is left out may differ, and gzip changes the bytes.
        content = response.get_data()
        if self.leaving_out and isinstance(request.dumped, dict):
            kept = {k: v for k, v in request.dumped.items() if k not in self.leaving_out}
            content = orjson.dumps(kept)
        return blake2b(content, digest_size=16).hexdigest()
