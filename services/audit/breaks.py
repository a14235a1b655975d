"""What can be wrong with the chain that seals the audit, and the first place where it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain as one_after_another
from itertools import pairwise
from uuid import UUID

from services.audit.chain import START, Chain, Head, Link


class Fault(StrEnum):
    """Published, so none ever changes."""

    EVENT_CHANGED = "event_changed"
    EVENT_REMOVED = "event_removed"
    LINK_CHANGED = "link_changed"
    LINK_REMOVED = "link_removed"
    MISMATCH = "mismatch"
    """Event and link do not belong together, and nothing behind them tells which of them is wrong."""
    SEALED_TWICE = "sealed_twice"
    OTHER_HEAD = "other_head"
    SHORTENED = "shortened"
    NEVER_SEALED = "never_sealed"


@dataclass(frozen=True, kw_only=True)
class Break:
    """:param position: of the link that is wrong, or missing; None: it is about no link.
    :param many: how many events were never sealed; of all others 1.
    """

    fault: Fault
    position: int | None = None
    event_id: UUID | None = None
    many: int = 1


class Walk:
    """Walking along a chain, link by link, without keeping more than two of them.

    :param start: a head that is taken for good; the links are those behind it.
    :param twice: where an event stands that stands there before.
    :param expected: heads that were written down at other times.
    """

    def __init__(
        self,
        chain: Chain,
        *,
        start: Head = START,
        twice: int | None = None,
        expected: Sequence[Head] = (),
    ) -> None:
        self.head = start
        """Up to here all is well."""
        self._chain = chain
        self._twice = twice
        self._expected = expected

    def first_break(self, links: Iterable[Link]) -> Break | None:
        """The first place where it is broken; None: nowhere."""
        if broken := self._unexpected():
            return broken
        for link, following in _with_following(links):
            if broken := self._broken_at(link, following):
                return broken
            self.head = Head(link.position, link.digest)
            if broken := self._unexpected():
                return broken
        beyond = [head.position for head in self._expected if head.position > self.head.position]
        return Break(fault=Fault.SHORTENED, position=min(beyond)) if beyond else None

    def _unexpected(self) -> Break | None:
        """Whether another head was written down for where we are."""
        here = self.head.position
        if all(head == self.head for head in self._expected if head.position == here):
            return None
        return Break(fault=Fault.OTHER_HEAD, position=here)

    def _broken_at(self, link: Link, following: Link | None) -> Break | None:
        wanted = self.head.position + 1
        if link.position > wanted:
            return Break(fault=Fault.LINK_REMOVED, position=wanted)
        fault = self._fault_of(link, following)
        if fault is None:
            return None
        return Break(fault=fault, position=link.position, event_id=link.event_id)

    def _fault_of(self, link: Link, following: Link | None) -> Fault | None:
        if link.position == self._twice:
            return Fault.SEALED_TWICE
        if link.position <= self.head.position:
            return Fault.LINK_CHANGED
        if link.form is None:
            return Fault.EVENT_REMOVED
        digest = self._chain.digest(self.head.digest, link.form)
        return None if digest == link.digest else self._what_is_wrong(digest, link, following)

    def _what_is_wrong(self, digest: bytes, link: Link, following: Link | None) -> Fault:
        """The next link was made when both were right: the one that it fits is."""
        if following is None or following.form is None:
            return Fault.MISMATCH
        if self._chain.digest(digest, following.form) == following.digest:
            return Fault.LINK_CHANGED
        if self._chain.digest(link.digest, following.form) == following.digest:
            return Fault.EVENT_CHANGED
        return Fault.MISMATCH


def _with_following(links: Iterable[Link]) -> Iterator[tuple[Link, Link | None]]:
    """Each with the one behind it, None behind the last."""
    for link, following in pairwise(one_after_another[Link | None](links, (None,))):
        if link is not None:
            yield link, following
