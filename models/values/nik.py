"""The 16-digit population number (NIK) that every Indonesian resident holds.

``PPRRDD ddmmyy SSSS``: province, regency and district of first issue, day of birth (plus 40
for women), month, two-digit year, and a serial from 0001. It has no check digit and never
changes, so its region says nothing about where the holder lives today.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from models.values.numerals import plain
from models.values.sex import Sex

# Kepmendagri 300.2.2-2138/2025. A new province is a new law and a new line here.
_PROVINCE_BLOCKS = ((11, 19), (21, 21), (31, 36), (51, 53), (61, 65), (71, 76), (81, 82), (91, 96))
PROVINCES = frozenset(
    str(code) for first, last in _PROVINCE_BLOCKS for code in range(first, last + 1)
)

_SIXTEEN_DIGITS = re.compile(r"[0-9]{16}")
# What a spreadsheet makes of a NIK: 3.27E+15 shown, 3174010101900001.0 exported.
_SPREADSHEET_NUMBER = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,2}|[0-9]{16}[.,]0{1,2}")
_WOMEN_ADD_TO_DAY = 40
_WORKING_AGES = range(17, 101)


class NikFault(StrEnum):
    NOT_SIXTEEN_DIGITS = auto()
    HAS_LETTERS = auto()
    SPREADSHEET_NUMBER = auto()
    UNKNOWN_PROVINCE = auto()
    DISTRICT_ZERO = auto()
    IMPOSSIBLE_BIRTH_DATE = auto()
    SERIAL_ZERO = auto()


class InvalidNik(ValueError):
    """The text is not a NIK; ``fault`` says what is wrong, without repeating the text."""

    def __init__(self, fault: NikFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True, repr=False)
class Nik:
    """A NIK that could exist. Whether it does, the population registry decides.

    :raises InvalidNik: the digits break a rule that no NIK breaks.
    """

    digits: str

    def __post_init__(self) -> None:
        if not _SIXTEEN_DIGITS.fullmatch(self.digits):
            raise InvalidNik(NikFault.NOT_SIXTEEN_DIGITS)
        if self.province_code not in PROVINCES:
            raise InvalidNik(NikFault.UNKNOWN_PROVINCE)
        if self.digits[4:6] == "00":
            raise InvalidNik(NikFault.DISTRICT_ZERO)
        # Every 29 February of the 1900s also exists a hundred years later, and that
        # of 2000 only there: the 2000s allow whatever either century allows.
        if _day(2000 + self.birth_year, self.birth_month, self.birth_day) is None:
            raise InvalidNik(NikFault.IMPOSSIBLE_BIRTH_DATE)
        if self.serial == "0000":
            raise InvalidNik(NikFault.SERIAL_ZERO)

    @classmethod
    def parse(cls, text: str) -> Nik:
        """Read a NIK as people type it: grouped by spaces, dots or hyphens, or full-width.

        An apostrophe in front, as spreadsheets want it before digits kept as text, is
        dropped too.

        :raises InvalidNik: with one fault, the first that applies.
        """
        if _SPREADSHEET_NUMBER.fullmatch(text.strip()):
            raise InvalidNik(NikFault.SPREADSHEET_NUMBER)
        typed = plain(text).removeprefix("'")
        if any(character.isalpha() for character in typed):
            raise InvalidNik(NikFault.HAS_LETTERS)
        return cls(typed)

    @property
    def province_code(self) -> str:
        return self.digits[:2]

    @property
    def regency_code(self) -> str:
        """Dotted, as in the tables of areas: ``32.01``."""
        return f"{self.digits[:2]}.{self.digits[2:4]}"

    @property
    def district_code(self) -> str:
        """Dotted, as in the tables of areas: ``32.01.05``."""
        return f"{self.digits[:2]}.{self.digits[2:4]}.{self.digits[4:6]}"

    @property
    def sex(self) -> Sex:
        return Sex.FEMALE if int(self.digits[6:8]) > _WOMEN_ADD_TO_DAY else Sex.MALE

    @property
    def birth_day(self) -> int:
        """Day of the month, 1 to 31, for women and men alike."""
        day = int(self.digits[6:8])
        return day - _WOMEN_ADD_TO_DAY if day > _WOMEN_ADD_TO_DAY else day

    @property
    def birth_month(self) -> int:
        return int(self.digits[8:10])

    @property
    def birth_year(self) -> int:
        """The last two digits of the year, 0 to 99: the century is not in a NIK."""
        return int(self.digits[10:12])

    @property
    def serial(self) -> str:
        return self.digits[12:]

    def birth_date(self, on: date) -> date:
        """The birth date, in the century that makes the holder of working age on that day.

        Of the two latest centuries the one that gives an age of 17 to 100. Where neither
        does (a child of 9 could only be 109), the younger: children are far likelier than
        people of that age.
        """
        possible = self._possible_birth_dates(on)
        working = [born for born in possible if _age(born, on) in _WORKING_AGES]
        return max(working or [born for born in possible if born <= on] or possible)

    def _possible_birth_dates(self, on: date) -> list[date]:
        this_century = on.year - on.year % 100 + self.birth_year
        days = (
            _day(year, self.birth_month, self.birth_day)
            for year in (this_century, this_century - 100)
        )
        return [day for day in days if day is not None]

    @property
    def masked(self) -> str:
        """Its last two digits only, for screens that must not show it."""
        return "*" * 14 + self.digits[-2:]

    def __str__(self) -> str:
        return self.digits

    def __repr__(self) -> str:
        return f"Nik({self.masked})"


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _age(born: date, on: date) -> int:
    """Completed years; negative before birth."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
