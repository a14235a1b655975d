"""The reference under which a bank took a payment, as it stands on the payer's slip."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.values.numerals import plain
from models.values.text import trimmed

# SNAP BI: ``referenceNo`` has at most 64 characters.
_TYPED = re.compile(r"[ -~]{1,64}")
_SQUEEZED = re.compile(r"[!-~]{4,64}")


class InvalidBankReference(ValueError):
    """The text cannot be a bank's reference; it is not repeated here."""


@dataclass(frozen=True, slots=True)
class BankReference:
    """:param typed: without the spaces around it. Banks write references as they like, and we keep
    them as they came.
    :raises InvalidBankReference: too short or too long, or with characters that ASCII has not.
    """

    typed: str

    def __post_init__(self) -> None:
        if not (_TYPED.fullmatch(self.typed) and _SQUEEZED.fullmatch(self.squeezed)):
            raise InvalidBankReference("not a bank's reference")

    @classmethod
    def parse(cls, text: str) -> BankReference:
        """Read it as copied from a slip: with spaces, dots or hyphens between its parts or not, in
        any case.

        :raises InvalidBankReference: as the constructor.
        """
        return cls(trimmed(text))

    @property
    def squeezed(self) -> str:
        """The same for every way of typing it."""
        return plain(self.typed).upper()

    @property
    def forms(self) -> tuple[str, ...]:
        """How the bank may have written it."""
        as_typed, squeezed = self.typed, plain(self.typed)
        both = (as_typed, squeezed)
        spelled = (*both, *(each.upper() for each in both), *(each.lower() for each in both))
        return tuple(dict.fromkeys(spelled))

    def __str__(self) -> str:
        return self.squeezed
