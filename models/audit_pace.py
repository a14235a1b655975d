"""How often one officer may look at workers' data. Whoever sells look-ups needs many of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from models.audit_event import AuditEvent
from models.policy import Policy
from models.values.audit import AuditAction

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
Pace = tuple[tuple[int, timedelta], ...]
"""So many in any such time."""

LOOK_UPS: Policy[Pace] = Policy(
    ((15, MINUTE), (150, HOUR), (600, DAY)),
    since=date(2026, 11, 25),
    basis="A call takes some four minutes and two or three tries: 40 an hour, 300 a day. A quick "
    "officer is never stopped, and a list of numbers takes months.",
)
VIEWS: Policy[Pace] = Policy(
    ((20, MINUTE), (200, HOUR), (800, DAY)),
    since=date(2026, 11, 25),
    basis="As LOOK_UPS, with room to go back to a record during the same call.",
)
REVEALS: Policy[Pace] = Policy(
    ((6, MINUTE), (40, HOUR), (120, DAY)),
    since=date(2026, 11, 25),
    basis="Most calls need nothing in clear: what a caller says is compared by looking it up. So "
    "many are far more than a day's identity cases.",
)


@dataclass(frozen=True)
class Paced:
    """:param refusal: the code under which being too quick is on record."""

    action: AuditAction
    policy: Policy[Pace]
    refusal: str

    @property
    def most(self) -> int:
        """How many of the latest decide."""
        return max(count for count, _ in self.policy.value)


def again_at(taken: Sequence[datetime], pace: Pace, now: datetime) -> datetime:
    """The earliest instant, now or later, for the next one.

    :param taken: when the latest ones were, newest first, as many as the longest count.
    """
    instants = [taken[count - 1] + time for count, time in pace if len(taken) >= count]
    return max([now, *instants])


def select_taken(account_id: UUID, paced: Paced, now: datetime) -> Select[datetime]:
    """When an officer last did it, in vain or not, newest first; but for what was too quick."""
    longest = max(time for _, time in paced.policy.value)
    return (
        select(AuditEvent.at)
        .where(
            _by(account_id, paced),
            AuditEvent.at > now - longest,
            or_(AuditEvent.refusal.is_(None), AuditEvent.refusal != paced.refusal),
        )
        .order_by(AuditEvent.at.desc())
        .limit(paced.most)
    )


def select_noted_refusal(account_id: UUID, paced: Paced, since: datetime) -> Select[UUID]:
    """Whether it is on record that an officer was too quick, since they last were not."""
    return (
        select(AuditEvent.id)
        .where(_by(account_id, paced), AuditEvent.at >= since, AuditEvent.refusal == paced.refusal)
        .limit(1)
    )


def hold_officer(account_id: UUID) -> Select[object]:
    """Wait for other looks of the same officer: of two at once, the later one is counted second."""
    return select(func.pg_advisory_xact_lock(_LOOKING, func.hashtext(str(account_id))))


_LOOKING = 24_004


def _by(account_id: UUID, paced: Paced) -> ColumnElement[bool]:
    return and_(AuditEvent.account_id == account_id, AuditEvent.action == paced.action)
