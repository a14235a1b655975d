"""A worker's timeline as a page shows it: by days, with what a payment came to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from console.speech import Said
from console.words.timeline import ALL, KINDS, OF_A_PAYMENT, TIMELINE, TOPICS, UNTOLD
from models.bank_call import BankService
from models.timeline.kind import TimelineKind
from models.timeline.staff.kind import StaffKind
from models.timeline.staff.sources import fields_of
from models.timeline.staff.topic import Topic
from models.values.access import AccessReason
from models.values.audit import AuditAction
from models.values.channel import DeliveryState
from models.values.jakarta import day_of
from models.values.permission import Permission, may
from models.values.words import Words
from services.callers import StaffCaller
from services.timeline.for_staff import StaffEntry, StaffPage
from services.timeline.messages import CHANNELS

_LOOKS = (AuditAction.LOOKED_UP, AuditAction.VIEWED_WORKER, AuditAction.VIEWED_TIMELINE)


@dataclass(frozen=True)
class Line:
    """:param looks: those that it stands for, where it is more than one; newest first."""

    entry: StaffEntry
    looks: Sequence[StaffEntry] = ()


def shown(
    found: StaffPage, officer: StaffCaller, reason: AccessReason, path: str, topic: str
) -> Mapping[str, Any]:
    """What the template of a timeline asks for.

    :param path: of the worker's page for this reason.
    :param topic: that was chosen, or ``ALL``.
    """
    return {
        "t": Said(TIMELINE),
        "days": _days(found.items),
        "older": found.next_after,
        "topics": TOPICS,
        "topic": topic,
        "untold": _untold(found, topic),
        "reason": reason,
        "path": path,
        "mark": mark,
        "may_repeat": may_repeat if may(officer.role, Permission.RESEND) else _never,
        "channels": CHANNELS,
    }


def _untold(found: StaffPage, topic: str) -> list[Words]:
    """What the thread does not tell for this reason, or its silence would say that nothing happened."""
    of_it = fields_of(None if topic == ALL else Topic(topic))
    return [UNTOLD[each] for each in found.withheld if each in of_it]


def _days(entries: Sequence[StaffEntry]) -> list[tuple[date, list[Line]]]:
    by_day = groupby(entries, key=lambda entry: day_of(entry.at))
    return [(day, list(_lines(happened))) for day, happened in by_day]


def _lines(entries: Iterable[StaffEntry]) -> Iterator[Line]:
    """Looks that follow each other are one line: what happened must not drown in who read it."""
    for looks, run in groupby(entries, key=_is_look):
        found = list(run)
        if looks and len(found) > 1:
            yield Line(found[0], looks=found)
        else:
            yield from map(Line, found)


def _is_look(entry: StaffEntry) -> bool:
    return entry.kind == StaffKind.STAFF_ACTION and entry.details["action"] in _LOOKS


def of_a_payment(entries: Iterable[StaffEntry]) -> StaffEntry | None:
    """The newest that says whether money has come."""
    return next((entry for entry in entries if _is_of_a_payment(entry)), None)


def _is_of_a_payment(entry: StaffEntry) -> bool:
    if entry.kind == StaffKind.BANK_CALL_REFUSED:
        # A question that was turned away says nothing of money, least of all that there is none.
        return entry.details["service"] is BankService.PAYMENT
    return entry.kind in OF_A_PAYMENT


def mark(entry: StaffEntry) -> str:
    """Of what kind it is for the eye: good, warn, bad, or nothing."""
    details = entry.details
    if details.get("delivery") is DeliveryState.FAILED and not details.get("called_off"):
        return "bad"
    return KINDS.get(entry.kind, "")


def may_repeat(entry: StaffEntry) -> bool:
    """Whether it is a message that could be sent again."""
    if entry.kind != TimelineKind.MESSAGE_SENT or entry.details["called_off"]:
        return False
    return entry.details["delivery"] is not DeliveryState.QUEUED


def _never(_: StaffEntry) -> bool:
    return False
