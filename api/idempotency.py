"""``Idempotency-Key``: a request that is sent again is answered again, and done once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import update_wrapper
from typing import Any, TypeVar

import orjson
from flask import Response

from api.reading import Faulty, PlacedFault, ReadsPart, read_before
from api.request import Request, current
from api.smorest import JSON, Blueprint
from models.values.faults import Fault
from models.values.words import Words
from schemas.base import Schema
from services.errors import IdempotencyKeyReused, RequestInProgress
from services.once import Answer, Keyed, Once, Replayed

View = TypeVar("View", bound=Callable[..., Any])

HEADER = "Idempotency-Key"
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_BAD_KEY = Fault(
    "idempotency-key-invalid",
    Words(
        "Idempotency-Key berisi 1 sampai 255 karakter ASCII yang tampak, tanpa spasi.",
        "An Idempotency-Key is 1 to 255 visible ASCII characters without spaces.",
    ),
)
PARAMETER = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "Make one up per request (a UUID, say) and send it again with every repeat: "
    "the work is done once and its first answer is given again for 24 hours.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
}


class KeyReader:
    """Reads the header, beside the readers of the other parts of a request."""

    def read(self, request: Request) -> str | None:
        """:raises Faulty: it is no key."""
        if faults := self.faults(request):
            raise Faulty(faults)
        return request.headers.get(HEADER)

    def faults(self, request: Request) -> list[PlacedFault]:
        key = request.headers.get(HEADER)
        well_formed = key is None or _KEY.fullmatch(key)
        return [] if well_formed else [PlacedFault("header", HEADER, _BAD_KEY)]


_READER = KeyReader()


def idempotent(schema: type[Schema], status: int = 201) -> Callable[[View], View]:
    """Pass what makes the work happen once to the view as ``once``.

    Stands below the decorator that passes ``caller``, and names the schema and status with which
    the view answers.
    """
    dumping = schema()

    def answer_to(result: Any) -> Answer:
        request = current()
        request.written = orjson.dumps(dumping.dump(result))
        return Answer(status, request.written, {})

    def decorator(view: Any) -> Any:
        later: tuple[ReadsPart, ...] = getattr(view, "readers", ())

        def wrapper(*args: Any, caller: Any, **kwargs: Any) -> Any:
            key = read_before(later, _READER, current())
            once = Once() if key is None else _keyed(caller.owner, key, answer_to)
            try:
                return view(*args, caller=caller, once=once, **kwargs)
            except Replayed as replayed:
                return _again(replayed.answer)

        update_wrapper(wrapper, view)
        # So that a faulty key is told together with what is wrong in the body.
        wrapper.readers = (_READER, *later)  # type: ignore[attr-defined]
        documented = Blueprint.doc(**{"x-parameters": [PARAMETER]})(wrapper)
        documented = Blueprint.sends("Idempotency-Replayed")(documented)
        return Blueprint.problems(IdempotencyKeyReused, RequestInProgress)(documented)

    return decorator


def _keyed(owner: str, key: str, answer_to: Callable[[Any], Answer]) -> Keyed[Any]:
    return Keyed(owner, key, _digest(current()), answer_to)


def _digest(request: Request) -> bytes:
    """Of what makes two requests the same. The body must have been read."""
    digest = hashlib.sha256()
    told = (request.method.encode(), request.path.encode(), request.query_string, request.body)
    for part in told:
        digest.update(len(part).to_bytes(8) + part)
    return digest.digest()


def _again(answer: Answer) -> Response:
    response = Response(answer.body, answer.status, answer.headers, content_type=JSON)
    response.headers["Idempotency-Replayed"] = "true"
    return response
