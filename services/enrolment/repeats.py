"""Which NIKs came before in the same file.

A set of a million numbers takes 66 MB, and more while it grows. This table takes 12 MB, and holds
nothing but the numbers.
"""

from __future__ import annotations

import secrets
from array import array

import polars as pl

from models.values.nik import InvalidNik, Nik
from services.enrolment.chunks import REPEATED

# Primes.
_SIZES = (16_411, 65_537, 262_147, 1_500_007)
_FULL = 0.7
_64_BITS = (1 << 64) - 1
_FREE = 0  # no NIK is: no province is 00


class SeenNiks:
    """An open-addressing table: a number stands in the first free place from its own on.

    Its own follows from a factor that is drawn for each file: NIKs that count on from each other
    would otherwise stand in one long row, which every further one would have to walk along, and
    somebody could choose them so. Multiplied once, one factor in three hundred leaves such a row.
    """

    def __init__(self) -> None:
        self._factor = secrets.randbits(64) | 1
        self._sizes = iter(_SIZES)
        self._count = 0
        self._make_room()

    def marked(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The next rows of the file, with those marked whose NIK came in an earlier row."""
        numbers = frame.select(_numbers()).to_series().to_list()
        for place, written in _otherwise_written(frame):
            numbers[place] = _number(written)
        repeated = [number is not None and self._came_before(number) for number in numbers]
        return frame.with_columns(pl.Series(REPEATED, repeated, pl.Boolean))

    def _came_before(self, number: int) -> bool:
        if not self._add(number):
            # What is no NIK is no one's: a file may hold 3171000000000000 a thousand times.
            return _is_nik(number)
        if self._count > self._room:
            self._grow()
        return False

    def _add(self, number: int) -> bool:
        """Whether it was not there."""
        table, size = self._table, self._size
        once = number * self._factor & _64_BITS
        place = ((once ^ once >> 32) * self._factor & _64_BITS) % size
        while (there := table[place]) != _FREE:
            if there == number:
                return False
            place = place + 1 if place + 1 < size else 0
        table[place] = number
        self._count += 1
        return True

    def _make_room(self) -> None:
        self._size = next(self._sizes)
        self._room = int(self._size * _FULL)
        self._table = array("Q", [_FREE]) * self._size

    def _grow(self) -> None:
        """:raises StopIteration: never: a file has fewer rows than the largest table has room."""
        before = self._table
        self._make_room()
        self._count = 0
        for number in before:
            if number != _FREE:
                self._add(number)


def _numbers() -> pl.Expr:
    nik = pl.col("nik")
    return pl.when(nik.str.contains(r"^[1-9][0-9]{15}$")).then(nik).cast(pl.UInt64)


def _otherwise_written(frame: pl.DataFrame) -> list[tuple[int, str]]:
    """With spaces, dots, in full width: rare, and read as the rules read them."""
    return (
        frame.select("nik")
        .with_row_index("place")
        .filter(pl.col("nik").is_not_null() & ~pl.col("nik").str.contains(r"^[0-9]{16}$"))
        .rows()
    )


def _number(written: str) -> int | None:
    try:
        return int(Nik.parse(written).digits)
    except InvalidNik:
        return None


def _is_nik(number: int) -> bool:
    return _number(str(number)) is not None
