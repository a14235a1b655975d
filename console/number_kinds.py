"""Telling what kind of number somebody typed, where only one kind can be meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from models.values.audit import SearchedBy
from models.values.faults import FaultyValue
from models.values.nik import InvalidNik, Nik
from models.values.numerals import plain
from models.values.phone import InvalidPhone, PhoneNumber
from schemas.number_fields import read_member_number, read_registration_number

# Those whose form tells them from most other numbers.
_READERS: Mapping[SearchedBy, Callable[[str], Any]] = {
    SearchedBy.NIK: Nik.parse,
    SearchedBy.PHONE: PhoneNumber.parse,
    SearchedBy.MEMBER_NUMBER: read_member_number,
    SearchedBy.REGISTRATION_NUMBER: read_registration_number,
}
_NONE_OF_ITS_KIND = (InvalidNik, InvalidPhone, FaultyValue)
# Longer than any number of the above: with the service of the bank that gave it.
_ACCOUNT = re.compile(r"[0-9]{17,28}")
# A name is none.
_LETTERS_TOO = re.compile(r"(?=.*[A-Za-z])(?=.*[0-9])[!-~]{4,64}")


def kinds_of(text: str) -> tuple[SearchedBy, ...]:
    """What a text may be: one thing, several, or nothing that is known for certain.

    A bank's reference may have any form. One without a letter has to be said to be one, or what is
    mistyped would be looked for as one, and the officer be told that nobody is there.
    """
    found = tuple(kind for kind, read in _READERS.items() if _reads(read, text))
    if found:
        return found
    squeezed = plain(text)
    if _ACCOUNT.fullmatch(squeezed):
        return (SearchedBy.VIRTUAL_ACCOUNT_NO,)
    return (SearchedBy.BANK_REFERENCE,) if _LETTERS_TOO.fullmatch(squeezed) else ()


def _reads(read: Callable[[str], Any], text: str) -> bool:
    try:
        read(text)
    except _NONE_OF_ITS_KIND:
        return False
    return True
