"""Dividing NDJSON into rows while it arrives: one object per line."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from sys import getsizeof
from typing import Any

import orjson
import polars as pl

from models.driver import COLUMNS
from models.file_limits import MOST_LINES
from models.row_shapes import FIELD_TWICE, NOT_AN_OBJECT, NOT_PLAIN, UNKNOWN_FIELD
from services.enrolment.columns import IGNORED, plain_form, unknown
from services.enrolment.file_faults import NoRows, NotNdjson, NotUtf8, TooManyRows
from services.enrolment.rows import framed, portions
from services.errors import Invalid

_PLACE = {column: place for place, column in enumerate(COLUMNS)}
_NOTHING: Sequence[str | None] = [None] * len(COLUMNS)


def frames(text: io.TextIOWrapper) -> Iterator[pl.DataFrame]:
    """The rows in chunks; none that is empty.

    :raises Unreadable, TooLarge, Invalid: before the chunk that it concerns is given.
    """
    try:
        lines = _written(text)
        first = next(lines, None)
        if first is None:
            raise NoRows
        _refuse_other_names(first)
        yield from _frames(chain([first], lines))
    except UnicodeDecodeError as undecodable:
        raise NotUtf8 from undecodable


def _written(text: io.TextIOWrapper) -> Iterator[str]:
    """The lines that hold something."""
    for number, line in enumerate(text, start=1):
        if not line.isspace():
            yield line
        elif number > MOST_LINES:
            raise TooManyRows


def _refuse_other_names(first: str) -> None:
    """A name that is wrong in the first line is wrong in all of them: the sender wants to know it
    now, and not a million times."""
    try:
        row = orjson.loads(first)
    except orjson.JSONDecodeError as error:
        raise NotNdjson from error
    if not isinstance(row, dict):
        raise NotNdjson
    if faults := unknown(map(plain_form, row)):
        raise Invalid(*faults)


def _frames(lines: Iterable[str]) -> Iterator[pl.DataFrame]:
    read = map(_cells, lines)
    return portions(
        ((cells, fault, getsizeof("".join(filter(None, cells)))) for cells, fault in read), _framed
    )


def _framed(rows: list[Sequence[str | None]], faults: Mapping[int, str]) -> pl.DataFrame:
    return framed(list(zip(*rows, strict=True)), faults)


def _cells(line: str) -> tuple[Sequence[str | None], str | None]:
    """The cells in the order of ``COLUMNS``, and what is wrong with the row as such."""
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError:
        return _NOTHING, NOT_AN_OBJECT
    if not isinstance(row, dict):
        return _NOTHING, NOT_AN_OBJECT
    cells: list[str | None] = [None] * len(COLUMNS)
    fault = None
    for name, value in row.items():
        fault = _put(cells, name, value) or fault
    return cells, fault


def _put(cells: list[str | None], name: str, value: Any) -> str | None:
    place = _PLACE.get(name)
    if place is None:
        place = _PLACE.get(plain_form(name))
        if place is None:
            return None if plain_form(name) in IGNORED else UNKNOWN_FIELD
        if cells[place] is not None:
            return FIELD_TWICE
    if value is None or isinstance(value, str):
        cells[place] = value
        return None
    if isinstance(value, bool | list | dict):
        return NOT_PLAIN
    # A number beyond 64 bits, or written with a point, comes out as Python writes it: the rules
    # see that it was no text.
    cells[place] = repr(value)
    return None
