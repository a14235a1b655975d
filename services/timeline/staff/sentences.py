"""How it is said to our staff what happened to a worker."""

from collections.abc import Callable, Mapping

from models.merged_list import Details
from models.timeline.kind import TimelineKind
from models.timeline.staff.kind import StaffKind
from models.values.words import Words

StaffSentences = Mapping[TimelineKind | StaffKind, Words | Callable[[Details], Words]]
"""A sentence for each kind, or what chooses one by the details, which then fill it in. What it puts
in by itself must not look like a ``{name}``."""


def joined(*parts: Words | None) -> Words:
    """Sentences one after the other; None: there is nothing to say."""
    said = [part for part in parts if part is not None]
    return Words(" ".join(part.id for part in said), " ".join(part.en for part in said))


def number(value: int) -> Words:
    return Words(str(value), str(value))


def quoted(text: str) -> Words:
    """What somebody wrote, to stand as it is in a sentence that is still to be filled in."""
    written = text.replace("{", "{{").replace("}", "}}")
    return Words(written, written)
