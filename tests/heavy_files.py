"""Files within every limit, or just beyond one, that take all the room they can get."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from functools import cache

from models.driver import COLUMNS
from models.file_limits import LONGEST_LINE
from tests.api.uploading import CSV, NDJSON, XLSX
from tests.driver_files import xlsx_of

File = tuple[str, bytes]
"""Media type, and bytes."""

HEADER = ",".join(COLUMNS).encode() + b"\n"
# With one of these among its letters a text takes four times the room.
RARE = "😀".encode()
_ROOM = LONGEST_LINE - 100
LONG = b"a" * (_ROOM - len(RARE)) + RARE
SHARED = b'<c t="s"><v>0</v></c>'
STRINGS, SHEET, STYLES = "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_BOOK = xlsx_of([list(COLUMNS), ["x"]])


def taken(rows: int) -> dict[str, File]:
    """Each of so many rows, all of them wrong, and none of them too long."""
    cells, commas = _ROOM // 3 * b"ab,", _ROOM * b","
    return {
        "NDJSON of the longest lines": (NDJSON, (b'{"address":"' + LONG + b'"}\n') * rows),
        "CSV of the longest rows": (CSV, HEADER + (LONG + b"," * 13 + b"\n") * rows),
        "CSV of two letters a cell": (CSV, HEADER + (cells + b"\n") * rows),
        "CSV of separators": (CSV, HEADER + (b"a" + commas + b"\n") * rows),
        "XLSX of one text in every row": (XLSX, workbook([LONG], [SHARED] * rows)),
        "XLSX of one text in every cell": (XLSX, workbook([b"a" * 1_100], [SHARED * 14] * rows)),
    }


@cache
def refused() -> dict[str, tuple[File, str]]:
    """Each with the code of what is wrong with it."""
    lines = b'"' + b"\n".join([b"a" * 2_000] * 20) + b'"' + b"," * 13 + b"\n"
    many, other_way = [b"a" * 10_000] * 1_000, {"compression": zipfile.ZIP_LZMA}
    return {
        "CSV of rows over many lines": ((CSV, HEADER + lines), "line-too-long"),
        "XLSX of a long text": (_sheet([SHARED * 14], b"a" * 20_000), "line-too-long"),
        "XLSX of a text that is the file": (_sheet([SHARED], b"a" * 30_000_000), "line-too-long"),
        "XLSX of a long cell": (_sheet([_cell(b"a" * 30_000_000)]), "line-too-long"),
        "XLSX of long texts": ((XLSX, workbook(many, [SHARED])), "file-too-large"),
        "XLSX that goes deep": (_sheet([b"<a>" * 3_000_000]), "not-a-workbook"),
        "XLSX of a long tag": (_sheet([b"<c r='" + b"A" * 30_000_000 + b"'/>"]), "not-a-workbook"),
        "XLSX of many tags": (_sheet(b"<a%d/>" % n for n in range(300_000)), "not-a-workbook"),
        "XLSX of styles": (
            (XLSX, with_part(_BOOK, STYLES, b"<a><cellXfs>" + b"<xf/>" * 6_000_000)),
            "not-a-workbook",
        ),
        "XLSX by LZMA": ((XLSX, with_part(_BOOK, SHEET, b"<a/>", **other_way)), "not-a-workbook"),
    }


def workbook(texts: Iterable[bytes], rows: Iterable[bytes]) -> bytes:
    """:param texts: that its cells share.
    :param rows: the cells of each below the names of the columns, as they are written.
    """
    shared = b"".join(b"<si><t>" + text + b"</t></si>" for text in texts)
    names = b"".join(_cell(name.encode()) for name in COLUMNS)
    sheet = b"".join(b"<row>" + cells + b"</row>" for cells in (names, *rows))
    book = with_part(_BOOK, STRINGS, _element("sst", shared))
    return with_part(book, SHEET, _element("worksheet", b"<sheetData>" + sheet + b"</sheetData>"))


def with_part(
    data: bytes, name: str, content: bytes, compression: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """The workbook with another content of one of its parts."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(written, "w", compression) as new,
    ):
        for each in old.namelist():
            new.writestr(each, content if each == name else old.read(each))
    return written.getvalue()


def _sheet(rows: Iterable[bytes], text: bytes = b"a") -> File:
    return XLSX, workbook([text], rows)


def _cell(text: bytes) -> bytes:
    return b'<c t="inlineStr"><is><t>' + text + b"</t></is></c>"


def _element(name: str, content: bytes) -> bytes:
    return f'<{name} xmlns="{_MAIN}">'.encode() + content + f"</{name}>".encode()
