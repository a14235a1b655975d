"""Months paid the way payments settle them, for the tests of cover."""

from dataclasses import dataclass
from datetime import datetime

from models.spells import TooFarAhead, months_to_settle
from models.values.jakarta import WIB
from models.values.month import Month
from models.values.plan import Plan
from models.values.rupiah import Rupiah

MILLION = Rupiah(1_000_000)


@dataclass(frozen=True, kw_only=True)
class Paid:
    month: Month
    settled_at: datetime
    plan: Plan = Plan.BASIC
    reference_income: Rupiah = MILLION
    refunded_at: datetime | None = None


def wib(year, month, day, hour=0, minute=0):
    return datetime(year, month, day, hour, minute, tzinfo=WIB)


def pay(paid, at, count, **terms):
    """The months paid after a payment for ``count`` months settles at an instant."""
    months = months_to_settle(paid, at, count)
    return [*paid, *(Paid(month=month, settled_at=at, **terms) for month in months)]


def live(start, steps):
    """A worker's payments: after each pause, so many months, unless that is too far ahead."""
    paid, at = [], start
    for pause, count in steps:
        at += pause
        try:
            paid = pay(paid, at, count)
        except TooFarAhead:
            continue
    return paid
