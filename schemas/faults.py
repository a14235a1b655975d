"""What can be wrong with a value that was sent, in words that say what to do.

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


REQUIRED = Fault("required", Words("Wajib diisi.", "This is required."))
NULL = Fault("null", Words("Tidak boleh kosong (null).", "This cannot be null."))
INVALID = Fault(
    "invalid", Words("Nilai ini tidak dapat diterima.", "This value cannot be accepted.")
)
UNKNOWN = Fault(
    "unknown",
    Words(
        "Isian ini tidak dikenal. Hapus, atau periksa ejaannya.",
        "There is no such field here. Remove it, or check its spelling.",
    ),
)
REPEATED = Fault(
    "repeated", Words("Hanya boleh disebut satu kali.", "This may be given only once.")
)
NOT_AN_OBJECT = Fault("not-an-object", Words("Kirim sebuah objek JSON.", "Send a JSON object."))
NOT_A_LIST = Fault("not-a-list", Words("Kirim sebuah daftar.", "Send a list."))
TOO_FEW = Fault("too-few", Words("Isi paling sedikit {minimum}.", "Give at least {minimum}."))
TOO_MANY = Fault("too-many", Words("Isi paling banyak {maximum}.", "Give at most {maximum}."))
NOT_TEXT = Fault("not-text", Words("Tulis sebagai teks.", "Write this as text."))
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
NOT_A_FLAG = Fault("not-true-or-false", Words("Tulis true atau false.", "Write true or false."))
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
NOT_A_MONTH = Fault(
    "not-a-month", Words("Tulis bulan sebagai YYYY-MM.", "Write a month as YYYY-MM.")
)
NOT_AN_EMAIL = Fault(
    "not-an-email",
    Words(
        "Tulis alamat e-mail, misalnya nama@contoh.id.",
        "Write an e-mail address, such as name@example.id.",
    ),
)
NOT_A_POSTAL_CODE = Fault(
    "not-a-postal-code", Words("Kode pos terdiri dari 5 angka.", "A postal code has 5 digits.")
)
NOT_AN_ID = Fault(
    "not-an-id",
    Words("Kirim id persis seperti yang diterima.", "Send the id exactly as it was given."),
)
NOT_A_CHOICE = Fault(
    "not-a-choice", Words("Pilih salah satu: {choices}.", "Choose one of: {choices}.")
)
CURSOR = Fault(
    "not-a-cursor",
    Words(
        "Gunakan next_cursor dari halaman sebelumnya, tanpa diubah.",
        "Use the next_cursor of the page before, unchanged.",
    ),
)
