"""Files of drivers, as partners send them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

import orjson
import xlsxwriter

from models.driver import COLUMNS
from tests.driver_rows import row

BLOCK = 64 * 1024


def drivers(count: int) -> list[dict[str, str | None]]:
    """So many, each with a NIK of their own."""
    return [
        row(external_id=f"D-{number}", nik=f"327301450793{number:04}")
        for number in range(1, count + 1)
    ]


def csv_of(
    rows: Iterable[Mapping[str, str | None]],
    *,
    columns: Iterable[str] = COLUMNS,
    separator: str = ",",
    line_end: str = "\n",
) -> bytes:
    names = list(columns)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator=line_end)
    writer.writerow(names)
    writer.writerows([each.get(name) or "" for name in names] for each in rows)
    return text.getvalue().encode()


def ndjson_of(rows: Iterable[object]) -> bytes:
    return b"".join(orjson.dumps(each) + b"\n" for each in rows)


def xlsx_of(rows: Iterable[Iterable[object]], **options: object) -> bytes:
    """A workbook with these cells in its first sheet; the first row is the header."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": not options, **options})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for number, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet.write(number, column, cell, day if hasattr(cell, "year") else None)
    book.close()
    return written.getvalue()


def blocks(data: bytes, size: int = BLOCK) -> Iterator[bytes]:
    """The bytes as they may arrive."""
    return (data[start : start + size] for start in range(0, len(data), size))
