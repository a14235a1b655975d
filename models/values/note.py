"""What an officer notes for the auditor: free words, in which nobody's number may stand."""

from __future__ import annotations

import re

from models.values.faults import Fault, FaultyValue
from models.values.readings import TextForm
from models.values.words import Words

LONGEST = 500
MOST_DIGITS = 5
"""In a row. A NIK, a phone, a member number and an account are all longer, and so is their half."""

NUMBER_IN_NOTE = Fault(
    "number-in-note",
    Words(
        "Jangan tulis NIK, nomor HP, atau nomor lain di catatan. Sebut hari dan jumlah uang dengan "
        "kata, misalnya 25 November atau 172 ribu.",
        "Write no NIK, phone or other number in the note. Put days and amounts into words, such as "
        "25 November or 172 thousand.",
    ),
)
_FORM = TextForm(LONGEST, lines=True)
# Whatever people put between the digits of a number, and what cannot be seen there. Digits of any
# script: what is refused need not be one of ours.
_BETWEEN = r"[\s.,\-/()_\u00ad\u00b7\u200b-\u2015\u2060\u2212\ufeff\ufe63\uff0d\uff0e]{0,3}"
_NUMBER = re.compile(rf"\d(?:{_BETWEEN}\d){{{MOST_DIGITS}}}")


def read_note(text: str) -> str:
    """The note, without the spaces around it.

    :raises FaultyValue: it is blank or too long, or holds a number.
    """
    note = _FORM.read(text)
    if _NUMBER.search(note):
        raise FaultyValue(NUMBER_IN_NOTE)
    return note
