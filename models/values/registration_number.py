"""The number a worker reads out to support from the first day on.

Eleven random digits and a check digit after Damm, which catches every single wrong digit
and every two neighbours swapped: the mistakes made on the phone.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum, auto

from models.values.numerals import plain

_TWELVE_DIGITS = re.compile(r"[1-9][0-9]{11}")
_FIRST, _HOW_MANY = 10**10, 9 * 10**10

# H. Michael Damm, "Total anti-symmetrische Quasigruppen" (2004): row is the digit so far,
# column the next digit. Zeros on the diagonal make a right number end in 0.
_QUASIGROUP = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


class RegistrationNumberFault(StrEnum):
    NOT_TWELVE_DIGITS = auto()
    MISTYPED = auto()


class InvalidRegistrationNumber(ValueError):
    """The text is not a registration number; ``fault`` tells a slip from another number."""

    def __init__(self, fault: RegistrationNumberFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True, repr=False)
class RegistrationNumber:
    """Twelve digits, the first not 0, the last a check digit.

    :raises InvalidRegistrationNumber: another length, or a digit that does not fit.
    """

    digits: str

    def __post_init__(self) -> None:
        if not _TWELVE_DIGITS.fullmatch(self.digits):
            raise InvalidRegistrationNumber(RegistrationNumberFault.NOT_TWELVE_DIGITS)
        if _check_digit(self.digits) != "0":
            raise InvalidRegistrationNumber(RegistrationNumberFault.MISTYPED)

    @classmethod
    def draw(cls, below: Callable[[int], int] = secrets.randbelow) -> RegistrationNumber:
        """A number that leads to no other. Whether it is free, the table says.

        :param below: gives a random number from 0 to one less than its argument.
        """
        stem = str(_FIRST + below(_HOW_MANY))
        return cls(stem + _check_digit(stem))

    @classmethod
    def parse(cls, text: str) -> RegistrationNumber:
        """Read it as typed, with whatever stands between its groups.

        :raises InvalidRegistrationNumber: not twelve digits, or mistyped.
        """
        return cls(plain(text))

    @property
    def grouped(self) -> str:
        """As printed and read out: ``5720-1846-3917``."""
        return "-".join(self.digits[start : start + 4] for start in (0, 4, 8))

    @property
    def masked(self) -> str:
        """Its last three digits only."""
        return "*" * 9 + self.digits[-3:]

    def __str__(self) -> str:
        return self.digits

    def __repr__(self) -> str:
        return f"RegistrationNumber({self.masked})"


def _check_digit(digits: str) -> str:
    """The digit that makes these complete; 0 where they already are."""
    so_far = "0"
    for digit in digits:
        so_far = _QUASIGROUP[int(so_far)][int(digit)]
    return so_far
