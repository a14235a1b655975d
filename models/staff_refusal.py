"""Wrong tries at officers' passwords and codes, and until when nobody may try again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Delete, Index, Interval, ScalarSelect, Select, delete, func, literal, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.columns import Instant
from models.policy import Policy
from models.staff_session import has_worked_from
from models.values.ids import new_id

TRIES = Policy(
    5,
    since=date(2026, 11, 25),
    basis="Wrong tries at one name from one network address within TRIES_WINDOW. A slip of the "
    "finger, a code that just ran out and a forgotten capital are three.",
)
TRIES_WINDOW = Policy(
    timedelta(minutes=15),
    since=date(2026, 11, 25),
    basis="PCI DSS 4.0, 8.3.4 asks for at least 30 minutes or that the person is known again; we wait "
    "less at a time, because TRIES_A_DAY ends it for the day.",
)
TRIES_A_DAY = Policy(
    20,
    since=date(2026, 11, 25),
    basis="Whoever knows a password has three codes in a million with every try (RFC 6238, one step "
    "either way): 20 a day are 2 % in a year. Counted over all network addresses together, or nobody "
    "could be stopped who has many; but where the officer has signed in from of late, that address by "
    "itself, so that strangers can keep nobody from their desk. From elsewhere 20 tries shut an account "
    "for a day: an admin who resets it opens it again.",
)
DAY = timedelta(days=1)
SOURCE_WINDOW = timedelta(hours=1)
KEPT_FOR = DAY


class StaffRefusal(Model):
    """One wrong try. Of who tried, and at whose account, only keyed digests are kept."""

    __tablename__ = "staff_refusal"
    __table_args__ = (
        Index("ix_staff_refusal_name_key", "name_key", "refused_at"),
        Index("ix_staff_refusal_source_key", "source_key", "refused_at"),
        Index("ix_staff_refusal_refused_at", "refused_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name_key: Mapped[bytes]
    """Stands for the username that was sent, whether or not there is such an account."""
    source_key: Mapped[bytes]
    """Stands for the caller's network address."""
    refused_at: Mapped[datetime]


@dataclass(frozen=True)
class Trial:
    """Somebody tries to show who they are: at which name, and from where."""

    name_key: bytes
    source_key: bytes


def hold_name(trial: Trial) -> Select[object]:
    """Let one try at a name be judged at a time. Released when the transaction ends."""
    number = int.from_bytes(trial.name_key[:8], "big", signed=True)
    return select(func.pg_advisory_xact_lock(number))


def select_full(
    trial: Trial, now: datetime, *, account_id: UUID | None, per_source: int | None
) -> Select[*tuple[Any, ...]]:
    """Of the limits that a try is under: until when each is full; null where it is not.

    :param account_id: whose name it is; None: nobody's.
    :param per_source: how many wrong tries at any names one network address has an hour; None: any.
    """
    of_name = StaffRefusal.name_key == trial.name_key
    from_here = StaffRefusal.source_key == trial.source_key
    few = _full(now, TRIES.value, TRIES_WINDOW.value, of_name, from_here)
    here = _full(now, TRIES_A_DAY.value, DAY, of_name, from_here)
    anywhere = _full(now, TRIES_A_DAY.value, DAY, of_name)
    known = has_worked_from(account_id or _NOBODY, trial.source_key, now)
    limits = [few, here, select(anywhere).where(~known).scalar_subquery()]
    if per_source is not None:
        limits.append(_full(now, per_source, SOURCE_WINDOW, from_here))
    return select(*limits)


_NOBODY = UUID(int=0)


def _full(now: datetime, most: int, window: timedelta, *which: Any) -> ScalarSelect[datetime]:
    """When the oldest of the last ``most`` tries no longer counts, if there are so many."""
    return (
        select(StaffRefusal.refused_at.op("+", return_type=Instant())(literal(window, Interval())))
        .where(StaffRefusal.refused_at > now - window, *which)
        .order_by(StaffRefusal.refused_at.desc())
        .offset(most - 1)
        .limit(1)
        .scalar_subquery()
    )


def forget_tries_at(name_key: bytes) -> Delete:
    return delete(StaffRefusal).where(StaffRefusal.name_key == name_key)


def forget_staff_refusals(before: datetime) -> Delete:
    return delete(StaffRefusal).where(StaffRefusal.refused_at <= before)
