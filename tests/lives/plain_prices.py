"""What a month costs, read from the tables that the law was copied into."""

import csv
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parents[2] / "data"
RATES = DATA / "rates" / "2025-12"


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


BANDS = _table(RATES / "bands.csv")
RELIEFS = _table(RATES / "relief.csv")
TRANSPORT = {
    row["code"]: row["transport_sector"] == "true" for row in _table(DATA / "occupations.csv")
}
PROGRAMMES = {"basic": ["JKK", "JKM"], "complete": ["JKK", "JKM", "JHT"]}


@dataclass(frozen=True)
class Terms:
    """What a month is priced by."""

    plan: str
    income: int
    transport: bool


@dataclass(frozen=True)
class Line:
    programme: str
    base: int
    relief: int

    @property
    def amount(self) -> int:
        return self.base - self.relief


def band_of(income: int) -> dict[str, str]:
    """The highest band that begins at the income or below it."""
    found = BANDS[0]
    for band in BANDS:
        if int(band["income_from"]) <= income:
            found = band
    return found


def lines_of(month: int, terms: Terms) -> list[Line]:
    """Of somebody who pays themselves."""
    band = band_of(terms.income)
    lines = []
    for programme in PROGRAMMES[terms.plan]:
        base = {
            "JKK": int(band["reference_income"]) // 100,
            "JKM": 6_800,
            "JHT": int(band["reference_income"]) * 2 // 100,
        }[programme]
        half_off = any(_relieved(rule, month, programme, terms) for rule in RELIEFS)
        lines.append(Line(programme, base, base // 2 if half_off else 0))
    return lines


def price_of(month: int, terms: Terms) -> int:
    return sum(line.amount for line in lines_of(month, terms))


def _relieved(rule: dict[str, str], month: int, programme: str, terms: Terms) -> bool:
    return (
        rule["sector"] == ("transport" if terms.transport else "other")
        and programme in rule["programmes"].split("+")
        and _month(rule["first_month"]) <= month <= _month(rule["last_month"])
    )


def _month(name: str) -> int:
    year, month = name.split("-")
    return int(year) * 12 + int(month) - 1
