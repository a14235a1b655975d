"""The published description of every error that an operation can answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from string import Formatter
from typing import Any

from api.problems import MEDIA_TYPE, body_of, status_of
from api.reading import PlacedFault
from api.refusals import (
    InternalError,
    MalformedJson,
    MalformedQuery,
    NoSuchPlace,
    NotAcceptable,
    PayloadTooLarge,
    ServiceUnavailable,
    UnsupportedContentEncoding,
    UnsupportedMediaType,
)
from models.values import faults
from models.values.words import Language
from services.errors import DomainError, Invalid

_REQUEST_ID = "0b5a4a4e-6f0e-4c39-9c1d-0d9f7f0f3c52"
# Standards of others (SNAP, RFC 6749) rule how these answer errors.
OTHER_RULES = ("/snap/", "/v1/oauth/")
_WITH_BODY = ("post", "put", "patch", "delete")

_SCHEMAS: dict[str, Any] = {
    "Fault": {
        "type": "object",
        "description": "One value that cannot be accepted, and where it is.",
        "properties": {
            "pointer": {"type": "string", "description": "In the body, as a JSON pointer."},
            "parameter": {"type": "string", "description": "In the query, by name."},
            "header": {"type": "string", "description": "In the headers, by name."},
            "code": {"type": "string", "description": "Stable, for programs."},
            "detail": {"type": "string", "description": "What to do, for people."},
        },
        "required": ["code", "detail"],
        "additionalProperties": False,
    },
    "Problem": {
        "type": "object",
        "description": "What went wrong (RFC 9457). Some codes add members of their own.",
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "code": {"type": "string", "description": "Stable, for programs."},
            "detail": {"type": "string", "description": "What to do, for people."},
            "request_id": {"type": "string", "description": "As in `X-Request-ID`."},
            "errors": {
                "type": "array",
                "items": {"$ref": "#/components/schemas/Fault"},
                "description": "With `invalid-request`: every fault at once.",
            },
        },
        "required": ["type", "title", "status", "code", "detail", "request_id"],
    },
}


def problem_schemas(errors: Iterable[type[DomainError]]) -> dict[str, Any]:
    """What a problem consists of, with the members that only some of the errors have."""
    own = {
        member: {"description": f"With `{error.code}`."}
        for error in errors
        for member in error.members
    }
    problem = _SCHEMAS["Problem"]
    return _SCHEMAS | {"Problem": problem | {"properties": problem["properties"] | own}}


def known_errors() -> dict[str, type[DomainError]]:
    """Every error that has a code, by its code; of several, the most general one."""
    by_code: dict[str, type[DomainError]] = {}
    for error in _descendants(DomainError):
        if hasattr(error, "code"):
            by_code.setdefault(error.code, error)
    return by_code


def _descendants(error: type[DomainError]) -> Iterator[type[DomainError]]:
    for child in error.__subclasses__():
        yield child
        yield from _descendants(child)


def usual_errors(path: str, method: str, operation: dict[str, Any]) -> Iterator[type[DomainError]]:
    """What an operation can answer because of what it is, not of what it does."""
    if path.startswith(OTHER_RULES):
        return
    yield from (MalformedQuery, Invalid, InternalError, ServiceUnavailable)
    if "{" in path:
        yield NoSuchPlace
    if any("content" in answer for answer in operation["responses"].values()):
        yield NotAcceptable
    if method in _WITH_BODY:
        yield from (MalformedJson, PayloadTooLarge)
        yield from (UnsupportedMediaType, UnsupportedContentEncoding)


def responses_for(errors: Iterable[type[DomainError]]) -> dict[str, dict[str, Any]]:
    """One response for each status, with an example of each error."""
    responses: dict[str, dict[str, Any]] = {}
    for error in dict.fromkeys(errors):
        status = status_of(error)
        response = responses.setdefault(str(status), _response(status))
        response["content"][MEDIA_TYPE]["examples"][error.code] = _example(error)
    return responses


def share(description: dict[str, Any]) -> None:
    """Write errors that several operations answer alike only once, under a name."""
    places = list(_problems_in(description))
    alike = Counter(name for name, _, _ in places)
    shared: dict[str, Any] = {}
    for name, responses, status in places:
        if alike[name] > 1:
            shared[name] = responses[status]
            responses[status] = {"$ref": f"#/components/responses/{name}"}
    description["components"]["responses"] = dict(sorted(shared.items()))


def _problems_in(description: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Each answer that is a problem: a name made of its codes, and where it stands."""
    for item in description["paths"].values():
        for operation in item.values():
            responses = operation["responses"] if isinstance(operation, dict) else {}
            for status, response in responses.items():
                problem = response.get("content", {}).get(MEDIA_TYPE)
                if problem is not None:
                    codes = problem["examples"]
                    yield "Or".join(map(_in_capitals, codes)), responses, status


def _in_capitals(code: str) -> str:
    return code.title().replace("-", "")


def _response(status: int) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    response: dict[str, Any] = {
        "description": HTTPStatus(status).phrase,
        "content": {MEDIA_TYPE: {"schema": schema, "examples": {}}},
    }
    if status in (429, 503):
        response["headers"] = {"Retry-After": {"$ref": "#/components/headers/Retry-After"}}
    return response


def _example(error: type[DomainError]) -> dict[str, Any]:
    """The problem as a caller who asked for no language gets it."""
    spoken = Language.INDONESIAN
    placed = [PlacedFault("pointer", "/nik", faults.REQUIRED)] if error is Invalid else []
    value = body_of(sample_of(error), spoken, request_id=_REQUEST_ID, faults=placed)
    return {"summary": error.title.in_(Language.ENGLISH), "value": value}


def sample_of(error: type[DomainError]) -> DomainError:
    """The error as it may happen, with made-up details."""
    sample = error.__new__(error)
    DomainError.__init__(sample, **_details(error))
    return sample


def _details(error: type[DomainError]) -> dict[str, Any]:
    """Something for each placeholder: the error's own ``sample``, or a small number."""
    names = {name for _, name, _, _ in Formatter().parse(error.detail.id) if name}
    return dict.fromkeys([*names, *error.members], 3) | getattr(error, "sample", {})
