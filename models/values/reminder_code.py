"""The code in a reminder: typed into the app, it takes its worker to what there is to pay."""

from __future__ import annotations

from dataclasses import dataclass

from models.values.numerals import plain

_LENGTH = 8
# Crockford's: no I, L, O and U, which look like others. And no other vowel, so that no word comes
# about by chance.
_ALPHABET = "0123456789BCDFGHJKMNPQRSTVWXYZ"
_MEANT = str.maketrans("OIL", "011")


class InvalidReminderCode(ValueError):
    """The text is not such a code; it is not repeated here."""


@dataclass(frozen=True, slots=True, repr=False)
class ReminderCode:
    """Eight letters and digits.

    :raises InvalidReminderCode: anything else.
    """

    text: str

    def __post_init__(self) -> None:
        if len(self.text) != _LENGTH or not set(self.text) <= set(_ALPHABET):
            raise InvalidReminderCode("a code of a reminder has eight letters and digits")

    @classmethod
    def of(cls, digest: bytes) -> ReminderCode:
        """The code that a keyed digest stands for."""
        number = int.from_bytes(digest)
        places = (number // len(_ALPHABET) ** place for place in range(_LENGTH))
        return cls("".join(_ALPHABET[place % len(_ALPHABET)] for place in places))

    @classmethod
    def parse(cls, text: str) -> ReminderCode:
        """Read it as typed: in small letters, in groups, with an O for a zero or an I for a one.

        :raises InvalidReminderCode: not eight letters and digits.
        """
        typed = plain(text)
        return cls(typed.upper().translate(_MEANT) if typed.isascii() else "")

    @property
    def grouped(self) -> str:
        """As it is written: ``7KQ4-XM2P``."""
        return f"{self.text[:4]}-{self.text[4:]}"

    def __repr__(self) -> str:
        return "ReminderCode(...)"
