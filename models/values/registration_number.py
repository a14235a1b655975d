"""The number a worker reads out to support from the first day on.

Eleven random digits and a check digit after Damm, which catches every single wrong digit
and every two neighbours swapped: the mistakes made on the phone.

The first digit is 1 to 5. Mobile numbers begin with 0, 8 or 62, and may have twelve digits too: so
nobody who types either is ever asked which of the two it is.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum, auto

from models.values.numerals import plain

_TWELVE_DIGITS = re.compile(r"[1-5][0-9]{11}")
_FIRST, _HOW_MANY = 10**10, 5 * 10**10
# So many that none of the numbers is likelier than another by more than one in a thousand million.
_NOISE_BYTES = 9

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
_BASE = ord("0")
# Row by row: what stands for a digit so far and the next one is found at ten times the first plus
# the second.
_NEXT = bytes(int(digit) for row in _QUASIGROUP for digit in row)


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
    """Twelve digits, the first 1 to 5, the last a check digit.

    :raises InvalidRegistrationNumber: another length or beginning, or a digit that does not fit.
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

        :raises InvalidRegistrationNumber: not twelve digits that begin with 1 to 5, or mistyped.
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


def draw_many(many: int, noise: Callable[[int], bytes] = secrets.token_bytes) -> list[str]:
    """The digits of as many numbers as ``RegistrationNumber.draw`` would give, for whole files.

    :param noise: gives that many random bytes.
    """
    drawn = noise(_NOISE_BYTES * many)
    stems = (
        str(_FIRST + int.from_bytes(drawn[at : at + _NOISE_BYTES]) % _HOW_MANY)
        for at in range(0, len(drawn), _NOISE_BYTES)
    )
    return [stem + _check_digit(stem) for stem in stems]


def _check_digit(digits: str) -> str:
    """The digit that makes these complete; 0 where they already are."""
    so_far = 0
    for digit in digits.encode():
        so_far = _NEXT[10 * so_far + digit - _BASE]
    return str(so_far)
