"""Contribution months (bulan iuran): calendar months in Asia/Jakarta."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from models.values.jakarta import day_of, end_of_day, start_of_day

_WRITTEN = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


class InvalidMonth(ValueError):
    """The text is not a month written ``YYYY-MM``."""


@dataclass(frozen=True, order=True, slots=True)
class Month:
    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.year <= 9999 and 1 <= self.number <= 12):
            raise InvalidMonth("a month is 1 to 12 of a year 1 to 9999")

    @classmethod
    def parse(cls, text: str) -> Month:
        written = _WRITTEN.fullmatch(text)
        if written is None:
            raise InvalidMonth("write a month as YYYY-MM")
        return cls(int(written[1]), int(written[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def at(cls, instant: datetime) -> Month:
        """The Jakarta month in which an aware instant falls."""
        return cls.of(day_of(instant))

    @classmethod
    def _counted(cls, count: int) -> Month:
        return cls(count // 12, count % 12 + 1)

    @property
    def _count(self) -> int:
        return self.year * 12 + self.number - 1

    def __add__(self, months: int) -> Month:
        return self._counted(self._count + months)

    def minus(self, other: Month) -> int:
        """How many months later than the other this one is."""
        return self._count - other._count

    def span(self, months: int) -> Iterator[Month]:
        """This month and those after it, ``months`` in all."""
        return (self + n for n in range(months))

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return date.fromordinal((self + 1).first_day.toordinal() - 1)

    @property
    def starts_at(self) -> datetime:
        return start_of_day(self.first_day)

    @property
    def ends_at(self) -> datetime:
        """The first instant after the month."""
        return end_of_day(self.last_day)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"
