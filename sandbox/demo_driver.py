"""An ojol driver whom nobody has met before, for every run of the demonstration another one."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from models.values.nik import Nik
from models.values.phone import PhoneNumber

NAMES = ("Agus", "Bambang", "Dedi", "Eko", "Hendra", "Joko", "Rahmat", "Slamet", "Wahyu", "Yusuf")
SURNAMES = (
    "Hidayat",
    "Kurniawan",
    "Nugroho",
    "Pratama",
    "Santoso",
    "Saputra",
    "Setiawan",
    "Wibowo",
)
MOTHERS = ("Aminah", "Kartini", "Ningsih", "Rohayati", "Sumiati", "Wahyuni")
OLDEST, YOUNGEST = date(1978, 1, 1), date(2003, 12, 31)
# The registry of the sandbox has answers of its own for the serials from 9000 on.
LAST_SERIAL = 8999
# The gateway of the sandbox cannot reach numbers that end in 000 or 999.
REACHABLE = range(100, 900)


@dataclass(frozen=True)
class Driver:
    full_name: str
    mother_maiden_name: str
    birth_date: date
    nik: Nik
    phone: PhoneNumber

    @classmethod
    def drawn(cls, district: str = "31.71.07") -> Driver:
        """:param district: the code of where the NIK is said to have been issued."""
        born = OLDEST + timedelta(days=secrets.randbelow((YOUNGEST - OLDEST).days + 1))
        serial = 1 + secrets.randbelow(LAST_SERIAL)
        return cls(
            full_name=f"{secrets.choice(NAMES)} {secrets.choice(SURNAMES)}",
            mother_maiden_name=secrets.choice(MOTHERS),
            birth_date=born,
            nik=Nik(f"{district.replace('.', '')}{born:%d%m%y}{serial:04}"),
            phone=PhoneNumber(f"+62812{secrets.randbelow(100_000):05}{secrets.choice(REACHABLE)}"),
        )
