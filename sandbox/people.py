"""The people whom the registry knows. All are invented.

Their NIKs end in 91xx. Serials 9000-9999 are kept for such purposes: no place
registers so many people born on one day, so none of these is anybody's number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Resident:
    nik: str
    name: str
    birth_place: str
    birth_date: date
    sex: str
    """``LAKI-LAKI`` or ``PEREMPUAN``."""
    mother: str


MALE, FEMALE = "LAKI-LAKI", "PEREMPUAN"

RESIDENTS = (
    Resident("3273011208909101", "AGUS SETIAWAN", "BANDUNG", date(1990, 8, 12), MALE, "ENTIN"),
    Resident("3578016503859102", "SRI WAHYUNI", "SURABAYA", date(1985, 3, 25), FEMALE, "PONIYEM"),
    Resident("3321011701789103", "SUGIONO", "DEMAK", date(1978, 1, 17), MALE, "SUMIATI"),
    Resident("7371014906939104", "NUR AISYAH", "MAKASSAR", date(1993, 6, 9), FEMALE, "HASNAH"),
    Resident(
        "5103010311829105", "I MADE SUDIARTA", "BADUNG", date(1982, 11, 3), MALE, "NI WAYAN RENI"
    ),
    Resident(
        "3174012204969106",
        "MUHAMMAD RIZKY PRATAMA",
        "JAKARTA",
        date(1996, 4, 22),
        MALE,
        "YULI ASTUTI",
    ),
    Resident(
        "1271015812889107", "RUTH SIMANJUNTAK", "MEDAN", date(1988, 12, 18), FEMALE, "TIOLINA"
    ),
    Resident("9171010505919108", "YOHANES WAMBRAUW", "JAYAPURA", date(1991, 5, 5), MALE, "MARIA"),
    Resident(
        "6403016802809109", "DAYANG NURLELA", "BERAU", date(1980, 2, 28), FEMALE, "SITI RAHMAH"
    ),
    Resident(
        "5201020910749110", "LALU SURYADI", "LOMBOK BARAT", date(1974, 10, 9), MALE, "BAIQ SUHARNI"
    ),
    Resident(
        "3273014107019111",
        "NENG SITI NURHALIMAH",
        "BANDUNG",
        date(2001, 7, 1),
        FEMALE,
        "AI ROHAYATI",
    ),
    Resident("3578013110689112", "SLAMET", "SURABAYA", date(1968, 10, 31), MALE, "TUKINEM"),
)
POPULATION = {resident.nik: resident for resident in RESIDENTS}


def score(said: str, held: str) -> int:
    """How alike two names or places are, 0-100, whatever their case and punctuation."""
    said_words, held_words = _words(said), _words(held)
    in_order = _likeness(said_words, held_words)
    # "Aisyah Nur" is nearly "Nur Aisyah", but not quite.
    reordered = _likeness(sorted(said_words), sorted(held_words)) * 0.95
    return round(100 * max(in_order, reordered))


def _words(text: str) -> list[str]:
    return re.sub(r"[^\w\s]", "", text.upper()).split()


def _likeness(said: list[str], held: list[str]) -> float:
    return SequenceMatcher(None, " ".join(said), " ".join(held), autojunk=False).ratio()
