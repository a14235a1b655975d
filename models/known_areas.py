"""The areas that a NIK can name, kept in memory: codes only, without their names."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from models.values.nik import Nik
from models.values.nik_review import NikNote, review_notes
from models.values.sex import Sex


@dataclass(frozen=True)
class KnownAreas:
    """Dotted codes: ``32.01`` and ``32.01.05``.

    :param retired: numbers of districts that are in use no more. Old NIKs keep them.
    """

    regencies: frozenset[str] = field(repr=False)
    districts: frozenset[str] = field(repr=False)
    retired: frozenset[str] = field(repr=False)

    @classmethod
    def load(cls, directory: Path) -> KnownAreas:
        """Read ``regencies.csv``, ``districts.csv`` and ``district_gaps.csv``."""
        return cls(
            regencies=_codes(directory / "regencies.csv"),
            districts=_codes(directory / "districts.csv"),
            retired=_codes(directory / "district_gaps.csv"),
        )

    def notes_on(self, nik: Nik, birth_date: date, sex: Sex) -> tuple[NikNote, ...]:
        """What about a NIK deserves a second look, beside what its holder says."""
        return review_notes(nik, birth_date, sex, self.regencies, self.districts, self.retired)


def _codes(path: Path) -> frozenset[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset(row["code"] for row in csv.DictReader(file))
