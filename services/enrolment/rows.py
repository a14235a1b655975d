"""Rows of cells as frames: whatever the file was, from here on it is the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from models.driver import COLUMNS
from models.row_shapes import TOO_FEW_CELLS, TOO_MANY_CELLS
from models.values.spreadsheet_text import KEPT_AS_TEXT
from services.enrolment.chunks import SHAPE_FAULT
from services.enrolment.columns import Layout

Column = Sequence[str | None]

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


def laid_out(rows: list[list[str]], layout: Layout) -> pl.DataFrame:
    """Rows in the order of their file, as a frame."""
    faults: dict[int, str] = {}
    if set(map(len, rows)) - {layout.width}:
        for place, row in enumerate(rows):
            if fault := _fitted(row, layout):
                faults[place] = fault
    columns = list(zip(*rows, strict=True))
    return framed([columns[position] for position in layout.positions], faults)


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
