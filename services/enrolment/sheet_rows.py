"""Dividing the first sheet of a workbook into rows, every cell as text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

import polars as pl

from models.file_limits import (
    LONGEST_LINE,
    MOST_SHARED_TEXT,
    MOST_SHEET_BYTES,
    MOST_SHEET_ROWS,
)
from services.enrolment.columns import layout_of
from services.enrolment.file_faults import (
    FileTooLarge,
    HoldsNul,
    LineTooLong,
    NoRows,
    SheetTooLong,
)
from services.enrolment.rows import laid_out, size_of
from services.enrolment.sheet_values import TRUTH, Strings, Styles, number_written
from services.enrolment.workbook import MOST_UNPACKED, Attributes, Workbook, opened, readable

# A cell further to the right counts as the one here: the row is too long in either case.
_MOST_COLUMNS = 64
_LONGEST_NUMBER = 10
_LETTERS = re.compile(r"[A-Z]{1,3}")


@dataclass(frozen=True)
class SheetLimits:
    """How much of a workbook is taken.

    :param size: in bytes, as it is; so are ``unpacked`` and ``texts``, those that its cells share.
    """

    rows: int
    size: int
    unpacked: int
    texts: int


SENT = SheetLimits(
    rows=MOST_SHEET_ROWS,
    size=MOST_SHEET_BYTES,
    unpacked=MOST_UNPACKED,
    texts=MOST_SHARED_TEXT,
)
"""Of one that is sent to us, by whoever it is."""


def frames(blocks: Iterable[bytes], limits: SheetLimits = SENT) -> Iterator[pl.DataFrame]:
    """The rows in chunks; none that is empty.

    :raises Unreadable, TooLarge, Invalid: before the chunk that it concerns is given.
    """
    book = opened(_whole(blocks, limits.size), limits.unpacked)
    rows = _rows(book, limits.texts)
    header = next(rows, None)
    if header is None:
        raise NoRows
    layout = layout_of(header)
    drivers = filter(layout.counts, (_wide(row, layout.width) for row in rows))
    count = 0
    for frame in laid_out(drivers, layout):
        count += frame.height
        if count > limits.rows:
            raise SheetTooLong
        yield frame


def _wide(row: list[str], width: int) -> list[str]:
    """The cells at the end of a row are not written where they are empty."""
    row.extend([""] * (width - len(row)))
    return row


def _whole(blocks: Iterable[bytes], most: int) -> IO[bytes]:
    data = io.BytesIO()
    for block in blocks:
        if data.tell() + len(block) > most:
            raise FileTooLarge
        data.write(block)
    return data


def _rows(book: Workbook, most_text: int) -> Iterator[list[str]]:
    """Each row that is not empty."""
    with readable():
        strings, styles = Strings(most_text), Styles()
        for part, reader in ((book.strings, strings), (book.styles, styles)):
            if part is not None:
                for _ in book.parsed(part, reader, large=reader is strings):
                    pass
        sheet = _Sheet(strings, styles.dates, book.from_1904)
        for _ in book.parsed(book.sheet, sheet, large=True):
            yield from filter(any, sheet.taken())


class _Sheet:
    """Reads the cells.

    :raises LineTooLong: a few of them can say what many share, so a short file can be a long one.
    """

    def __init__(self, strings: Strings, dates: list[bool], from_1904: bool) -> None:
        self._strings, self._dates, self._from_1904 = strings, dates, from_1904
        self._done: list[list[str]] = []
        self._row: list[str] = []
        self._number, self._room = 0, LONGEST_LINE
        self._column = 0
        self._kind, self._is_date = "n", False
        self._parts: list[str] = []
        self._taking = False

    def taken(self) -> list[list[str]]:
        done, self._done = self._done, []
        return done

    def start(self, name: str, told: Attributes) -> None:
        if name == "row":
            self._row, self._room = [], LONGEST_LINE
            self._number = _number_of(told.get("r", ""), self._number + 1)
        elif name == "c":
            self._column = _column_of(told.get("r"), len(self._row))
            self._kind, self._parts = told.get("t", "n"), []
            style = int(told.get("s", "0"))
            self._is_date = style < len(self._dates) and self._dates[style]
        self._taking = name in ("v", "t")

    def end(self, name: str) -> None:
        self._taking = False
        if name == "c":
            self._put(self._value("".join(self._parts)))
        elif name == "row":
            if size_of("".join(self._row)) > LONGEST_LINE:
                raise LineTooLong(line=self._number)
            self._done.append(self._row)

    def text(self, text: str) -> None:
        if self._taking:
            self._room -= len(text)
            if self._room < 0:
                raise LineTooLong(line=self._number)
            self._parts.append(text)

    def _put(self, value: str) -> None:
        if "\0" in value:
            raise HoldsNul
        row = self._row
        if value:
            row.extend([""] * (self._column + 1 - len(row)))
            row[self._column] = value
        elif len(row) == self._column < _MOST_COLUMNS:
            # So that a cell without an address stands behind an empty one.
            row.append("")

    def _value(self, written: str) -> str:
        match self._kind:
            case "s":
                return self._strings[int(written)] if written else ""
            case "b":
                return TRUTH.get(written, written)
            case "n" if written:
                return number_written(written, is_date=self._is_date, from_1904=self._from_1904)
        return written


def _number_of(written: str, next_one: int) -> int:
    return int(written) if written.isdecimal() and len(written) < _LONGEST_NUMBER else next_one


def _column_of(address: str | None, next_one: int) -> int:
    """From 0. A cell without an address stands behind the one before."""
    letters = _LETTERS.match(address or "")
    if letters is None:
        return min(next_one, _MOST_COLUMNS)
    number = 0
    for letter in letters[0]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return min(number - 1, _MOST_COLUMNS)
