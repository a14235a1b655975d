"""Text as it is compared in a search: without case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = re.compile("[’‘ʼ´]")
_WORD = re.compile(r"[a-z0-9]+")


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text, in order, made of a-z and 0-9 only.

    ``Ma'rang`` is one word: apostrophes stand inside words. All other punctuation parts them.
    Letters of other scripts are left out; no name that we keep has any.
    """
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("'", text))
        text = "".join(c for c in decomposed if not unicodedata.combining(c))
    return tuple(_WORD.findall(text.replace("'", "").replace("`", "").lower()))


def squeezed(text: str) -> str:
    """All words of a text in one: ``Suka Maju`` and ``Sukamaju`` are the same name."""
    return "".join(folded_words(text))
