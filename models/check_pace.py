"""How fast what partners sent is compared with the population registry, and what was spent."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Insert, Select, func, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.enrolment_batch import EnrolmentBatch
from models.partner import Partner
from models.policy import Policy

DAILY_QUOTA = Policy(
    200_000,
    since=date(2026, 11, 25),
    basis="No source names the quota of an institution; the contract says it. Half of it compares a "
    "platform's hundred thousand drivers within a day.",
)
BURST = Policy(
    1_000,
    since=date(2026, 11, 25),
    basis="What may be asked at once after a quiet time, so that a small file is compared within "
    "seconds. Far below what half a day's quota gives.",
)
MOST_OPEN = Policy(
    500,
    since=date(2026, 11, 25),
    basis="A registry that is down leaves so many jobs waiting and no more, and one that answers in "
    "a tenth of a second is never left without work between two rounds.",
)
DAY = timedelta(days=1)


class CheckPace(Model):
    """One row, held by whoever asks for more."""

    __tablename__ = "check_pace"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    spent_until: Mapped[datetime]
    """Up to this instant the allowance is used: each check uses a day's length through the number
    that a day allows. What lies longer ago than a burst is lost."""

    def room(self, per_day: int, now: datetime) -> int:
        """How many more may be asked at once.

        :param per_day: how many a day allows.
        """
        if per_day == 0:
            return 0
        interval = DAY / per_day
        return max(0, (now - self._begin(interval, per_day, now)) // interval)

    def spend(self, checks: int, per_day: int, now: datetime) -> None:
        """:param checks: at most as many as there was room for."""
        interval = DAY / per_day
        self.spent_until = self._begin(interval, per_day, now) + checks * interval

    def _begin(self, interval: timedelta, per_day: int, now: datetime) -> datetime:
        return max(self.spent_until, now - min(BURST.value, per_day) * interval)


NOTHING_SPENT = datetime(1970, 1, 1, tzinfo=UTC)


class PartnerChecks(Model):
    """How many comparisons were asked for on a Jakarta day for one partner's drivers."""

    __tablename__ = "partner_checks"

    day: Mapped[date] = mapped_column(primary_key=True)
    partner_id: Mapped[UUID] = mapped_column(ForeignKey(Partner.id), primary_key=True)
    asked: Mapped[int]


class BatchChecks(Model):
    """What the registry said of a file's first ones: see ``models.batch_trial``."""

    __tablename__ = "batch_checks"

    batch_id: Mapped[UUID] = mapped_column(ForeignKey(EnrolmentBatch.id), primary_key=True)
    answered: Mapped[int]
    not_found: Mapped[int]
    resumed_at: Mapped[datetime | None]
    """When somebody decided that the rest is to be asked whatever was found."""


def select_pace() -> Select[CheckPace]:
    """Held; nothing where somebody else is at it."""
    return select(CheckPace).with_for_update(skip_locked=True)


def select_spent(day: date) -> Select[int]:
    """For all partners together."""
    return select(func.coalesce(func.sum(PartnerChecks.asked), 0)).where(PartnerChecks.day == day)


def count_asked(day: date, partner_id: UUID, checks: int) -> Insert:
    counted = postgresql.insert(PartnerChecks).values(day=day, partner_id=partner_id, asked=checks)
    return counted.on_conflict_do_update(
        index_elements=[PartnerChecks.day, PartnerChecks.partner_id],
        set_={"asked": PartnerChecks.asked + counted.excluded.asked},
    )
