"""The made-up files are what they say: good rows are good, and faults are of every kind."""

import csv
from collections import Counter
from datetime import UTC, datetime
from itertools import islice

from bench.drivers import lines, villages, write_csv
from models.driver import COLUMNS
from models.driver_form import DriverFaulty, Known, read_driver
from tests.installation import CONSENTS, OCCUPATIONS

PLACES = villages("31")
KNOWN = Known.at(datetime(2026, 11, 22, tzinfo=UTC), frozenset(PLACES), OCCUPATIONS, CONSENTS)


def codes(line):
    try:
        read_driver(dict(zip(COLUMNS, line.cells, strict=False)), KNOWN)
    except DriverFaulty as faulty:
        return [fault.code for fault in faulty.faults]
    return []


def test_good_rows_are_good_and_nobody_comes_twice():
    good = [line for line in lines(3_000, places=PLACES) if line.good]
    assert [codes(line) for line in good] == [[]] * len(good)
    for column in ("external_id", "nik", "phone"):
        assert len({line.cells[COLUMNS.index(column)] for line in good}) == len(good)


def test_three_in_a_hundred_are_faulty():
    faulty = sum(not line.good for line in lines(10_000, places=PLACES))
    assert 200 <= faulty <= 400


def test_faults_are_of_many_kinds():
    faulty = [line for line in lines(5_000, places=PLACES, faulty=0.5) if not line.good]
    kinds = Counter(code for line in faulty for code in codes(line))
    assert len(kinds) >= 30
    assert {len(line.cells) for line in faulty} == {12, 14, 16}


def test_the_same_seed_makes_the_same_file():
    made = [list(islice(lines(100, places=PLACES, seed=seed), 100)) for seed in (1, 1, 2)]
    assert made[0] == made[1] != made[2]


def test_a_file_has_a_heading_and_tells_how_many_are_good(tmp_path):
    path = tmp_path / "drivers.csv"
    good = write_csv(path, lines(500, places=PLACES))
    with path.open(newline="") as file:
        heading, *rows = csv.reader(file)
    assert tuple(heading) == COLUMNS
    assert len(rows) == 500
    assert 450 <= good < 500
