"""Reading the files of areas into rows for the tables."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from models.values.folding import folded_words

FILES = ("provinces.csv", "regencies.csv", "districts.csv", "villages.csv.gz")

Record = dict[str, str]


# Neighbours share the areas around them, so each is folded once and not for every village.
_words = lru_cache(maxsize=64)(folded_words)


class ListedRow(NamedTuple):
    """A row of ``listed_region``. Words parted by spaces are how a tsvector is written."""

    code: str
    parent_code: str | None
    depth: int
    kind: str
    name: str
    district_name: str | None
    regency_name: str | None
    province_name: str | None
    squeezed: str
    own_words: str
    all_words: str


@dataclass(frozen=True)
class Areas:
    """Every area, by code."""

    provinces: dict[str, Record]
    regencies: dict[str, Record]
    districts: dict[str, Record]
    villages: dict[str, Record]

    @classmethod
    def read(cls, directory: Path) -> Areas:
        return cls(*(_by_code(directory / name) for name in FILES))

    def listed(self) -> Iterator[ListedRow]:
        """A row for each area, names of the areas around it included."""
        for province in self.provinces.values():
            yield _listed(province, "provinsi", ())
        for regency in self.regencies.values():
            yield _listed(regency, regency["kind"], self._above_regency(regency))
        for district in self.districts.values():
            yield _listed(district, "kecamatan", self._above_district(district))
        for village in self.villages.values():
            district = self.districts[village["district_code"]]
            above = (district, *self._above_district(district))
            yield _listed(village, village["kind"], above)

    def _above_district(self, district: Record) -> tuple[Record, ...]:
        regency = self.regencies[district["regency_code"]]
        return (regency, *self._above_regency(regency))

    def _above_regency(self, regency: Record) -> tuple[Record, ...]:
        return (self.provinces[regency["province_code"]],)


def _listed(area: Record, kind: str, above: tuple[Record, ...]) -> ListedRow:
    """:param above: the areas around it, the nearest first."""
    names = [each["name"] for each in above]
    district, regency, province = [None] * (3 - len(names)) + names
    words = _words(area.get("short_name", area["name"]))
    squeezed = "".join(words)
    own = " ".join((*_searched(area), squeezed))
    return ListedRow(
        code=area["code"],
        parent_code=above[0]["code"] if above else None,
        depth=len(above) + 1,
        kind=kind,
        name=area["name"],
        district_name=district,
        regency_name=regency,
        province_name=province,
        squeezed=squeezed,
        own_words=own,
        all_words=" ".join((own, *(word for each in above for word in _searched(each)))),
    )


def _searched(area: Record) -> tuple[str, ...]:
    """The words that an area is found by. People say "kota"; every other regency is a
    kabupaten, so that word tells nothing."""
    name = area["short_name"] if area.get("kind") == "kabupaten" else area["name"]
    return _words(name)


def _by_code(path: Path) -> dict[str, Record]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        return {record["code"]: record for record in csv.DictReader(file)}
