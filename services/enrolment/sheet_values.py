"""What a cell of a sheet says, as somebody who types it as text would write it."""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from models.file_limits import LONGEST_LINE
from services.enrolment.file_faults import FileTooLarge
from services.enrolment.workbook import Attributes

# ECMA-376, 18.8.30: the formats that a workbook need not describe.
_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NO_LETTERS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_DATE_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)
# The 1900 system takes 1900 for a leap year; from March on it is right with this first day.
_FIRST_DAY, _FIRST_DAY_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_SERIAL = 2_958_465  # 9999-12-31
_SECONDS_A_DAY = 86_400
# A number has 15 good digits in a spreadsheet, so that those of more are made up.
_GOOD_DIGITS = 15
_BEYOND = Decimal(10) ** _GOOD_DIGITS
_LONGEST_NUMBER = 40


class Styles:
    """Reads which styles of cells show a date."""

    def __init__(self) -> None:
        self.dates: list[bool] = []
        self._by_number: dict[int, bool] = {}
        self._in_cells = False

    def start(self, name: str, told: Attributes) -> None:
        if name == "numFmt":
            code = _NO_LETTERS.sub("", told["formatCode"])
            self._by_number[int(told["numFmtId"])] = bool(_DATE_LETTERS.search(code))
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            number = int(told.get("numFmtId", "0"))
            self.dates.append(self._by_number.get(number, number in _BUILT_IN_DATES))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False

    def text(self, text: str) -> None: ...


class Strings:
    """Reads the texts that the cells share.

    They are kept end to end: a text by itself takes several times the room that it has in the file.

    :param most: how many bytes may be kept.
    :raises FileTooLarge: there is more.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._text = bytearray()
        self._ends = array("I")
        self._parts: list[str] = []
        self._room = 0
        self._taking = False
        self._spoken = False

    def __getitem__(self, number: int) -> str:
        """:raises IndexError: there is none of this number."""
        end = self._ends[number]
        return self._text[self._ends[number - 1] if number else 0 : end].decode()

    def start(self, name: str, told: Attributes) -> None:
        if name == "si":
            self._parts, self._room = [], LONGEST_LINE + 1
        elif name == "rPh":  # how to say it, for readers of Japanese
            self._spoken = True
        self._taking = name == "t" and not self._spoken

    def end(self, name: str) -> None:
        self._taking = False
        if name == "rPh":
            self._spoken = False
        elif name == "si":
            self._text += "".join(self._parts).encode()
            self._ends.append(len(self._text))
            if len(self._text) + len(self._ends) * self._ends.itemsize > self._most:
                raise FileTooLarge

    def text(self, text: str) -> None:
        # It may stand in no row: so one that is too long is not refused, but cut where that shows.
        if self._taking and self._room > 0:
            self._parts.append(text[: self._room])
            self._room -= len(text)


def number_written(value: str, *, is_date: bool, from_1904: bool) -> str:
    """A number as its text: a day as ``YYYY-MM-DD``, a whole one without a point, and one of more
    than 15 digits as ``3.27E+15``, because that is what is left of it."""
    plainly_whole = value.isascii() and value.isdigit() and len(value) < _GOOD_DIGITS
    if len(value) > _LONGEST_NUMBER or (plainly_whole and not is_date):
        return value
    try:
        number = Decimal(value)
        if not number.is_finite():
            return value
    except InvalidOperation:
        return value
    if is_date and 0 < number < _LAST_SERIAL:
        return _day_written(number, _FIRST_DAY_1904 if from_1904 else _FIRST_DAY)
    if abs(number) >= _BEYOND:
        return f"{number.normalize():E}"
    return f"{number:f}" if number != number.to_integral_value() else str(int(number))


def _day_written(serial: Decimal, first_day: datetime) -> str:
    instant = first_day + timedelta(seconds=round(serial * _SECONDS_A_DAY))
    return instant.date().isoformat() if serial == int(serial) else instant.isoformat()


TRUTH: Mapping[str, str] = {"1": "TRUE", "0": "FALSE"}
