"""Dividing CSV into rows while it arrives.

By the standard library's reader, in its strict way: polars' own fails on the whole file for one
lone quotation mark, and cuts long rows without a word.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import polars as pl

from models.driver import COLUMNS
from models.file_limits import LONGEST_LINE, MOST_LINES
from services.enrolment.columns import Layout, layout_of
from services.enrolment.file_faults import (
    HeaderMissing,
    LineTooLong,
    NoRows,
    NotUtf8,
    QuoteNotClosed,
    SeparatedByTabs,
    TooManyRows,
)
from services.enrolment.rows import laid_out, size_of

# A value with more lines than this is no address: a quotation mark was left open.
_MOST_LINES_IN_A_ROW = 50


def frames(text: io.TextIOWrapper) -> Iterator[pl.DataFrame]:
    """The rows in chunks; none that is empty.

    :raises Unreadable, TooLarge, Invalid: before the chunk that it concerns is given.
    """
    try:
        yield from _frames(text)
    except UnicodeDecodeError as undecodable:
        raise NotUtf8 from undecodable


def _frames(text: io.TextIOWrapper) -> Iterator[pl.DataFrame]:
    first, above = _first_line(text)
    separator = _separator_of(first)
    layout = layout_of(_names(first, separator))
    reader = csv.reader(text, delimiter=separator, strict=True)
    yield from laid_out(_records(reader, layout, separator, above), layout)


def _first_line(text: io.TextIOWrapper) -> tuple[str, int]:
    """The first line that is not empty, and the number of its line."""
    for number, line in enumerate(text, start=1):
        if line.strip():
            return line, number
    raise NoRows


def _separator_of(first: str) -> str:
    separator = max(",;", key=first.count)
    if first.count("\t") > first.count(separator):
        raise SeparatedByTabs
    return separator


def _names(first: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([first], delimiter=separator, strict=True))
    except csv.Error as error:
        raise HeaderMissing from error


def _records(reader: Any, layout: Layout, separator: str, above: int) -> Iterator[list[str]]:
    """Each row that counts. Spreadsheets leave empty ones at the end, and nobody is in them.

    :param above: how many lines stand above what is read.
    """
    before = 0
    try:
        for record in reader:
            lines = reader.line_num - before
            if lines > 1:
                _refuse_swallowed(record, separator, above + before + 1, lines)
            before = reader.line_num
            if layout.counts(record):
                yield record
            elif before > MOST_LINES:
                raise TooManyRows
    except csv.Error as error:
        raise QuoteNotClosed(line=above + before + 1) from error


def _refuse_swallowed(record: list[str], separator: str, line: int, lines: int) -> None:
    """A quotation mark that was left open takes in whole rows, up to the next one; or so much that
    it is longer than a row may be, though none of its lines is."""
    separators = len(COLUMNS) - 1
    if lines > _MOST_LINES_IN_A_ROW or any(
        ("\n" in cell or "\r" in cell) and cell.count(separator) >= separators for cell in record
    ):
        raise QuoteNotClosed(line=line)
    if size_of("".join(record)) > LONGEST_LINE:
        raise LineTooLong(line=line)
