"""Rows of a file of drivers: good ones, and every kind of bad one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import strategies as st

from models.driver import COLUMNS
from models.driver_form import Known
from tests.models.values.strategies import HOSTILE_TEXT, group_digits

NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)
KNOWN = Known(
    now=NOW,
    villages=frozenset({"31.71.07.1006", "32.73.02.1002"}),
    occupations=frozenset({"TR01", "FI01"}),
    consent_versions=frozenset({"2026-11", "2026-12b"}),
)

GOOD = {
    "external_id": "DRV-000123",
    "nik": "3273014507930001",
    "full_name": "Siti Aminah",
    "birth_place": "Bandung",
    "birth_date": "1993-07-05",
    "sex": "F",
    "mother_maiden_name": "Ratna Dewi",
    "phone": "081355550123",
    "address": "Jl. Kenanga 12, RT 3/RW 4",
    "village_code": "31.71.07.1006",
    "occupation_code": "TR01",
    "monthly_income": "3500000",
    "consent_version": "2026-11",
    "consented_at": "2026-11-20T09:00:00+07:00",
}


def row(**changes: str | None) -> dict[str, str | None]:
    return {**GOOD, **changes}


def split(cells: str) -> list[str]:
    return cells.split("|")


# What a spreadsheet, a hasty person or an attacker puts into any cell.
ANYWHERE = [
    *split("| |'|-|0|#N/A|#REF!|####|=A1&B1|'=A1|+A1|@A1|TRUE|FALSE|true|null|'9|<b>|\\N|\";--"),
    *split(
        "\x00|a\x00b|\u200b|\u202eab|\ufeff|\u2028|💥|Siti\nAminah|\tSiti|１２３|苏|٣٢٧٣٠١٤٥٠٧٩٣٠٠٠١"
    ),
    *("é" * 101, "x" * 301, "0" * 5_000, " " * 2_500 + "1", "\u200b" * 3_000, "9" * 70),
]
SPELLINGS = {
    "external_id": [
        *split("1.23E+11|1E+05|1E5|1E-05|A B|a\u200bb|é|#1|D/1|'007|32874|-1"),
        *split("3273014507930001|N-3273014507930001|32730145079300011|081355550123|+6281355550123"),
        *split("OK-8135555.0123|1355550123"),
        *("x" * 64, "x" * 65),
    ],
    "nik": split(
        "3.27E+15|3,27301E+15|3273014507930001.0|3273014507930001,00|'3273014507930001"
        "|3273 0145 0793 0001|3273-014507-930001|32730145079300O1|3273014507930000|9973014507930001"
        "|327301450793000|32730145079300011|3273004507930001|3273014513930001|3273014530020001"
        "|3273012902000001|3273012902010001| 3273014507930001 |３２７３０１４５０７９３０００１"
    ),
    "full_name": [
        *split(
            "Siti Aminah|I|MA'RUF|Nuñez|Sri  Rejeki| Budi |d'Arc|苏|O. 'N|#NAME?|123|'3 Roda|True"
        ),
        *("x" * 100, "x" * 101),
    ],
    "birth_date": split(
        "1993-07-05|32874|32874.0|46327,5|05/07/1993|5-7-93|05.07.1993|1993/07/05|5 Juli 1993"
        "|05-Jul-93|July 5, 1993|1993-7-5|1993-02-30|19930705|1993-07-05 00:00:00|2030-01-01"
        "|1993-07-05T00:00:00.000|1993-07-05 01:00:00|0000-01-01|0001-01-01|9999-12-31"
        "|２０００-01-01|05/07/1993 00:00"
    ),
    "sex": split("M|F|m|f|L|P|l|LAKI-LAKI|Laki laki|Perempuan|pria|male|MF|ｍ"),
    "phone": [
        *split("8.12E+10|8,12346E+11|6281234567890.0|81234567890.00|0812345678O|02112345678|0812"),
        *split(
            "+6591234567|08123456789 / 08123456780|'+6281234567890|'081234567890|8123456789012345"
        ),
        "0812" + "-" * 70 + "34567890",
    ],
    "address": ["Jl. A\nRT 1", "x" * 300, "1", "@rumah"],
    "village_code": split(
        "31.71.07.1006|31.71.07.1007|3171071006| 31.71.07.1006 |31.71|31,71,07,1006"
    ),
    "occupation_code": split("TR01|tr01|XX99|TR01 |TR01TR01TR01"),
    "monthly_income": [
        *split("1.5E+06|1,5E+06|Rp 1.500.000|Rp1500000|rp. 1.500.000,00|IDR 5|1.500.000|1,500,000"),
        *split("1.500.000,00|1500000.0|1500000,00|1.5|1 500 000|+12|-0|-12|007| 12 |1_000|٣|12 jt"),
        *("1000000000", "1000000001", "1" * 16, "9" * 5_000),
    ],
    "consent_version": split("2026-11|2026-12b|2026-10|Nov-26|01/11/2026|2026-11-01|46327|2026/11"),
    "consented_at": split(
        "2026-11-22|2026-11-23|2022-10-17|2022-10-16|32874|22/11/2026|22/11/2026 09:00|0001-01-01"
        "|2026-11-20T24:00:00Z|2026-11-20T23:59:60Z|2026-11-20 09:00:00+07:00|2026-11-20T09:00:00"
        "|9999-12-31T23:59:59-14:00|0001-01-01T00:00:00+14:00|2026-11-20T09:00:00.5Z"
        "|2026-11-20T09:00:00.1234567Z|2026-02-30T09:00:00Z|2026-11-20 00:00:00|2026-11-20T09:00:00z"
    ),
}
SPELLINGS |= dict.fromkeys(["birth_place", "mother_maiden_name"], SPELLINGS["full_name"])

# Anything at all, but lone surrogates: no file in UTF-8 has any.
ANY_TEXT = HOSTILE_TEXT.filter(lambda text: not any("\ud800" <= each <= "\udfff" for each in text))
NIKS = st.one_of(
    st.sampled_from(SPELLINGS["nik"]),
    st.from_regex(r"(31|32|99)[0-9]{2}0[0-3][0-7][0-9][01][0-9]{3}000[0-9]", fullmatch=True),
    st.from_regex(
        r"31710[1-7](29|30|31|69|70|71|40|72)(0[0-9]|1[0-3])[0-9]{2}0001", fullmatch=True
    ),
    st.text("0123456789", min_size=15, max_size=17),
)
PHONES = st.one_of(
    st.sampled_from(SPELLINGS["phone"]),
    st.builds(
        str.__add__,
        st.sampled_from(split("0|+62|62||0062|+62(0)|(0)|620|00|+|'+62|' ")),
        st.from_regex(r"8[0-9]{6,12}", fullmatch=True)
        | st.from_regex(r"8[1-35-9][0-9]{7,10}", fullmatch=True).flatmap(group_digits),
    ),
    st.text("0123456789+- .()", max_size=20),
)
DAYS = st.dates() | st.dates(date(1961, 11, 1), date(2009, 12, 5))
INSTANTS = st.one_of(
    st.sampled_from(SPELLINGS["consented_at"]),
    DAYS.map(str),
    st.builds(
        lambda ago, offset: (NOW - ago).replace(tzinfo=None).isoformat() + offset,
        st.timedeltas(timedelta(days=-2), timedelta(days=2_000)),
        st.sampled_from(split("Z|z|+07:00|-07:00|+00:00|+23:59|-14:00|+0700|| WIB")),
    ),
)
CELLS = {
    **{column: st.sampled_from(spellings) for column, spellings in SPELLINGS.items()},
    "nik": NIKS,
    "phone": PHONES,
    "birth_date": DAYS.map(str) | st.sampled_from(SPELLINGS["birth_date"]),
    "monthly_income": st.integers(-10, 2 * 10**9).map(str)
    | st.sampled_from(SPELLINGS["monthly_income"]),
    "consented_at": INSTANTS,
}
ODD = st.one_of(
    st.none(), st.sampled_from(ANYWHERE), ANY_TEXT, st.text("0123456789.,-+/:eETZ '#=", max_size=30)
)


@st.composite
def rows(draw: st.DrawFn) -> dict[str, str | None]:
    """A good row with some cells that are odd in the way of their column, or of any."""
    touched = draw(st.lists(st.sampled_from(COLUMNS), max_size=4, unique=True))
    return row(**{column: draw(CELLS[column] | ODD) for column in touched})


def hostile(draw: Random) -> dict[str, str | None]:
    """A row of which hardly a cell is good."""
    return {column: _hostile_cell(draw, column) for column in COLUMNS}


def _hostile_cell(draw: Random, column: str) -> str | None:
    known, kind = [GOOD[column], *SPELLINGS[column]], draw.randrange(4)
    if kind == 0:
        return draw.choice([None, *ANYWHERE])
    if kind == 1:
        return "".join(chr(draw.randrange(0xD800)) for _ in range(draw.randrange(1, 30)))
    return _damaged(draw, draw.choice(known)) if kind == 2 else draw.choice(known)


def _damaged(draw: Random, cell: str) -> str:
    """With one character more, one less, or another one."""
    place, other = draw.randrange(len(cell) + 1), draw.choice("0O.,'+-= \x00\u00a0\u0663eE/é")
    return cell[:place] + other[: draw.randrange(2)] + cell[place + draw.randrange(2) :]
