"""What can be wrong with a value, in words that say what to do.

A fault never repeats the value: answers are logged by phones and proxies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from models.values.words import Language, Words


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to put right. ``code`` is published and stays as it is."""

    code: str
    words: Words
    details: Mapping[str, Any] = field(default_factory=dict)

    def with_(self, **details: Any) -> Fault:
        return replace(self, details=details)

    def said_in(self, language: Language) -> str:
        return self.words.in_(language, **self.details)

    @property
    def said(self) -> Words:
        """The sentence in each language, with its details filled in."""
        return Words(*(self.said_in(language) for language in Language))


class FaultyValue(ValueError):
    """The value cannot be accepted. It is not repeated here."""

    def __init__(self, fault: Fault, **details: Any) -> None:
        super().__init__(fault.code)
        self.fault = fault.with_(**details) if details else fault


REQUIRED = Fault("required", Words("Wajib diisi.", "This is required."))
TOO_SHORT = Fault(
    "too-short",
    Words("Tulis paling sedikit {minimum} karakter.", "Write at least {minimum} characters."),
)
TOO_LONG = Fault(
    "too-long",
    Words("Tulis paling banyak {maximum} karakter.", "Write at most {maximum} characters."),
)
BLANK = Fault("blank", Words("Tidak boleh kosong.", "This cannot be blank."))
UNPRINTABLE = Fault(
    "unprintable-character",
    Words(
        "Ada karakter yang tidak dapat dicetak. Ketik ulang isian ini.",
        "It holds a character that cannot be printed. Type it again.",
    ),
)
NOT_THIS_FORM = Fault(
    "wrong-form",
    Words("Bentuk penulisannya tidak sesuai.", "It is not written in the form asked for."),
)
NOT_WHOLE = Fault(
    "not-a-whole-number", Words("Tulis sebagai bilangan bulat.", "Write a whole number.")
)
TOO_SMALL = Fault("too-small", Words("Paling kecil {minimum}.", "The least is {minimum}."))
TOO_LARGE = Fault("too-large", Words("Paling besar {maximum}.", "The most is {maximum}."))
NOT_A_DAY = Fault(
    "not-a-date",
    Words(
        "Tulis tanggal yang ada, sebagai YYYY-MM-DD.", "Write a date that exists, as YYYY-MM-DD."
    ),
)
NOT_AN_INSTANT = Fault(
    "not-an-instant",
    Words(
        "Tulis waktu beserta zonanya, misalnya 2026-11-22T09:00:00+07:00.",
        "Write a time with its offset, such as 2026-11-22T09:00:00+07:00.",
    ),
)
NOT_A_CHOICE = Fault(
    "not-a-choice", Words("Pilih salah satu: {choices}.", "Choose one of: {choices}.")
)
