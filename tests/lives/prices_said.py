"""Prices as Jaring says them and as the plain model does, in the same words."""

from __future__ import annotations

from models.pricing import PricedMonth
from tests.lives import plain_time as time
from tests.lives.plain_prices import Terms, band_of, lines_of

Said = tuple[str, int, list[tuple[str, int, int, int]]]
"""The month, its band, and of each programme base, relief and amount."""


def said(priced: PricedMonth) -> Said:
    lines = [
        (line.programme.value, line.base.amount, line.relief.amount, line.amount.amount)
        for line in priced.lines
    ]
    return str(priced.month), priced.band, lines


def expected(month: int, terms: Terms) -> Said:
    lines = [
        (line.programme, line.base, line.relief, line.amount) for line in lines_of(month, terms)
    ]
    return time.name_of(month), int(band_of(terms.income)["band"]), lines
