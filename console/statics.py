"""The style of the pages and their icon. Their names change with their contents, so that browsers keep
them for good."""

from __future__ import annotations

from hashlib import blake2b
from importlib.resources import files

from flask import Blueprint, Response

from api.refusals import NoSuchPlace
from console.roots import ROOT

_TYPES = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml; charset=utf-8"}
_KEPT = "public, max-age=31536000, immutable"


def _read() -> dict[str, tuple[str, bytes, str]]:
    """Name and contents of each file with its media type, by the name that we call it."""
    found = {}
    for file in (files("console") / "static").iterdir():
        stem, dot, ending = file.name.rpartition(".")
        contents = file.read_bytes()
        digest = blake2b(contents, digest_size=6).hexdigest()
        found[file.name] = (f"{stem}.{digest}.{ending}", contents, _TYPES[dot + ending])
    return found


_FILES = _read()
_SERVED = {name: (contents, type_) for name, contents, type_ in _FILES.values()}

blp = Blueprint("statics", __name__)


@blp.get("/static/<name>")
def static(name: str) -> Response:
    if name not in _SERVED:
        raise NoSuchPlace
    contents, type_ = _SERVED[name]
    response = Response(contents, content_type=type_)
    response.headers["Cache-Control"] = _KEPT
    return response


def static_path(name: str) -> str:
    return f"{ROOT}/static/{_FILES[name][0]}"
