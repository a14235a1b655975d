"""The names that officers sign in with."""

from __future__ import annotations

import re
import unicodedata

from models.values.faults import Fault, FaultyValue
from models.values.text import trimmed
from models.values.words import Words

PATTERN = "[a-z0-9][a-z0-9.-]{2,31}"
_USERNAME = re.compile(PATTERN)
NOT_A_USERNAME = Fault(
    "not-a-username",
    Words(
        "Tulis 3 sampai 32 huruf kecil, angka, titik, atau tanda hubung, diawali huruf atau angka.",
        "Write 3 to 32 small letters, digits, dots or hyphens, beginning with a letter or digit.",
    ),
)


def fold_username(text: str) -> str:
    """What people type, as it is kept: without capitals, wide letters and spaces around it.

    Of what can be no username something is left as well, so that it can be told from other text.
    """
    # A lone surrogate is no character, and nothing can be reckoned from it.
    whole = text.encode("utf-8", "replace").decode()
    return trimmed(unicodedata.normalize("NFKC", whole)).casefold()


def is_username(folded: str) -> bool:
    return _USERNAME.fullmatch(folded) is not None


def read_username(text: str) -> str:
    """The username that somebody types.

    :raises FaultyValue: it is none.
    """
    folded = fold_username(text)
    if not is_username(folded):
        raise FaultyValue(NOT_A_USERNAME)
    return folded
