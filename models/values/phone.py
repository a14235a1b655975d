"""Mobile numbers of Indonesia, kept in E.164.

A number is a way to reach somebody, not a proof of who they are: operators hand out
abandoned numbers again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum, auto

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from models.values.numerals import LONGEST_TYPED, plain

_PARENTHESES = dict.fromkeys(map(ord, "()（）"))
_DIALLED = re.compile(r"(\+|00)?([0-9]+)")
# The mobile ranges of the national numbering plan, no matter which operator. A short cut
# for what nearly everybody types: phonenumbers, asked about the rest, takes 25 us.
_SURELY_MOBILE = re.compile(r"\+628[1-35-9][0-9]{7,10}")
_SHORTEST, _LONGEST = 9, 12
# What a spreadsheet makes of a number: 8.12E+10 shown, 6281234567890.0 exported.
# Nobody parts the last 0 of a number from the rest by a dot, and from nothing else.
_SPREADSHEET_NUMBER = re.compile(
    r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,2}|(?:62)?8[0-9]{7,}[.,]0{1,2}"
)


class PhoneFault(StrEnum):
    """Each asks something else of the person: type it again, or give another number."""

    UNREADABLE = auto()
    HAS_LETTERS = auto()
    SPREADSHEET_NUMBER = auto()
    TOO_SHORT = auto()
    TOO_LONG = auto()
    NOT_INDONESIAN = auto()
    NOT_MOBILE = auto()


class InvalidPhone(ValueError):
    """The text is not a number we can send a message to; it is not repeated here."""

    def __init__(self, fault: PhoneFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True, repr=False)
class PhoneNumber:
    """``+62`` and 9 to 12 digits.

    :raises InvalidPhone: not the E.164 form of an Indonesian mobile number.
    """

    e164: str

    def __post_init__(self) -> None:
        if _SURELY_MOBILE.fullmatch(self.e164):
            return
        if not self.e164.startswith("+62"):
            raise InvalidPhone(PhoneFault.NOT_INDONESIAN)
        if not is_mobile(self.e164):
            raise InvalidPhone(_fault_of(self.e164[3:]))

    @classmethod
    def parse(cls, text: str) -> PhoneNumber:
        """Read a number as typed: ``0812-...``, ``+62 (0) 812 ...``, ``62812...``, ``0062...``.

        Letters are never read as digits, and no number is refused for its operator's prefix.

        :raises InvalidPhone: with the one fault to tell the person.
        """
        if len(text) > LONGEST_TYPED:
            raise InvalidPhone(PhoneFault.TOO_LONG)
        if _SPREADSHEET_NUMBER.fullmatch(text.strip()):
            # Before dots are taken for grouping: the 0 would become a digit of another number.
            raise InvalidPhone(PhoneFault.SPREADSHEET_NUMBER)
        typed = plain(text).translate(_PARENTHESES)
        dialled = _DIALLED.fullmatch(typed)
        if dialled is None:
            raise InvalidPhone(_why_unreadable(typed))
        return cls("+62" + _national(dialled[2], abroad=dialled[1] is not None))

    @property
    def prefix(self) -> str:
        """What a block of numbers begins with: ``+62`` and the three digits of an operator."""
        return self.e164[:6]

    @property
    def national(self) -> str:
        """Without the country's code, and without the 0 that is dialled in its place."""
        return self.e164[3:]

    @property
    def masked(self) -> str:
        """Its last three digits only. The stars do not tell the length."""
        return f"+62*******{self.e164[-3:]}"

    def __str__(self) -> str:
        return self.e164

    def __repr__(self) -> str:
        return f"PhoneNumber({self.masked})"


def is_mobile(e164: str) -> bool:
    """What the numbering plan, as ``phonenumbers`` keeps it, says of an E.164 number."""
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return False
    return (
        phonenumbers.number_type(number) == PhoneNumberType.MOBILE
        and phonenumbers.format_number(number, PhoneNumberFormat.E164) == e164
    )


def _national(digits: str, *, abroad: bool) -> str:
    """The digits after the country code, without the 0 that is dialled inside the country.

    :param abroad: whether ``+`` or ``00`` stood in front, so that a country code follows.
    """
    if abroad and digits.startswith("0"):
        raise InvalidPhone(PhoneFault.UNREADABLE)
    if abroad and not digits.startswith("62"):
        raise InvalidPhone(PhoneFault.NOT_INDONESIAN)
    # Many keep the 0 behind the country code: +62 (0) 812, 620812.
    return digits.removeprefix("62").removeprefix("0")


def _why_unreadable(typed: str) -> PhoneFault:
    letters = any(character.isalpha() for character in typed)
    return PhoneFault.HAS_LETTERS if letters else PhoneFault.UNREADABLE


def _fault_of(national: str) -> PhoneFault:
    if not re.fullmatch(r"[1-9][0-9]*", national):
        return PhoneFault.UNREADABLE
    if re.match(r"80|[1-79]", national):
        return PhoneFault.NOT_MOBILE
    if len(national) < _SHORTEST:
        return PhoneFault.TOO_SHORT
    return PhoneFault.TOO_LONG if len(national) > _LONGEST else PhoneFault.NOT_MOBILE
