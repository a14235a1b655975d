"""The numbers that name a person or reach one, with what to do about a wrong one."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from models.values.nik import InvalidNik, Nik, NikFault
from models.values.numerals import plain
from models.values.phone import InvalidPhone, PhoneFault, PhoneNumber
from models.values.words import Words
from schemas import faults
from schemas.faults import Fault
from schemas.fields import Field, Text

_SIX_DIGITS = re.compile(r"[0-9]{6}")

NIK_FAULTS: Mapping[NikFault, Fault] = {
    NikFault.NOT_SIXTEEN_DIGITS: Fault(
        "nik-not-sixteen-digits",
        Words(
            "NIK terdiri dari tepat 16 angka. Salin dari KTP Anda.",
            "A NIK has exactly 16 digits. Copy it from the KTP.",
        ),
    ),
    NikFault.HAS_LETTERS: Fault(
        "nik-has-letters",
        Words(
            "NIK hanya berisi angka. Apakah huruf O terketik sebagai pengganti 0?",
            "A NIK has digits only. Was the letter O typed for 0?",
        ),
    ),
    NikFault.SPREADSHEET_NUMBER: Fault(
        "nik-spreadsheet-number",
        Words(
            "Excel mengubah NIK ini menjadi angka dan digitnya hilang. "
            "Ubah format kolom menjadi Teks, lalu isi lagi NIK-nya.",
            "Excel turned this NIK into a number and lost digits. "
            "Format the column as Text, then fill in the NIK again.",
        ),
    ),
    NikFault.UNKNOWN_PROVINCE: Fault(
        "nik-unknown-province",
        Words(
            "Dua angka pertama NIK bukan kode provinsi. Periksa lagi dengan KTP Anda.",
            "The first two digits are not the code of a province. Compare with the KTP.",
        ),
    ),
    NikFault.DISTRICT_ZERO: Fault(
        "nik-district-zero",
        Words(
            "Angka ke-5 dan ke-6 NIK tidak mungkin 00. Periksa lagi dengan KTP Anda.",
            "The 5th and 6th digits cannot be 00. Compare with the KTP.",
        ),
    ),
    NikFault.IMPOSSIBLE_BIRTH_DATE: Fault(
        "nik-impossible-birth-date",
        Words(
            "Angka ke-7 sampai ke-12 NIK bukan tanggal lahir yang ada. "
            "Periksa lagi dengan KTP Anda.",
            "The 7th to 12th digits are not a date of birth that exists. Compare with the KTP.",
        ),
    ),
    NikFault.SERIAL_ZERO: Fault(
        "nik-serial-zero",
        Words(
            "Empat angka terakhir NIK tidak mungkin 0000. Periksa lagi dengan KTP Anda.",
            "The last four digits cannot be 0000. Compare with the KTP.",
        ),
    ),
}

PHONE_FAULTS: Mapping[PhoneFault, Fault] = {
    PhoneFault.UNREADABLE: Fault(
        "phone-unreadable",
        Words(
            "Tulis nomor HP, misalnya 0813-5555-0123.",
            "Write a mobile number, such as 0813-5555-0123.",
        ),
    ),
    PhoneFault.HAS_LETTERS: Fault(
        "phone-has-letters",
        Words(
            "Nomor HP hanya berisi angka. Apakah huruf O terketik sebagai pengganti 0?",
            "A phone number has digits only. Was the letter O typed for 0?",
        ),
    ),
    PhoneFault.TOO_SHORT: Fault(
        "phone-too-short",
        Words("Nomor ini kurang panjang. Ada angka yang terlewat.", "Some digits are missing."),
    ),
    PhoneFault.TOO_LONG: Fault(
        "phone-too-long",
        Words(
            "Nomor ini terlalu panjang. Tulis satu nomor saja.",
            "This is too long. Write one number only.",
        ),
    ),
    PhoneFault.NOT_INDONESIAN: Fault(
        "phone-not-indonesian",
        Words(
            "Gunakan nomor HP Indonesia, yang dimulai dengan 08 atau +62.",
            "Use an Indonesian mobile number, which starts with 08 or +62.",
        ),
    ),
    PhoneFault.NOT_MOBILE: Fault(
        "phone-not-mobile",
        Words(
            "Nomor ini bukan nomor HP, jadi tidak dapat menerima pesan. Gunakan nomor HP.",
            "This is not a mobile number, so it cannot receive messages. Use a mobile one.",
        ),
    ),
}


class NikField(Field):
    """A NIK, as people type it. Only ever read: answers show it masked, as text."""

    published: ClassVar[Mapping[str, Any]] = {"type": "string", "examples": ["3273014507930001"]}

    def __init__(self, **options: Any) -> None:
        super().__init__(load_only=True, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> Nik:
        if type(value) in (int, float):
            raise self.refuse(NIK_AS_NUMBER)
        text = _typed(self, value)
        try:
            return Nik.parse(text)
        except InvalidNik as error:
            raise self.refuse(NIK_FAULTS[error.fault]) from error


class PhoneField(Field):
    """A mobile number, as people type it. Only ever read, like a NIK."""

    published: ClassVar[Mapping[str, Any]] = {"type": "string", "examples": ["0813-5555-0123"]}

    def __init__(self, **options: Any) -> None:
        super().__init__(load_only=True, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> PhoneNumber:
        text = _typed(self, value)
        try:
            return PhoneNumber.parse(text)
        except InvalidPhone as error:
            raise self.refuse(PHONE_FAULTS[error.fault]) from error


def _typed(field: Field, value: Any) -> str:
    if not isinstance(value, str):
        raise field.refuse(faults.NOT_TEXT)
    return value


class CodeField(Field):
    """The code of a message, as people type or paste it."""

    published: ClassVar[Mapping[str, Any]] = {"type": "string", "examples": ["482913"]}

    def __init__(self, **options: Any) -> None:
        super().__init__(load_only=True, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:
        code = plain(_typed(self, value))
        if not _SIX_DIGITS.fullmatch(code):
            raise self.refuse(NOT_A_CODE)
        return code


class NameField(Text):
    """A person's name or that of a place. It holds at least one letter, of any script."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:
        text = self.read(value)
        if not any(character.isalpha() for character in text):
            raise self.refuse(NOT_A_NAME)
        return text


NOT_A_CODE = Fault("not-a-code", Words("Kode terdiri dari 6 angka.", "The code has 6 digits."))
NIK_AS_NUMBER = Fault(
    "nik-as-number",
    Words(
        "Kirim NIK sebagai teks di antara tanda kutip: sebagai bilangan angkanya dapat hilang.",
        "Send the NIK as text, in quotes: as a number it may lose digits.",
    ),
)
NOT_A_NAME = Fault(
    "not-a-name", Words("Tulis namanya dengan huruf.", "Write the name with letters.")
)
