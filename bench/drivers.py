"""Files of drivers as a platform would send them: made up, the same for the same seed, and with
as many faults, of every kind, as such files have."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from models.driver import COLUMNS

DATA = Path(__file__).parent.parent / "data"
FAULTY = 0.03
Cells = dict[str, str]


def _words(text: str) -> list[str]:
    return text.split()


_GIVEN = _words(
    "Budi Siti Agus Dewi Eko Sri Joko Ratna Wahyu Nur Andi Fitri Hendra Yuni Rizky Indah Bayu Maya"
    " Dedi Rina Fajar Wati Iwan Lestari Arif Putri Slamet Ayu Gilang Mega"
)
_FAMILY = _words(
    "Santoso Aminah Susanto Rahayu Wijaya Lestari Saputra Handayani Pratama Hidayat Kurniawan"
    " Nugroho Setiawan Wulandari Siregar Nasution Simanjuntak Harahap Maulana Ramadhan Permana"
    " Suryani Utami Firmansyah Halim Gunawan Yulianti Purnomo Hakim Sitompul"
)
_PLACES = _words("Jakarta Bandung Surabaya Medan Semarang Makassar Palembang Denpasar Garut Solo")
_STREETS = _words(
    "Kenanga Melati Mawar Anggrek Merdeka Sudirman Diponegoro Pahlawan Cempaka Flamboyan"
)
_OCCUPATIONS = ("TR01", "TR01", "TR01", "TR02", "FI01")
_FIRST_BORN, _BIRTHDAYS = date(1966, 1, 1), 14_600
_PREFIXES = ("0811", "0812", "0813", "0821", "0852", "0857", "0878", "0881", "0895", "0896")


@dataclass(frozen=True)
class Line:
    """One row of a file; a good one is to be accepted."""

    cells: Sequence[str]
    good: bool


def villages(*provinces: str) -> list[str]:
    """The codes of all villages, or of some provinces."""
    with gzip.open(DATA / "villages.csv.gz", "rt", encoding="utf-8") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    return [code for code in codes if not provinces or code.startswith(provinces)]


def lines(
    count: int,
    *,
    places: Sequence[str],
    seed: int = 1,
    first: int = 0,
    faulty: float = FAULTY,
    about: str = "DRV",
) -> Iterator[Line]:
    """:param places: codes of villages to live in.
    :param first: the number of the first driver. Whoever has another number is somebody else.
    :param about: what the ids of the drivers begin with.
    """
    random = Random(f"{seed} {first}")
    before: Cells | None = None
    faults = _faults()
    for number in range(first, first + count):
        driver = _driver(random, number, places, about)
        if before is not None and random.random() < faulty:
            fault = faults[random.randrange(len(faults))]
            yield Line(fault(driver, before), good=False)
        else:
            before = driver
            yield Line(_written(driver), good=True)


def write_csv(path: Path, drivers: Iterable[Line]) -> int:
    """How many of the rows are good."""
    good = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for line in drivers:
            writer.writerow(line.cells)
            good += line.good
    return good


def _driver(random: Random, number: int, places: Sequence[str], about: str) -> Cells:
    born = _FIRST_BORN + timedelta(days=number % _BIRTHDAYS)
    woman = random.random() < 0.2
    name = f"{random.choice(_GIVEN)} {random.choice(_FAMILY)}"
    street = f"Jl. {random.choice(_STREETS)} No. {random.randint(1, 250)}"
    return {
        "external_id": f"{about}-{number:07}",
        "nik": _nik(born, woman, 1 + number // _BIRTHDAYS),
        "full_name": name.upper() if random.random() < 0.3 else name,
        "birth_place": random.choice(_PLACES) if random.random() < 0.9 else "",
        "birth_date": born.isoformat(),
        "sex": "F" if woman else "M",
        "mother_maiden_name": random.choice(_GIVEN) if random.random() < 0.8 else "",
        "phone": _phone(random, number),
        "address": f"{street}, RT {random.randint(1, 12):02}/RW {random.randint(1, 9):02}",
        "village_code": random.choice(places),
        "occupation_code": random.choice(_OCCUPATIONS),
        "monthly_income": str(random.randrange(1_000_000, 8_000_000, 50_000)),
        "consent_version": "2026-11",
        "consented_at": f"2026-11-{random.randint(1, 20):02}T{random.randint(0, 23):02}:15:00+07:00",
    }


def _nik(born: date, woman: bool, serial: int) -> str:
    day = born.day + 40 * woman
    return f"317101{day:02}{born:%m%y}{serial:04}"


def _phone(random: Random, number: int) -> str:
    """A number of one's own, written in one of the ways in which people do."""
    prefix, rest = _PREFIXES[number % len(_PREFIXES)], f"{number // len(_PREFIXES):07}"
    match random.randrange(20):
        case 0:
            return f"{prefix}-{rest[:3]}-{rest[3:]}"
        case 1 | 2 | 3:
            return f"+62{prefix[1:]}{rest}"
    return prefix + rest


def _written(cells: Cells) -> list[str]:
    return [cells[column] for column in COLUMNS]


_BAD = {
    "external_id": ("", "1.23E+11", "A B", "x" * 65),
    "nik": (
        *("", "3.17E+15", "317101020190000", "31710102019000AB", "9971010201900001"),
        *("3171000201900001", "3171013102900001", "3171010201900000"),
    ),
    "full_name": ("", "12345", "#N/A", "=A1&B1", "x" * 200),
    "birth_place": ("x" * 200,),
    "birth_date": ("", "02/01/1990", "32874", "1990-02-30", "2020-01-01", "1890-01-01"),
    "sex": ("", "L", "P", "X"),
    "phone": ("", "0215551234", "08123", "08I234567890", "+6591234567", "8.12E+10"),
    "village_code": ("", "99.99.99.9999", "Jakarta"),
    "occupation_code": ("", "ZZ99"),
    "monthly_income": ("", "3.500.000", "3,5 juta", "-1", "3.5E+06", "99999999999"),
    "consent_version": ("", "1999-01"),
    "consented_at": ("", "kemarin", "2099-01-01", "2001-01-01"),
}

Fault = Callable[[Cells, Cells], list[str]]


def _faults() -> list[Fault]:
    """Ways to write a driver wrongly; the second driver is one who came before."""
    cells = [_with(column, value) for column, values in _BAD.items() for value in values]
    return [*cells, _same_nik, _same_id, _too_few, _too_many]


def _with(column: str, value: str) -> Fault:
    return lambda driver, before: _written({**driver, column: value})


def _same_nik(driver: Cells, before: Cells) -> list[str]:
    return _written({**driver, "nik": before["nik"]})


def _same_id(driver: Cells, before: Cells) -> list[str]:
    return _written({**driver, "external_id": before["external_id"]})


def _too_few(driver: Cells, before: Cells) -> list[str]:
    return _written(driver)[:-2]


def _too_many(driver: Cells, before: Cells) -> list[str]:
    return [*_written(driver), "", "x"]
