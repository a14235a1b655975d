"""Columns of cells that are good beyond doubt, and what they become.

None of this is a rule: the rules are in ``models/driver_form.py``. A proof here may leave out any
good row, which then takes the long way, but it never lets a row through that the rules refuse, nor
gives it another normal form. So it knows the plainest spellings only: ASCII, and no odd place for a
space. ``[0-9]`` and not ``\\d``, which takes the digits of other scripts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import polars as pl

from models.driver import COLUMNS
from models.driver_form import EARLIEST_CONSENT, Known
from models.driver_texts import MAY_BE_EMPTY, TEXTS
from models.eligibility import BELOW_AGE, MIN_AGE
from models.values.jakarta import start_of_day
from models.values.nik import PROVINCES
from models.values.numerals import LONGEST_TYPED

PROVEN = "proven"
NORMAL = pl.Schema(
    {
        **dict.fromkeys(COLUMNS, pl.String()),
        "birth_date": pl.Date(),
        "monthly_income": pl.Int64(),
        "consented_at": pl.Datetime("us", "UTC"),
    }
)
"""The normal form of a row: that of ``Driver.normal``."""

# Days of the month, those of women 40 higher. 29 February is left to the rules.
_DAY_AND_MONTH = (
    "(?:(?:[04][1-9]|[15][0-9]|[26][0-8])(?:0[1-9]|1[0-2])"
    "|(?:[26]9|[37]0)(?:0[13-9]|1[0-2])|[37]1(?:0[13578]|1[02]))"
)
_NIK = (
    f"^(?:{'|'.join(sorted(PROVINCES))})[0-9]{{2}}(?:[1-9][0-9]|0[1-9]){_DAY_AND_MONTH}[0-9]{{2}}"
    "(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])$"
)
# Not a dot: it may be the decimal one of a spreadsheet.
_PHONE_GROUPING = "[ -]"
_PHONE = r"^(?:\+?62|0062|0)?8[1-35-9][0-9]{7,10}$"
_PHONE_PREFIXES = ("+", "00", "62", "0")
# No "+", which a spreadsheet's number has.
_EXTERNAL_ID = "^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$"
# A letter in front: so it holds one, and is no formula, error or mark.
_NAME = f"^[A-Za-z][ -~]{{0,{TEXTS['full_name'].most - 1}}}$"
_ADDRESS = f"^[A-Za-z0-9][ -~]{{0,{TEXTS['address'].most - 1}}}$"
_SPREADSHEET_WORDS = ["TRUE", "FALSE"]
_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_FROM_28_TO_THE_NEXT_MONTH = timedelta(days=4)
_INCOME = "^[0-9]{1,9}$"
_INSTANT = (
    r"^20[0-9]{2}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?"
    r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9])$"
)


def with_proofs(cells: pl.DataFrame, known: Known) -> pl.DataFrame:
    """Every row as it would be in normal form, and in ``PROVEN`` whether that is certain.

    :param cells: with the text columns ``COLUMNS``; empty ones null or "". Others stay.
    """
    trimmed = cells.with_columns(pl.col(COLUMNS).str.strip_chars(" ")).with_columns(
        pl.when(pl.col(column) != "").then(pl.col(column)) for column in MAY_BE_EMPTY
    )
    # Looked up one by one: there are far more villages than rows.
    villages = known.villages & set(trimmed["village_code"].unique())
    written = pl.all_horizontal(*_proofs(known), _is_one_of("village_code", villages))
    return trimmed.with_columns(
        written.alias(PROVEN), *(_normal(column) for column in COLUMNS)
    ).with_columns(
        pl.all_horizontal(PROVEN, *_time_proofs(known)).fill_null(value=False).alias(PROVEN)
    )


def _proofs(known: Known) -> Iterable[pl.Expr]:
    """What can be seen of the cells as they were written."""
    text = pl.col
    yield text("nik").str.contains(_NIK)
    yield text("phone").str.replace_all(_PHONE_GROUPING, "").str.contains(_PHONE)
    yield text("phone").str.len_bytes() <= LONGEST_TYPED
    yield _text("external_id", _EXTERNAL_ID)
    digits = text("external_id").str.replace_all("[^0-9]", "")
    yield digits != text("nik")
    yield ~digits.str.ends_with(_national(text("phone")))
    yield _text("full_name", _NAME)
    yield _text("birth_place", _NAME)
    yield _text("mother_maiden_name", _NAME)
    yield _text("address", _ADDRESS)
    yield text("birth_date").str.contains(_DAY)
    yield text("sex").is_in(["M", "F", "m", "f"])
    yield text("monthly_income").str.contains(_INCOME)
    yield text("consented_at").str.contains(f"{_DAY}|{_INSTANT}")
    yield _is_one_of("occupation_code", known.occupations)
    yield _is_one_of("consent_version", known.consent_versions)


def _text(column: str, pattern: str) -> pl.Expr:
    cell = pl.col(column)
    proof = cell.str.contains(pattern) & ~cell.is_in(_SPREADSHEET_WORDS)
    return cell.is_null() | proof if column in MAY_BE_EMPTY else proof


def _is_one_of(column: str, values: Iterable[str]) -> pl.Expr:
    return pl.col(column).is_in(pl.Series(values=list(values), dtype=pl.String).implode())


def _time_proofs(known: Known) -> Iterable[pl.Expr]:
    """What can be seen of days and instants once they are read. Others are null there."""
    yield pl.col("birth_date").is_between(*_birth_dates(known.today))
    yield pl.col("consented_at").is_between(start_of_day(EARLIEST_CONSENT), known.now)


def _birth_dates(today: date) -> tuple[date, date]:
    """The first and last of those who are surely of age; around 29 February the rules decide."""
    day = min(today.day, 28)
    return (
        date(today.year - BELOW_AGE, today.month, day) + _FROM_28_TO_THE_NEXT_MONTH,
        date(today.year - MIN_AGE, today.month, day),
    )


def _normal(column: str) -> pl.Expr:
    cell = pl.col(column)
    match column:
        case "phone":
            return _e164(cell).alias(column)
        case "sex":
            return cell.str.to_uppercase()
        case "birth_date":
            return cell.str.to_date("%Y-%m-%d", strict=False)
        case "monthly_income":
            return cell.cast(pl.Int64, strict=False)
        case "consented_at":
            return _instant(cell).alias(column)
    return cell


def _e164(cell: pl.Expr) -> pl.Expr:
    return pl.lit("+62") + _national(cell)


def _national(cell: pl.Expr) -> pl.Expr:
    national = cell.str.replace_all(_PHONE_GROUPING, "")
    for prefix in _PHONE_PREFIXES:
        national = national.str.strip_prefix(prefix)
    return national


def _instant(cell: pl.Expr) -> pl.Expr:
    """RFC 3339, or the beginning of a day in Jakarta."""
    day = cell.str.to_date("%Y-%m-%d", strict=False)
    begun = day.cast(pl.Datetime("us")).dt.replace_time_zone("UTC") - pl.duration(hours=7)
    # %:z refuses Z.
    offset = cell.str.replace("Z", "+00:00", literal=True)
    instant = offset.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%:z", strict=False, time_unit="us")
    return pl.when(cell.str.len_bytes() == len("2026-11-22")).then(begun).otherwise(instant)
