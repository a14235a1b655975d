"""gzip for answers that are long enough to gain from it.

Only gzip: every phone and proxy reads it, and it is in the standard library.
"""

import gzip
import zlib
from collections.abc import Iterable, Iterator

from werkzeug import Response

from api.request import Request

# Shorter ones fit one packet either way.
SHORTEST = 1024
_LEVEL = 5
_GZIP_FORMAT = 16 + zlib.MAX_WBITS
_COMPRESSIBLE = frozenset(
    {
        "application/json",
        "application/problem+json",
        "application/x-ndjson",
        "image/svg+xml",
        "text/css",
        "text/csv",
        "text/html",
        "text/javascript",
    }
)


def compress(request: Request, response: Response) -> None:
    """Replace the body by its gzip form if the caller reads that and it is worth it."""
    if not gains(response):
        return
    request.varies.add("Accept-Encoding")
    if not _wanted(request, response):
        return
    response.headers["Content-Encoding"] = "gzip"
    if response.is_streamed:
        response.headers.pop("Content-Length", None)
        response.response = _compressed(response.iter_encoded())
    else:
        response.set_data(gzip.compress(response.get_data(), _LEVEL, mtime=0))


def gains(response: Response) -> bool:
    """Whether the answer is long enough, so that its form depends on ``Accept-Encoding``."""
    return response.is_streamed or len(response.get_data()) >= SHORTEST


def _wanted(request: Request, response: Response) -> bool:
    return (
        response.mimetype in _COMPRESSIBLE
        and "Content-Encoding" not in response.headers
        and request.accept_encodings["gzip"] > 0
    )


def _compressed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    compressor = zlib.compressobj(_LEVEL, wbits=_GZIP_FORMAT)
    for chunk in chunks:
        yield compressor.compress(chunk)
    yield compressor.flush()
