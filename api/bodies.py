"""Reading what was sent, however long or odd it is."""

from typing import IO, Any

import orjson
from werkzeug.wsgi import get_input_stream

from api.refusals import (
    MalformedJson,
    PayloadTooLarge,
    UnsupportedContentEncoding,
    UnsupportedMediaType,
)
from api.request import Request

JSON_LIMIT = 64 * 1024
# A caller who is still sending cannot hear our answer, so we listen for a while.
PATIENCE = 16 * 1024 * 1024
_CHUNK = 64 * 1024
# The second is no registered name, but many write it.
_UTF_8 = ("utf-8", "utf8")


def read_json(request: Request, *, limit: int = JSON_LIMIT, optional: bool = False) -> Any:
    """The JSON document in the body; an empty object for an empty body if ``optional``.

    :raises UnsupportedMediaType: it is said to be something else.
    :raises UnsupportedContentEncoding: it is said to be compressed.
    :raises PayloadTooLarge: longer than ``limit`` bytes.
    :raises MalformedJson: empty, not UTF-8, too deep, or not JSON.
    """
    if optional and not request.announces_body and not read_body(request, limit=limit):
        return {}
    _refuse_other_forms(request)
    try:
        return orjson.loads(read_body(request, limit=limit))
    except orjson.JSONDecodeError as error:
        raise MalformedJson from error


def read_body(request: Request, *, limit: int) -> bytes:
    """All of the body, at most ``limit`` bytes. It can be asked for again.

    Without a length in the headers this waits for nobody who sends nothing: a request of HTTP/1.1
    has no body then, and one of HTTP/2 says where it ends.

    :raises PayloadTooLarge: it is longer. It is read up to 16 MiB all the same.
    """
    if request.body_is_read:
        return request.body
    stream = _stream(request)
    body = bytearray()
    while len(body) <= limit and (chunk := stream.read(_CHUNK)):
        body += chunk
    if len(body) > limit:
        _discard(stream, PATIENCE - len(body))
        raise PayloadTooLarge
    request.body = bytes(body)
    return request.body


def hear_out(request: Request) -> None:
    """Read on to the end (16 MiB at most) what a refused request is still sending."""
    if not request.body_is_read:
        _discard(_stream(request), PATIENCE)


def _stream(request: Request) -> IO[bytes]:
    request.body_is_read = True
    return get_input_stream(request.environ)


def _discard(stream: IO[bytes], most: int) -> None:
    while most > 0 and (chunk := stream.read(_CHUNK)):
        most -= len(chunk)


def _refuse_other_forms(request: Request) -> None:
    charset = request.mimetype_params.get("charset", "utf-8")
    if request.mimetype != "application/json" or charset.lower() not in _UTF_8:
        raise UnsupportedMediaType
    if request.environ.get("HTTP_CONTENT_ENCODING", "identity").lower() != "identity":
        raise UnsupportedContentEncoding
