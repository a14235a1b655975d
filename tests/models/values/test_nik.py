"""The NIK: what people type, what is refused, what it says about its holder."""

import csv
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.nik import PROVINCES, InvalidNik, Nik, NikFault
from models.values.sex import Sex
from tests.models.values.strategies import HOSTILE_TEXT, group_digits, niks

TODAY = date(2026, 11, 22)
PLAIN = "3174010101900001"


@pytest.mark.parametrize(
    "typed",
    [
        "3174010101900001",
        " 3174 0101 0190 0001 ",
        "317401.010190.0001",
        "317401-010190-0001",
        "3174\u00a00101\u202f0190\u20110001",
        "３１７４０１０１０１９００００１",
        "\u202a3174010101900001\u202c",
        "'3174010101900001",
        "3174010101900001\n",
    ],
)
def test_it_reads_what_people_type(typed):
    assert Nik.parse(typed) == Nik(PLAIN)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", NikFault.NOT_SIXTEEN_DIGITS),
        ("317401010190000", NikFault.NOT_SIXTEEN_DIGITS),
        ("31740101019000011", NikFault.NOT_SIXTEEN_DIGITS),
        ("31740101019000O1", NikFault.HAS_LETTERS),
        ("3174 0101 0190 000l", NikFault.HAS_LETTERS),
        ("٣١٧٤٠١٠١٠١٩٠٠٠٠١", NikFault.NOT_SIXTEEN_DIGITS),
        ("3174010101900001\x00", NikFault.NOT_SIXTEEN_DIGITS),
        ("1" * 5_000, NikFault.NOT_SIXTEEN_DIGITS),
        ("3.27E+15", NikFault.SPREADSHEET_NUMBER),
        ("3,27E+15", NikFault.SPREADSHEET_NUMBER),
        (" 3.17401010190e15 ", NikFault.SPREADSHEET_NUMBER),
        ("3E+15", NikFault.SPREADSHEET_NUMBER),
        ("3174010101900001.0", NikFault.SPREADSHEET_NUMBER),
        ("2074010101900001", NikFault.UNKNOWN_PROVINCE),
        ("0074010101900001", NikFault.UNKNOWN_PROVINCE),
        ("3174000101900001", NikFault.DISTRICT_ZERO),
        ("3174010001900001", NikFault.IMPOSSIBLE_BIRTH_DATE),
        ("3174013201900001", NikFault.IMPOSSIBLE_BIRTH_DATE),
        ("3174014001900001", NikFault.IMPOSSIBLE_BIRTH_DATE),
        ("3174017201900001", NikFault.IMPOSSIBLE_BIRTH_DATE),
        ("3174010100900001", NikFault.IMPOSSIBLE_BIRTH_DATE),
        ("3174010113900001", NikFault.IMPOSSIBLE_BIRTH_DATE),
        ("3174013104900001", NikFault.IMPOSSIBLE_BIRTH_DATE),
        ("3174012902910001", NikFault.IMPOSSIBLE_BIRTH_DATE),
        ("3174010101900000", NikFault.SERIAL_ZERO),
    ],
)
def test_it_says_what_is_wrong(typed, fault):
    with pytest.raises(InvalidNik) as refused:
        Nik.parse(typed)
    assert refused.value.fault is fault


@pytest.mark.parametrize("typed", [PLAIN + "\n", " " + PLAIN, "３１７４０１０１０１９００００１"])
def test_the_constructor_takes_sixteen_plain_digits_only(typed):
    with pytest.raises(InvalidNik):
        Nik(typed)


@pytest.mark.parametrize("year", ["00", "88", "92", "96"])
def test_29_february_stands_where_one_century_has_it(year):
    assert Nik.parse(f"3174012902{year}0001").birth_day == 29


def test_an_unknown_regency_is_not_refused():
    assert Nik.parse("3199010101900001").regency_code == "31.99"


def test_it_tells_where_and_for_whom_it_was_issued():
    nik = Nik.parse("3201054508920007")
    assert (nik.province_code, nik.regency_code, nik.district_code) == ("32", "32.01", "32.01.05")
    assert (nik.birth_day, nik.birth_month, nik.birth_year) == (5, 8, 92)
    assert (nik.sex, nik.serial) == (Sex.FEMALE, "0007")


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("010190", date(1990, 1, 1)),
        ("221109", date(2009, 11, 22)),  # 17 today
        ("231109", date(2009, 11, 23)),  # 17 tomorrow: a child, not 117
        ("231126", date(1926, 11, 23)),  # 99, for in this century it is not born yet
        ("010126", date(1926, 1, 1)),  # 100, the oldest taken for a worker
        ("010120", date(2020, 1, 1)),  # 6 or 106
        ("290200", date(2000, 2, 29)),
        ("010127", date(1927, 1, 1)),
    ],
)
def test_the_century_is_the_one_of_a_working_age(born, expected):
    assert Nik(f"317401{born}0001").birth_date(TODAY) == expected


@given(age=st.integers(17, 99), days=st.integers(1, 364))
def test_whoever_is_of_working_age_is_dated_right(age, days):
    born = TODAY.replace(year=TODAY.year - age) - timedelta(days)
    assert Nik(f"317401{born:%d%m%y}0001").birth_date(TODAY) == born


@given(niks(), st.dates(date(2020, 1, 1), date(2099, 12, 31)))
def test_every_nik_has_a_birth_date_that_is_written_in_it(nik, on):
    born = nik.birth_date(on)
    assert (born.day, born.month, born.year % 100) == (
        nik.birth_day,
        nik.birth_month,
        nik.birth_year,
    )


@given(niks(), st.data())
def test_grouping_does_not_change_it(nik, data):
    assert Nik.parse(data.draw(group_digits(nik.digits))) == nik


@given(HOSTILE_TEXT)
def test_hostile_text_is_refused_as_a_nik_and_never_otherwise(text):
    with suppress(InvalidNik):
        Nik.parse(text)


@given(niks())
def test_its_repr_shows_the_last_two_digits_only(nik):
    assert repr(nik) == f"Nik(**************{nik.digits[-2:]})"
    assert str(nik) == nik.digits


def test_the_provinces_are_those_of_the_table_of_areas():
    table = Path("data/provinces.csv").read_text(encoding="utf-8").splitlines()
    assert {row["code"] for row in csv.DictReader(table)} == PROVINCES
