"""Rows of cells as frames: whatever the file was, from here on it is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from sys import getsizeof
from typing import TypeVar

import polars as pl

from models.driver import COLUMNS
from models.row_shapes import TOO_FEW_CELLS, TOO_MANY_CELLS
from models.values.spreadsheet_text import KEPT_AS_TEXT
from services.enrolment.chunks import ROWS, SHAPE_FAULT, TEXT
from services.enrolment.columns import Layout

Column = Sequence[str | None]
Row = TypeVar("Row")

_ALL = pl.col(COLUMNS)


def framed(columns: Sequence[Column], faults: Mapping[int, str]) -> pl.DataFrame:
    """:param columns: the cells of each of ``COLUMNS``, in that order.
    :param faults: what is wrong with the shape of a row, by its place."""
    frame = pl.DataFrame(
        [pl.Series(name, cells, pl.String) for name, cells in zip(COLUMNS, columns, strict=True)]
    )
    told = pl.Series([faults.get(place) for place in range(frame.height)], dtype=pl.String)
    empty_is_null = pl.when(_ALL != "").then(_ALL)
    return frame.select(empty_is_null, told.alias(SHAPE_FAULT))


def as_written(frame: pl.DataFrame) -> pl.DataFrame:
    """Without the apostrophe that keeps a cell a text in spreadsheets."""
    marked = frame.select(pl.any_horizontal(_ALL.str.starts_with("'").any())).item()
    return frame.with_columns(_ALL.str.replace(KEPT_AS_TEXT, "$1")) if marked else frame


def laid_out(rows: Iterable[list[str]], layout: Layout) -> Iterator[pl.DataFrame]:
    """Rows in the order of their file, as the frames of its chunks."""

    def frame_of(rows: list[list[str]], faults: Mapping[int, str]) -> pl.DataFrame:
        columns = list(zip(*rows, strict=True))
        return as_written(framed([columns[position] for position in layout.positions], faults))

    width = layout.width
    # Fitted as they come: of a row that is nothing but separators there is little left to hold.
    fitted = (
        (row, _fitted(row, layout) if len(row) != width else None, getsizeof("".join(row)))
        for row in rows
    )
    return portions(fitted, frame_of)


def portions(
    rows: Iterable[tuple[Row, str | None, int]],
    frame_of: Callable[[list[Row], Mapping[int, str]], pl.DataFrame],
) -> Iterator[pl.DataFrame]:
    """As many rows at a time as make a chunk.

    :param rows: each with what is wrong with its shape, and how many bytes its text takes here: a
        single rare character makes all others of a text four times as large.
    """
    held: list[Row] = []
    faults: dict[int, str] = {}
    size = 0
    for row, fault, more in rows:
        if fault is not None:
            faults[len(held)] = fault
        held.append(row)
        size += more
        if len(held) == ROWS or size >= TEXT:
            frame = frame_of(held, faults)
            # Let go before the next ones are read.
            held, faults, size = [], {}, 0
            yield frame
    if held:
        yield frame_of(held, faults)


def size_of(text: str) -> int:
    """In bytes, as UTF-8."""
    return len(text) if text.isascii() else len(text.encode())


def _fitted(row: list[str], layout: Layout) -> str | None:
    """Give the row its width, and say what was wrong with it.

    Nothing moves to another column. What is too much is added to the last known cell, so that
    the row is as wrong when it is sent again.
    """
    while len(row) > layout.width and not row[-1]:
        row.pop()
    if len(row) < layout.width:
        row.extend([""] * (layout.width - len(row)))
        return TOO_FEW_CELLS
    if len(row) > layout.width:
        last = max(layout.positions)
        row[last] = ",".join([row[last], *row[layout.width :]])
        del row[layout.width :]
        return TOO_MANY_CELLS
    return None
