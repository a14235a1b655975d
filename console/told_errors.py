"""What a refusal says, for a page that shows its form again."""

from __future__ import annotations

from typing import Any

from console.reach import ports
from models.values.spoken import spoken_instant
from models.values.words import Words
from services.errors import DomainError, TooMany

_AGAIN = Words("Anda dapat mencoba lagi pada {at}.", "You can try again on {at}.")


def sentences_of(error: DomainError) -> tuple[Words, ...]:
    """The first says what is so, those after it what to do."""
    parts = {name: _words(detail) for name, detail in error.details.items()}
    told = [error.title, error.detail.with_(**parts)]
    if isinstance(error, TooMany):
        told.append(_AGAIN.with_(at=spoken_instant(ports().clock.now() + error.retry_after)))
    return tuple(told)


def _words(detail: Any) -> Words:
    return detail if isinstance(detail, Words) else Words(str(detail), str(detail))
