"""Turning query and body into values, strictly, with every fault at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import parse_qsl

import marshmallow as ma

from api.bodies import JSON_LIMIT, read_json
from api.refusals import MalformedQuery
from api.request import Request
from models.values.faults import Fault
from models.values.plain_name import tellable
from models.values.words import Language
from schemas import faults
from schemas.base import Nothing

_MOST_FAULTS = 100
_MOST_PARAMETERS = 100


@dataclass(frozen=True, slots=True)
class PlacedFault:
    """A fault and where it is: ``place`` is ``pointer``, ``parameter`` or ``header``."""

    place: str
    name: str
    fault: Fault

    def said_in(self, language: Language) -> dict[str, str]:
        return {
            self.place: self.name,
            "code": self.fault.code,
            "detail": self.fault.said_in(language),
        }


class Faulty(Exception):
    """The request can be read but some of its values cannot be accepted."""

    def __init__(self, placed: list[PlacedFault]) -> None:
        super().__init__("faulty request")
        self.placed = placed


class ReadsPart(Protocol):
    """What reads one part of a request."""

    def read(self, request: Request) -> Any:
        """:raises Faulty: with every fault of this part."""

    def faults(self, request: Request) -> list[PlacedFault]: ...


def read_before(later: Sequence[ReadsPart], part: ReadsPart, request: Request) -> Any:
    """What one part of a request says.

    :param later: what reads the other parts. It is heard only if this one is faulty, because then
        nobody else will.
    :raises Faulty: with every fault of the request.
    """
    try:
        return part.read(request)
    except Faulty as faulty:
        rest = [fault for each in later for fault in each.faults(request)]
        raise Faulty([*faulty.placed, *rest]) from None


class Reader:
    """Reads one part of a request with one schema, made once.

    :param location: ``json`` or ``query``.
    :param limit: the most bytes of a body.
    :param required: whether there must be a body; without, it is read as ``{}``.
    """

    def __init__(
        self,
        schema: ma.Schema,
        location: str,
        *,
        limit: int = JSON_LIMIT,
        required: bool = True,
    ) -> None:
        self.schema, self.location = schema, location
        self.limit, self.required = limit, required

    def read(self, request: Request) -> Any:
        """What the schema makes of it.

        :raises Faulty: with every fault of this part.
        """
        request.understood.add(self.location)
        if self.location == "query":
            return self._loaded(*query_of(request))
        document = read_json(request, limit=self.limit, optional=not self.required)
        return self._loaded(document, [])

    def faults(self, request: Request) -> list[PlacedFault]:
        try:
            self.read(request)
        except Faulty as faulty:
            return faulty.placed
        return []

    def _loaded(self, raw: Any, placed: list[PlacedFault]) -> Any:
        try:
            value = self.schema.load(raw)
        except ma.ValidationError as error:
            known = self.schema.load_fields
            placed = [*placed, *_placed(error.messages, self.location, known)]
        if placed:
            raise Faulty(placed[:_MOST_FAULTS])
        return value


_NO_QUERY = Reader(Nothing(), "query")
_NO_BODY = Reader(Nothing(), "json", required=False)
_WITHOUT_BODY = ("GET", "HEAD")


class Leftovers:
    """Comes after all readers: what none has asked for must not be there."""

    def read(self, request: Request) -> None:
        """:raises Faulty: something is there."""
        if faulty := self.faults(request):
            raise Faulty(faulty)

    def faults(self, request: Request) -> list[PlacedFault]:
        faulty = []
        if request.query_string and "query" not in request.understood:
            faulty += _NO_QUERY.faults(request)
        if "json" not in request.understood and request.method not in _WITHOUT_BODY:
            faulty += _NO_BODY.faults(request)
        return faulty


LEFTOVERS = Leftovers()


def query_of(request: Request) -> tuple[dict[str, str], list[PlacedFault]]:
    """The query's values by name, and a fault for each name given twice.

    :raises MalformedQuery: it is not percent-encoded UTF-8, or endless.
    """
    query: dict[str, str] = {}
    repeated = []
    if request.query_string:
        for name, value in _pairs(request.query_string):
            if name in query:
                repeated.append(PlacedFault("parameter", tellable(name), faults.REPEATED))
            query[name] = value
    return query, repeated


def _pairs(query_string: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            query_string.decode(),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_PARAMETERS,
        )
    except ValueError as error:
        raise MalformedQuery from error


def _placed(messages: Any, location: str, known: Mapping[str, Any]) -> Iterator[PlacedFault]:
    place = "pointer" if location == "json" else "parameter"
    for path, fault in _leaves(messages, ()):
        if location == "json":
            yield PlacedFault(place, "".join(f"/{_told(step)}" for step in path), fault)
        else:
            yield PlacedFault(place, tellable(path[0]) if path else "", fault)


def _leaves(messages: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Fault]]:
    """Every fault with the way to it. marshmallow nests them by field and index."""
    if isinstance(messages, dict):
        for step, inner in messages.items():
            yield from _leaves(inner, path if step == "_schema" else (*path, step))
    elif isinstance(messages, list):
        for inner in messages:
            yield from _leaves(inner, path)
    else:
        # Text is marshmallow's own and may hold the value that was sent.
        yield path, messages if isinstance(messages, Fault) else faults.INVALID


def _told(step: Any) -> str:
    return str(step) if isinstance(step, int) else tellable(step)
