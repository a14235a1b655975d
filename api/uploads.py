"""Files that are sent as they are, and read by the use case while they arrive."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any, ClassVar, TypeVar

from api.arriving import ArrivingBody, UploadStalled
from api.idempotency import HEADER as KEY
from api.idempotency import PARAMETER, KeyReader
from api.reading import Faulty, PlacedFault, ReadsPart, read_before
from api.refusals import UnsupportedContentEncoding, UnsupportedMediaType
from api.request import Request, current
from api.smorest import Blueprint
from models.file_limits import MOST_BYTES
from models.values.faults import REQUIRED, Fault
from models.values.words import Words
from services.enrolment import file_faults
from services.enrolment.content_digest import DigestUnreadable, digests_of
from services.enrolment.places import TooManyUploads
from services.enrolment.receiving import FileKind, Upload
from services.errors import IdempotencyKeyReused, RequestInProgress

View = TypeVar("View", bound=Callable[..., Any])

CSV, NDJSON = "text/csv", "application/x-ndjson"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DIGEST, LENGTH = "Content-Digest", "Content-Length"

_KINDS = {
    CSV: FileKind.CSV,
    NDJSON: FileKind.NDJSON,
    "application/ndjson": FileKind.NDJSON,
    XLSX: FileKind.XLSX,
}
# Said of itself; whether it is true, the bytes tell.
_UTF_8 = frozenset({"utf-8", "utf8", "us-ascii"})
_GZIP, _PLAIN = frozenset({"gzip", "x-gzip"}), frozenset({"", "identity"})

_BAD_DIGEST = Fault(
    "content-digest-invalid",
    Words(
        "Tulis menurut RFC 9530 dengan sha-256 atau sha-512, misalnya sha-256=:...:.",
        "Write it as in RFC 9530, with sha-256 or sha-512, such as sha-256=:...:.",
    ),
)
# Where the connection breaks, a body without a length looks as if it had come to its end.
_NO_END = Fault(
    "length-or-digest-required",
    Words(
        "Kirim Content-Length, atau Content-Digest, supaya unggahan yang terputus ketahuan.",
        "Send a Content-Length, or a Content-Digest, so that an upload that breaks off is noticed.",
    ),
)


class OnlyGzip(UnsupportedContentEncoding):
    detail = Words(
        "Kirim berkas tanpa kompresi, atau dengan Content-Encoding: gzip.",
        "Send the file uncompressed, or with Content-Encoding: gzip.",
    )
    headers: ClassVar[Mapping[str, str]] = {"Accept-Encoding": "gzip, identity"}


class NoFileOfDrivers(UnsupportedMediaType):
    detail = Words(
        f"Kirim dengan Content-Type: {CSV}, {NDJSON}, atau untuk XLSX {XLSX}; teks dalam UTF-8.",
        f"Send it with the Content-Type {CSV}, {NDJSON}, or for XLSX {XLSX}; text in UTF-8.",
    )


@dataclass(frozen=True)
class Sent:
    """:param key: the ``Idempotency-Key``."""

    key: str
    upload: Upload


class FileReader:
    """Reads what the headers say of a file; none of the file itself."""

    def __init__(self) -> None:
        self._key = KeyReader()

    def faults(self, request: Request) -> list[PlacedFault]:
        # From here on nobody looks for a form in the body.
        request.understood.add("json")
        faults = self._key.faults(request)
        if KEY not in request.headers:
            faults.append(PlacedFault("header", KEY, REQUIRED))
        if DIGEST in request.headers and not _digests(request):
            faults.append(PlacedFault("header", DIGEST, _BAD_DIGEST))
        if request.content_length is None and DIGEST not in request.headers:
            faults.append(PlacedFault("header", LENGTH, _NO_END))
        return faults

    def read(self, request: Request) -> str:
        """:raises Faulty: headers are missing or cannot be read."""
        if faults := self.faults(request):
            raise Faulty(faults)
        return request.headers[KEY]


_READER = FileReader()
_PROBLEMS = (
    *(
        each
        for each in vars(file_faults).values()
        if isinstance(each, type) and hasattr(each, "code")
    ),
    *(UploadStalled, TooManyUploads, IdempotencyKeyReused, RequestInProgress),
)


def file_sent(view: View) -> View:
    """Pass the file that is being sent to the view as ``sent``.

    Stands directly above ``response``. The view must answer only when it is done with the file.
    """
    later: tuple[ReadsPart, ...] = getattr(view, "readers", ())

    def wrapper(*args: Any, **kwargs: Any) -> Any:
        request = current()
        key = read_before(later, _READER, request)
        kind, gzipped = _kind(request), _is_gzip(request)
        if (request.content_length or 0) > MOST_BYTES:
            raise file_faults.FileTooLarge
        with _arriving(request) as body:
            upload = Upload(kind, gzipped, body.blocks(), _about(request), _digests(request))
            return view(*args, sent=Sent(key, upload), **kwargs)

    update_wrapper(wrapper, view)
    wrapper.readers = (_READER, *later)  # type: ignore[attr-defined]
    documented: View = _documented(wrapper)
    return documented


@contextmanager
def _arriving(request: Request) -> Iterator[ArrivingBody]:
    body = ArrivingBody(request)
    try:
        yield body
    except BaseException:
        body.hear_out()
        raise
    finally:
        body.give_up()


def _kind(request: Request) -> FileKind:
    charset = request.mimetype_params.get("charset", "utf-8")
    if request.mimetype not in _KINDS or charset.lower() not in _UTF_8:
        raise NoFileOfDrivers
    return _KINDS[request.mimetype]


def _is_gzip(request: Request) -> bool:
    encoding = request.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in _GZIP | _PLAIN:
        raise OnlyGzip
    return encoding in _GZIP


def _digests(request: Request) -> Mapping[str, bytes]:
    """None where there is no header, or one that cannot be read."""
    header = request.headers.get(DIGEST)
    try:
        return {} if header is None else digests_of(header)
    except DigestUnreadable:
        return {}


def _about(request: Request) -> bytes:
    parts = (request.method.encode(), request.path.encode(), request.query_string)
    return b"".join(len(part).to_bytes(8) + part for part in parts)


def _documented(view: Any) -> Any:
    form = {"schema": {"type": "string"}}
    binary = {"schema": {"type": "string", "format": "binary"}}
    body = {
        "description": "The file. Names of columns in any order; see `batch-template`.",
        "required": True,
        "content": {CSV: form, NDJSON: form, XLSX: binary},
    }
    described = Blueprint.doc(
        requestBody=body, **{"x-parameters": [PARAMETER | {"required": True}]}
    )
    for decorate in (
        described,
        Blueprint.header("Content-Encoding", about="`gzip`, or none.", enum=["gzip", "identity"]),
        Blueprint.header(
            DIGEST,
            about="As in RFC 9530, of the bytes that are sent: checked before anything is kept. "
            "Needed where there is no `Content-Length`.",
            examples=["sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"],
        ),
        Blueprint.sends("Idempotency-Replayed"),
        Blueprint.problems(*_PROBLEMS),
    ):
        view = decorate(view)
    return view
