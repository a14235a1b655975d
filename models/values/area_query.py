"""What people type when they look for the place where they live."""

from __future__ import annotations

from dataclasses import dataclass

from models.values.folding import folded_words

# What a place is, as written before its name. In a search they say nothing: people mix
# them up, and three quarters of all areas are a desa. "Kota" is not here: names hold it.
_KINDS = frozenset(
    {"provinsi", "propinsi", "prov", "kabupaten", "kab", "kecamatan", "kec", "distrik"}
    | {"kelurahan", "kel", "desa", "ds"}
    # "DKI Jakarta" and "DI Yogyakarta" for names that are written out; "di" is "in", too.
    | {"dki", "di"}
)
# A village, its district, its regency and its province, each of two words.
_MOST_WORDS = 8
# In characters. No word of a tsquery may have more than 2,046 bytes.
_LONGEST = 100
# Thousands of names begin with any two letters: too many to be an answer, too many to rank.
_TELLING_LENGTH = 4


@dataclass(frozen=True, slots=True)
class AreaQuery:
    """A search text, read: :meth:`parse` makes it. Its words are folded, so they can stand in
    a tsquery as they are.

    :param typed: all words; ``words``: without those that only name a kind of area, unless
        there are no others.
    """

    typed: tuple[str, ...]
    words: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> AreaQuery | None:
        """``None`` if the text holds no letter or digit to search by."""
        typed = folded_words(text[:_LONGEST])[:_MOST_WORDS]
        if not typed:
            return None
        telling = tuple(word for word in typed if word not in _KINDS)
        return cls(typed, telling or typed)

    @property
    def whole_name(self) -> str:
        """The squeezed name that it is, if the kind of area belongs to the name."""
        return "".join(self.typed)

    @property
    def beginning(self) -> str:
        """What the squeezed names begin with that it may spell out."""
        return "".join(self.words)

    @property
    def all_words(self) -> str:
        """A tsquery: every word of one of the readings, or a longer one that begins with it."""
        return " | ".join(
            " & ".join(f"{word}:*" for word in dict.fromkeys(reading)) for reading in self._readings
        )

    @property
    def any_word(self) -> str:
        """A tsquery to find candidates by: one word or another, short ones only if whole."""
        words = dict.fromkeys(word for reading in self._readings for word in reading)
        return " | ".join(f"{word}:*" if len(word) >= _TELLING_LENGTH else word for word in words)

    @property
    def _readings(self) -> list[tuple[str, ...]]:
        """The words as typed, and with two neighbours as one: ``suka maju`` is ``sukamaju``."""
        words = self.words
        pairs = range(len(words) - 1)
        joined = [(*words[:n], words[n] + words[n + 1], *words[n + 2 :]) for n in pairs]
        return [words, *joined]
