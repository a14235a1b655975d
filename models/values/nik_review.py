"""What about a NIK deserves a second look. None of it refuses anybody: Dukcapil decides."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from enum import StrEnum, auto

from models.values.nik import Nik
from models.values.sex import Sex


class NikNote(StrEnum):
    UNKNOWN_REGENCY = auto()
    UNKNOWN_DISTRICT = auto()
    RETIRED_DISTRICT = auto()
    BIRTH_DATE_DISAGREES = auto()
    SEX_DISAGREES = auto()

    @property
    def needs_review(self) -> bool:
        """A retired district is ordinary: a NIK keeps the number of a district long gone."""
        return self is not NikNote.RETIRED_DISTRICT


def review_notes(
    nik: Nik,
    birth_date: date,
    sex: Sex,
    known_regencies: Collection[str],
    known_districts: Collection[str],
    retired_districts: Collection[str],
) -> tuple[NikNote, ...]:
    """Compare a NIK with the areas there are and with what its holder says.

    Codes are dotted (``32.01``, ``32.01.05``). The birth date is compared in the two digits
    of the year that a NIK has, so the century is not judged here. Nor is the residence:
    people move, and their NIK does not.
    """
    area = _area_notes(nik, known_regencies, known_districts, retired_districts)
    return (*area, *_holder_notes(nik, birth_date, sex))


def _area_notes(
    nik: Nik,
    known_regencies: Collection[str],
    known_districts: Collection[str],
    retired_districts: Collection[str],
) -> Iterator[NikNote]:
    if nik.regency_code not in known_regencies:
        # Nothing can be known of its districts either: one note says it.
        yield NikNote.UNKNOWN_REGENCY
    elif nik.district_code in retired_districts:
        yield NikNote.RETIRED_DISTRICT
    elif nik.district_code not in known_districts:
        yield NikNote.UNKNOWN_DISTRICT


def _holder_notes(nik: Nik, birth_date: date, sex: Sex) -> Iterator[NikNote]:
    born = (birth_date.day, birth_date.month, birth_date.year % 100)
    if born != (nik.birth_day, nik.birth_month, nik.birth_year):
        yield NikNote.BIRTH_DATE_DISAGREES
    if sex is not nik.sex:
        yield NikNote.SEX_DISAGREES
