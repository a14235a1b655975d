"""A bank's daily statement, as a CSV file: every payment that the bank holds as made to us on a day.

Read line by line, however long it is. What spreadsheets and Windows do to such a file is taken as it
comes: a byte order mark, CRLF, semicolons with decimal commas, columns in another order or more of
them. Anything else is refused, naming the line and never what it says.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import TextIOWrapper
from itertools import chain
from typing import IO

COLUMNS = ("date", "reference_no", "payment_request_id", "virtual_account_no", "amount")
LONGEST_ID = 128

_HEADER_AT_MOST = 4096
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ACCOUNT = re.compile(r"[0-9]{1,28}")
_AMOUNT = {
    ",": re.compile(r"[0-9]{1,13}(\.[0-9]{1,2})?"),
    # Where a comma does not separate columns, it may separate the sen.
    ";": re.compile(r"[0-9]{1,13}([.,][0-9]{1,2})?"),
}


class NotAStatement(Exception):
    """The file cannot be read as a statement. Its sentence is for whoever typed the command."""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """:param number: in the file, from 1. :param amount: Rupiah and sen, as the bank says."""

    number: int
    day: date
    reference_no: str
    payment_request_id: str
    virtual_account_no: str
    amount: Decimal


def read(file: IO[bytes]) -> Iterator[StatementLine]:
    """The payments of a statement, in its order.

    :raises NotAStatement: at the first line that cannot be read.
    """
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    number = 0
    try:
        header = text.readline(_HEADER_AT_MOST)
        separator = ";" if header.count(";") > header.count(",") else ","
        rows = csv.reader(chain([header], text), delimiter=separator, strict=True)
        names = _names(next(rows, []))
        number = rows.line_num
        for row in rows:
            number = rows.line_num
            if row:
                yield _line(number, _by_name(number, names, row), separator)
    except UnicodeDecodeError:
        raise NotAStatement(
            "The file is not a bank's statement: it is not text in UTF-8."
        ) from None
    except csv.Error:
        raise _wrong(number + 1, "it is not CSV") from None


def _names(header: list[str]) -> list[str]:
    names = [name.strip().casefold() for name in header]
    missing = [name for name in COLUMNS if names.count(name) != 1]
    if missing:
        raise _wrong(1, f"there must be one column each called {', '.join(missing)}")
    return names


def _by_name(number: int, names: list[str], row: list[str]) -> Mapping[str, str]:
    if len(row) != len(names):
        raise _wrong(number, f"it has {len(row)} columns, and the first line has {len(names)}")
    return dict(zip(names, (cell.strip() for cell in row), strict=True))


def _line(number: int, cells: Mapping[str, str], separator: str) -> StatementLine:
    account = cells["virtual_account_no"]
    if not _ACCOUNT.fullmatch(account):
        raise _wrong(number, "virtual_account_no is not a number of at most 28 digits")
    return StatementLine(
        number=number,
        day=_day(number, cells["date"]),
        reference_no=_id(number, "reference_no", cells),
        payment_request_id=_id(number, "payment_request_id", cells),
        virtual_account_no=account,
        amount=_amount(number, cells["amount"], separator),
    )


def _day(number: int, cell: str) -> date:
    try:
        # The pattern first: other ways to write a day are more likely to be another column.
        return date.fromisoformat(cell if _DAY.fullmatch(cell) else "")
    except ValueError:
        raise _wrong(number, "date is not a day written YYYY-MM-DD") from None


def _id(number: int, name: str, cells: Mapping[str, str]) -> str:
    cell = cells[name]
    if not (0 < len(cell) <= LONGEST_ID and cell.isprintable()):
        raise _wrong(number, f"{name} is not a text of 1 to {LONGEST_ID} characters")
    return cell


def _amount(number: int, cell: str, separator: str) -> Decimal:
    if not _AMOUNT[separator].fullmatch(cell):
        raise _wrong(number, "amount is not Rupiah written as 33600.00")
    return Decimal(cell.replace(",", "."))


def _wrong(number: int, what: str) -> NotAStatement:
    return NotAStatement(f"The file is not a bank's statement: line {number}: {what}.")
