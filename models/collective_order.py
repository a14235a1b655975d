"""What a partner asks for when it wants to pay for many drivers."""

from __future__ import annotations

from dataclasses import dataclass

from models.values.month import Month

MOST_LINES = 100_000
"""Of one invoice."""
FIRST_LEFT_OUT = 1_000
"""How many of those left out stand on the invoice itself; all of them are a list of their own."""


@dataclass(frozen=True)
class Order:
    """
    :param month: of each driver the oldest unpaid month that is not after it.
    :param external_ids: for whom; None: for everybody.
    """

    month: Month
    external_ids: tuple[str, ...] | None
