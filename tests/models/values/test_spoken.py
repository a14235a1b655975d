from datetime import UTC, date, datetime, timedelta

import pytest

from models.values.month import Month
from models.values.rupiah import Rupiah
from models.values.spoken import (
    spoken_day,
    spoken_instant,
    spoken_list,
    spoken_months,
    spoken_rupiah,
    spoken_wait,
)
from models.values.words import Words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2027, 1, 5), Words("5 Januari 2027", "5 January 2027")),
        (date(2028, 2, 29), Words("29 Februari 2028", "29 February 2028")),
        (date(2026, 12, 31), Words("31 Desember 2026", "31 December 2026")),
    ],
)
def test_days_are_named_in_full(day, words):
    assert spoken_day(day) == words


def test_instants_are_told_by_jakarta_s_clock():
    late = datetime(2026, 12, 31, 18, 5, 59, tzinfo=UTC)
    assert spoken_instant(late) == Words("1 Januari 2027, 01.05 WIB", "1 January 2027, 01:05 WIB")


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("a", Words("a", "a")),
        ("ab", Words("a dan b", "a and b")),
        ("abc", Words("a, b, dan c", "a, b and c")),
    ],
)
def test_things_are_listed_as_each_language_does(names, words):
    assert spoken_list([Words(name, name) for name in names]) == words


def test_months_in_a_row_are_named_briefly():
    november = Month(2026, 11)
    assert spoken_months([november]).en == "November 2026"
    assert spoken_months([*november.span(2)]).id == "November 2026 dan Desember 2026"
    assert spoken_months([*november.span(3)]).en == "November 2026 to January 2027"


def test_thousands_are_parted_as_each_language_does():
    assert spoken_rupiah(Rupiah(42_000_000)) == Words("Rp42.000.000", "Rp42,000,000")


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (timedelta(), Words("1 detik", "a second")),
        (timedelta(seconds=41.2), Words("42 detik", "42 seconds")),
        (timedelta(seconds=59.5), Words("1 menit", "a minute")),
        (timedelta(minutes=59, seconds=1), Words("60 menit", "60 minutes")),
        (timedelta(minutes=119), Words("119 menit", "119 minutes")),
        (timedelta(hours=18, minutes=1), Words("19 jam", "19 hours")),
    ],
)
def test_a_wait_is_rounded_up(wait, words):
    assert spoken_wait(wait) == words
