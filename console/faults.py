"""What is wrong with a form, by its fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from models.values.words import Words
from services.errors import Invalid

Faults = Mapping[str, Words]
"""The first fault of each field, by its name in the form."""


def faults_of(refused: Invalid) -> Faults:
    return dict(_by_field(refused))


def _by_field(refused: Invalid) -> Iterator[tuple[str, Words]]:
    # Backwards, so that the first one stays.
    for fault in reversed(refused.faults):
        yield fault.pointer.strip("/").partition("/")[0], fault.words
