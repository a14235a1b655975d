"""How it is said what happened to a worker."""

from collections.abc import Callable, Mapping

from models.merged_list import Details
from models.timeline.kind import TimelineKind
from models.values.words import Words

Sentences = Mapping[TimelineKind, Words | Callable[[Details], Words]]
"""A sentence for each kind, or what chooses one by the details, which then fill it in."""
