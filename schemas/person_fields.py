"""The numbers that name a person or reach one, with what to do about a wrong one."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from models.values.faults import Fault
from models.values.nik import InvalidNik, Nik
from models.values.numerals import plain
from models.values.person_faults import NIK_FAULTS, NOT_A_NAME, PHONE_FAULTS
from models.values.phone import InvalidPhone, PhoneNumber
from models.values.words import Words
from schemas import faults
from schemas.fields import Field, Text

_SIX_DIGITS = re.compile(r"[0-9]{6}")


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

    named = NOT_A_NAME


NOT_A_CODE = Fault("not-a-code", Words("Kode terdiri dari 6 angka.", "The code has 6 digits."))
NIK_AS_NUMBER = Fault(
    "nik-as-number",
    Words(
        "Kirim NIK sebagai teks di antara tanda kutip: sebagai bilangan angkanya dapat hilang.",
        "Send the NIK as text, in quotes: as a number it may lose digits.",
    ),
)
