"""A source of the timeline."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from models.merged_list import Details, Source
from models.timeline.kind import TimelineKind
from models.timeline.staff.kind import StaffKind


def nothing_more(_: Details) -> Details:
    return {}


@dataclass(frozen=True, kw_only=True)
class Happening(Source):
    """What can happen to a worker, and where that stands.

    :param about: for whoever writes an app; published.
    :param unpublished: the names of those details that only choose our words.
    :param derived: what follows from the details, and is told with them.
    :param derives: the names of these.
    """

    kind: TimelineKind | StaffKind
    about: str
    unpublished: Collection[str] = ()
    derived: Callable[[Details], Details] = nothing_more
    derives: tuple[str, ...] = ()

    @property
    def published(self) -> tuple[str, ...]:
        """The names of the details that are told."""
        told = (name for name in self.details if name not in self.unpublished)
        return (*told, *self.derives)

    def read(self, details: Details) -> Details:
        known = super().read(details)
        return known | self.derived(known)
