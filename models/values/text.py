"""Free text: what may be stored at all, and when two names are the same."""

import re
import unicodedata

# NUL and lone surrogates cannot be stored by PostgreSQL; other control characters break
# files, logs and terminals; marks of writing direction make a screen show another text.
_UNPRINTABLE = (
    "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069"
    "\\ud800-\\udfff\\ufffe\\uffff"
)
_UNREADABLE_LINE = re.compile(f"[{_UNPRINTABLE}\\t\\n\\r]")
_UNREADABLE_LINES = re.compile(f"[{_UNPRINTABLE}]")

_APOSTROPHES = re.compile("['`´‘’ʻʼʹ′＇]")
_WORDS = re.compile(r"[^\W_]+")


def readable(text: str, *, lines: bool = False) -> bool:
    """Whether a text can be stored and shown: no NUL, lone surrogate or control character.

    :param lines: allow line breaks and tabs too, as in an address.
    """
    unreadable = _UNREADABLE_LINES if lines else _UNREADABLE_LINE
    return unreadable.search(text) is None


def trimmed(text: str) -> str:
    """Without what cannot be seen around it: spaces and format characters, such as the
    zero-width ones that come along when text is copied. Of a blank text nothing is left."""
    if text.isascii():
        return text.strip()
    start, end = 0, len(text)
    while start < end and _invisible(text[start]):
        start += 1
    while start < end and _invisible(text[end - 1]):
        end -= 1
    return text[start:end]


def _invisible(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) == "Cf"


def fold_name(text: str) -> str:
    """The form in which two spellings of one name are equal; for comparison, never for show.

    Case, accents and apostrophes go; other punctuation and spaces become one space:
    ``MA'RUF, Siti-Nurhaliza`` and ``maruf  siti nurhaliza`` fold to the same. A text without
    a letter or digit folds to nothing, and is no name.
    """
    spelled = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    if not spelled.isascii():
        # Folding can compose and decomposing can fold (Unicode 3.13, D146): twice.
        spelled = unicodedata.normalize("NFKD", spelled.casefold())
        # And "ŉ" has turned into an apostrophe and an n.
        spelled = _APOSTROPHES.sub("", "".join(filter(_spoken, spelled)))
    return " ".join(_WORDS.findall(spelled.casefold()))


def _spoken(character: str) -> bool:
    """Not an accent, nor an invisible joiner."""
    return unicodedata.category(character) not in {"Mn", "Me", "Cf"}
