"""Contribution rates as dated data with their legal basis.

A rate book is a directory named after its version (``2025-12``, or ``2025-12b`` for
a second one of that month) that is never edited once published: what was quoted
from it can be quoted again, for ever. A change of law is a new directory.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path

from models.values.month import Month
from models.values.payer import PayerKind
from models.values.plan import Programme
from models.values.rupiah import Rupiah
from models.values.sector import Sector

_VERSION = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])[b-z]?")


class BrokenRateBook(ValueError):
    """The files of a rate book contradict each other or the law they cite."""


class UnknownRatesVersion(LookupError):
    """No rate book of this version was ever published."""


class NotPricedYet(ValueError):
    """The month is earlier than the first one for which the book has rates."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Band:
    """One of the income classes of PP 44/2015, Lampiran II.

    ``income_from``: the lowest monthly income in it. ``reference_income``: the
    monthly income that the law takes everybody in it to have.
    """

    number: int
    income_from: Rupiah
    reference_income: Rupiah
    base: Mapping[Programme, Rupiah]
    """Contribution per month and programme, before any relief."""
    valid_from: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Relief:
    """A part of the contribution that the state waives for a while.

    ``first_month`` and ``last_month`` are months *paid for*, both included.
    """

    rule: str
    programmes: frozenset[Programme]
    sector: Sector
    first_month: Month
    last_month: Month
    percent_off: int
    excluded_payers: frozenset[PayerKind]
    basis: str

    def covers(self, programme: Programme, sector: Sector, month: Month, payer: PayerKind) -> bool:
        return (
            programme in self.programmes
            and sector is self.sector
            and self.first_month <= month <= self.last_month
            and payer not in self.excluded_payers
        )

    def overlaps(self, other: Relief) -> bool:
        return (
            bool(self.programmes & other.programmes)
            and self.sector is other.sector
            and self.first_month <= other.last_month
            and other.first_month <= self.last_month
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class RateBook:
    """All that is needed to price any month under one state of the law.

    ``basis`` names the law that sets each programme's base contribution.

    :raises BrokenRateBook: bands out of order, or two reliefs for the same case.
    """

    version: str
    bands: tuple[Band, ...]
    reliefs: tuple[Relief, ...]
    basis: Mapping[Programme, str]

    def __post_init__(self) -> None:
        numbers = [band.number for band in self.bands]
        if not numbers or numbers != list(range(1, len(numbers) + 1)):
            raise BrokenRateBook(f"{self.version}: bands are not numbered from 1 on")
        if self.bands[0].income_from or any(
            lower.income_from >= upper.income_from for lower, upper in pairwise(self.bands)
        ):
            raise BrokenRateBook(f"{self.version}: incomes do not rise from 0")
        for one, other in combinations(self.reliefs, 2):
            if one.overlaps(other):
                raise BrokenRateBook(f"{self.version}: {one.rule} overlaps {other.rule}")

    @classmethod
    def load(cls, directory: Path) -> RateBook:
        """Read the book kept in a directory that bears its version as a name.

        :raises BrokenRateBook: see the class; or a band's contribution is not what
            the programme's rate makes of its reference income.
        """
        version = directory.name
        if _VERSION.fullmatch(version) is None:
            raise BrokenRateBook(f"{version} is not a version: YYYY-MM, or YYYY-MMb")
        programmes = {
            Programme(row["programme"]): row for row in _rows(directory / "programmes.csv")
        }
        bands = tuple(_band(row) for row in _rows(directory / "bands.csv"))
        for band in bands:
            _check_against_rates(version, band, programmes)
        return cls(
            version=version,
            bands=bands,
            reliefs=tuple(_relief(row) for row in _rows(directory / "relief.csv")),
            basis={programme: row["basis"] for programme, row in programmes.items()},
        )

    @property
    def first_month(self) -> Month:
        """The first month for which every band is in force."""
        return Month.of(max(band.valid_from for band in self.bands))

    def band_for(self, monthly_income: Rupiah) -> Band:
        """The highest band that starts at or below the income. There is no minimum income.

        :raises ValueError: the income is negative.
        """
        if monthly_income.amount < 0:
            raise ValueError("an income is not negative")
        return next(band for band in reversed(self.bands) if band.income_from <= monthly_income)

    def relief_for(
        self, programme: Programme, sector: Sector, month: Month, payer: PayerKind
    ) -> Relief | None:
        covering = (r for r in self.reliefs if r.covers(programme, sector, month, payer))
        return next(covering, None)


@dataclass(frozen=True, slots=True)
class RateBooks:
    """Every book ever published, by version."""

    by_version: Mapping[str, RateBook]

    @classmethod
    def load(cls, directory: Path) -> RateBooks:
        """Read all books below a directory.

        :raises BrokenRateBook: one of them is broken, or there is none.
        """
        folders = sorted(entry for entry in directory.iterdir() if entry.is_dir())
        if not folders:
            raise BrokenRateBook(f"no rate book in {directory}")
        return cls({folder.name: RateBook.load(folder) for folder in folders})

    @property
    def current(self) -> RateBook:
        """The newest one, from which everything is priced unless a version is asked for."""
        return self.by_version[max(self.by_version)]

    def version(self, version: str) -> RateBook:
        """:raises UnknownRatesVersion: there is no such book."""
        try:
            return self.by_version[version]
        except KeyError:
            raise UnknownRatesVersion(version) from None


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _band(row: dict[str, str]) -> Band:
    return Band(
        number=int(row["band"]),
        income_from=Rupiah(int(row["income_from"])),
        reference_income=Rupiah(int(row["reference_income"])),
        base={programme: Rupiah(int(row[programme.lower()])) for programme in Programme},
        valid_from=date.fromisoformat(row["valid_from"]),
    )


def _relief(row: dict[str, str]) -> Relief:
    return Relief(
        rule=row["rule"],
        programmes=frozenset(map(Programme, row["programmes"].split("+"))),
        sector=Sector(row["sector"]),
        first_month=Month.parse(row["first_month"]),
        last_month=Month.parse(row["last_month"]),
        percent_off=int(row["percent_off"]),
        excluded_payers=frozenset(map(PayerKind, filter(None, row["excluded_payers"].split("+")))),
        basis=row["basis"],
    )


def _check_against_rates(
    version: str, band: Band, programmes: Mapping[Programme, dict[str, str]]
) -> None:
    """Hold the published table against the rates that the same law states in words."""
    for programme in Programme:
        rate = programmes[programme]
        if rate["fixed_amount"]:
            stated = Rupiah(int(rate["fixed_amount"])) * 100
        else:
            stated = band.reference_income * int(rate["percent_of_reference"])
        if band.base[programme] * 100 != stated:
            raise BrokenRateBook(f"{version}: {programme} of band {band.number}")
