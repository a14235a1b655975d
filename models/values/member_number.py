"""The member number (KPJ) that a worker gets with the first payment."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from models.values.numerals import plain

_ELEVEN_DIGITS = re.compile(r"[1-9][0-9]{10}")
# Begins with 1 to 5: no mobile number does, and some have eleven digits too.
_FIRST, _HOW_MANY = 10**10, 5 * 10**10


class InvalidMemberNumber(ValueError):
    """The text is not a member number; it is not repeated here."""


@dataclass(frozen=True, slots=True, repr=False)
class MemberNumber:
    """Eleven digits, kept as text. The first is never 0, which spreadsheets would drop.

    :raises InvalidMemberNumber: anything else.
    """

    digits: str

    def __post_init__(self) -> None:
        if not _ELEVEN_DIGITS.fullmatch(self.digits):
            raise InvalidMemberNumber("a member number has eleven digits, the first not 0")

    @classmethod
    def draw(cls, below: Callable[[int], int] = secrets.randbelow) -> MemberNumber:
        """A number that cannot be guessed from any other. Whether it is free, the table says.

        :param below: gives a random number from 0 to one less than its argument.
        """
        return cls(str(_FIRST + below(_HOW_MANY)))

    @classmethod
    def parse(cls, text: str) -> MemberNumber:
        """Read it as typed, with spaces, dots or hyphens between groups.

        :raises InvalidMemberNumber: not eleven digits.
        """
        return cls(plain(text))

    @property
    def masked(self) -> str:
        """Its last three digits only."""
        return "*" * 8 + self.digits[-3:]

    def __str__(self) -> str:
        return self.digits

    def __repr__(self) -> str:
        return f"MemberNumber({self.masked})"
