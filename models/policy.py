"""Decisions about contributions and cover that no source settles.

Each lives here once, with the day it was taken and what it rests on. Change it
here and nowhere else.
"""

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Policy(Generic[T]):
    """A value that we chose. ``since``: the day it was decided on."""

    value: T
    since: date
    basis: str


OFFERED_PERIODS = Policy(
    (1, 2, 3, 6, 12),
    since=date(2026, 11, 22),
    basis="The payment periods offered to BPU workers by today's official channels, in months.",
)

GRACE_MONTHS = Policy(
    3,
    since=date(2026, 11, 22),
    basis="Official pages speak of three months of arrears before membership lapses, press "
    "reports differ. We count contribution months: the fourth unpaid one lapses.",
)

MONTHS_AHEAD = Policy(
    12,
    since=date(2026, 11, 22),
    basis="The longest period offered. The last settled month is at most this many months "
    "after the current one, so that rates and relief of paid months stay foreseeable.",
)

JKM_WAITING_MONTHS = Policy(
    3,
    since=date(2026, 11, 22),
    basis="Permenaker 1/2025 asks for three months of membership before the full death "
    "benefit. It does not say from when after a lapse: we count from the start of the "
    "present spell, by the calendar; where the third month has no such day, its last day.",
)
