"""Which of a worker's choices of plan, income and work counts for a month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from models.pricing import Terms
from models.values.month import Month
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.sector import Sector


class NoPlanChosen(LookupError):
    """The worker has made no choice that counts for the month."""


class Choice(Protocol):
    """Terms that were decided on, and the first month they count for."""

    @property
    def from_month(self) -> Month: ...

    @property
    def decided_at(self) -> datetime: ...

    @property
    def plan(self) -> Plan: ...

    @property
    def monthly_income(self) -> Rupiah: ...

    @property
    def sector(self) -> Sector: ...


def terms_for(month: Month, choices: Sequence[Choice]) -> Terms:
    """The terms decided last among those that count for the month.

    Of two decided at the same instant the later in the sequence counts.

    :raises NoPlanChosen: none counts for it.
    """
    counting = [choice for choice in choices if choice.from_month <= month]
    if not counting:
        raise NoPlanChosen(str(month))
    # Sorting is stable; max() would prefer the earlier of two equals.
    last = sorted(counting, key=lambda choice: choice.decided_at)[-1]
    return Terms(plan=last.plan, monthly_income=last.monthly_income, sector=last.sector)
