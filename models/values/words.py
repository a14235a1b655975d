"""What we say to people, in the languages we speak."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    INDONESIAN = "id"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence in each language. ``{name}`` is filled in when it is said."""

    id: str
    en: str

    def in_(self, language: Language, **details: object) -> str:
        sentence = self.id if language is Language.INDONESIAN else self.en
        return sentence.format(**details) if details else sentence

    def with_(self, **parts: Words) -> Words:
        """The sentence with its ``{names}`` filled in, each in its language."""
        return Words(
            self.id.format(**{name: words.id for name, words in parts.items()}),
            self.en.format(**{name: words.en for name, words in parts.items()}),
        )
