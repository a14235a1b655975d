"""What about a NIK is flagged for a second look, and what is merely noted."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.nik import Nik
from models.values.nik_review import NikNote, review_notes
from models.values.sex import Sex
from tests.models.values.strategies import niks

BORN = date(1990, 1, 1)
REGENCIES = frozenset({"31.74"})
DISTRICTS = frozenset({"31.74.01"})
RETIRED = frozenset({"31.74.02"})


def notes(digits, birth_date=BORN, sex=Sex.MALE):
    return review_notes(Nik(digits), birth_date, sex, REGENCIES, DISTRICTS, RETIRED)


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        ("3174010101900001", ()),
        ("3175010101900001", (NikNote.UNKNOWN_REGENCY,)),
        ("3174030101900001", (NikNote.UNKNOWN_DISTRICT,)),
        ("3174020101900001", (NikNote.RETIRED_DISTRICT,)),
        ("3174010201900001", (NikNote.BIRTH_DATE_DISAGREES,)),
        ("3174014101900001", (NikNote.SEX_DISAGREES,)),
        (
            "3175014202910001",
            (NikNote.UNKNOWN_REGENCY, NikNote.BIRTH_DATE_DISAGREES, NikNote.SEX_DISAGREES),
        ),
    ],
)
def test_each_disagreement_gets_one_note(digits, expected):
    assert notes(digits) == expected


def test_a_retired_district_is_noted_but_needs_no_review():
    assert [note for note in NikNote if not note.needs_review] == [NikNote.RETIRED_DISTRICT]


def test_the_century_is_not_judged():
    assert notes("3174010101050001", birth_date=date(1905, 1, 1)) == ()
    assert notes("3174010101050001", birth_date=date(2005, 1, 1)) == ()


@given(niks(), st.dates(), st.sampled_from(Sex))
def test_a_nik_whose_holder_says_what_it_says_gets_no_note_about_the_holder(nik, born, sex):
    given_notes = review_notes(nik, born, sex, {nik.regency_code}, {nik.district_code}, set())
    agrees = (born.day, born.month, born.year % 100) == (
        nik.birth_day,
        nik.birth_month,
        nik.birth_year,
    )
    assert (NikNote.BIRTH_DATE_DISAGREES not in given_notes) == agrees
    assert (NikNote.SEX_DISAGREES not in given_notes) == (sex is nik.sex)


def codes(name):
    table = Path(f"data/{name}.csv").read_text(encoding="utf-8").splitlines()
    return {row["code"] for row in csv.DictReader(table)}


def test_every_district_of_today_fits_a_nik_without_a_note():
    regencies, districts, retired = codes("regencies"), codes("districts"), codes("district_gaps")
    for code in districts:
        nik = Nik(code.replace(".", "") + "0101900001")
        assert review_notes(nik, BORN, Sex.MALE, regencies, districts, retired) == ()
