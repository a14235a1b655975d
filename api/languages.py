"""Which language an answer is in."""

from functools import lru_cache

from flask import request

from api.preferences import quality
from models.values.words import Language

# Longer than any browser's or phone's list of languages.
_LONGEST_HEADER = 400


def language() -> Language:
    """The caller's language: what ``Accept-Language`` likes best of what we speak."""
    return preferred(request.environ.get("HTTP_ACCEPT_LANGUAGE", ""))


def preferred(accept_language: str) -> Language:
    """Indonesian unless the header ranks English above it."""
    if not accept_language or len(accept_language) > _LONGEST_HEADER:
        return Language.INDONESIAN
    return _ranked(accept_language)


@lru_cache(maxsize=256)
def _ranked(accept_language: str) -> Language:
    qualities: dict[str, float] = {}
    for part in accept_language.split(","):
        tag, _, parameters = part.partition(";")
        primary = tag.strip().lower().partition("-")[0]
        qualities[primary] = max(qualities.get(primary, 0.0), quality(parameters))
    # "in" is what older Androids still call Indonesian.
    others = qualities.get("*", 0.0)
    indonesian = max(qualities.get("id", others), qualities.get("in", 0.0))
    english = qualities.get("en", others)
    return Language.ENGLISH if english > indonesian else Language.INDONESIAN
