"""What we say to people, in the languages we speak."""

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
