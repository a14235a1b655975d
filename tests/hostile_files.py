"""Two hundred files and more of drivers that something is wrong with, and a few that only look so."""

from __future__ import annotations

import codecs
import gzip
import io
import zipfile
from collections.abc import Iterator
from random import Random

from models.driver import COLUMNS
from tests import heavy_files
from tests.api.uploading import CSV, NDJSON, XLSX
from tests.driver_files import csv_of, drivers, ndjson_of, xlsx_of
from tests.driver_rows import ANYWHERE, GOOD, row

File = tuple[str, str, bytes, bool]
"""Name, media type, bytes, and whether it is said to be gzip."""

HEADER = ",".join(COLUMNS).encode() + b"\n"
LINE = csv_of([GOOD]).splitlines(keepends=True)[1]
FILE = csv_of(drivers(20))


def hostile_files() -> Iterator[File]:
    for making in (
        _encodings,
        _headers,
        _shapes,
        _quotes,
        _cells,
        _gzips,
        _ndjsons,
        _sheets,
        _heavy,
        _noise,
    ):
        yield from making()


def _encodings() -> Iterator[File]:
    text = csv_of([row(full_name="Siti Áminah – “A”")]).decode()
    for name in ("cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp037", "gb18030",
                 "shift_jis", "mac_roman", "utf-8-sig"):  # fmt: skip
        yield f"in {name}", CSV, text.encode(name, "replace"), False
    yield "two marks", CSV, codecs.BOM_UTF8 * 2 + FILE, False
    yield "a mark and nothing", CSV, codecs.BOM_UTF8, False
    yield "a mark cut short", CSV, codecs.BOM_UTF8[:2], False
    for name, junk in {
        "a lone byte": b"\x80",
        "an overlong form": b"\xc0\xaf",
        "a surrogate": b"\xed\xa0\x80",
        "beyond Unicode": b"\xf5\x80\x80\x80",
        "a cut character": b"\xe2\x82",
        "a NUL": b"\0",
    }.items():
        yield f"{name} at the end", CSV, FILE + junk, False
        yield f"{name} in a cell", CSV, HEADER + LINE.replace(b"Siti", b"Si" + junk + b"ti"), False
        yield f"{name} among the names", CSV, junk + FILE, False


def _headers() -> Iterator[File]:
    names = ",".join(COLUMNS)
    for name, header in {
        "without names": "",
        "names alone": names,
        "names twice over": f"{names},{names}",
        "a name twice": f"{names},nik",
        "a name missing": names.replace("nik,", ""),
        "a name unknown": f"{names},gender",
        "a NIK for a name": f"{names},3273014507930001",
        "an empty name between": names.replace("nik,", "nik,,"),
        "a thousand names": f"{names}," + ",".join(f"c{n}" for n in range(1_000)),
        "ten thousand separators": names + "," * 10_000,
        "names with quotes": ",".join(f'"{each}"' for each in COLUMNS),
        "names with an open quote": f'"{names}',
        "names with a formula": f"={names}",
        "names by tabs": names.replace(",", "\t"),
        "names by bars": names.replace(",", "|"),
        "names by spaces": names.replace(",", " "),
        "an Excel hint above": f"sep=,\n{names}",
        "a title above": f"Daftar pengemudi\n{names}",
        "capitals": names.upper(),
        "Indonesian names": "id,nik,nama,tempat,tanggal,jk,ibu,hp,alamat,desa,kerja,gaji,versi,pada",
        "control characters": f"\x01\x02{names}\x7f",
    }.items():
        yield name, CSV, header.encode() + b"\n" + LINE, False
    yield "nothing", CSV, b"", False
    yield "only names", CSV, HEADER, False
    yield "only line ends", CSV, b"\n" * 1_000, False
    yield "only spaces", CSV, b" " * 1_000, False
    yield "only separators", CSV, b",,,,\n" * 1_000, False
    yield "only a NUL", CSV, b"\0", False


def _shapes() -> Iterator[File]:
    for name, line in {
        "a row of one cell": b"a\n",
        "a row of thirteen": LINE.replace(b"DRV-000123,", b""),
        "a row of fifteen": b"x," + LINE,
        "a row of a thousand": LINE.strip() + b"," * 1_000 + b"x\n",
        "a row of nothing": b"," * 13 + b"\n",
        "a row by semicolons": LINE.replace(b",", b";"),
        "a row by tabs": LINE.replace(b",", b"\t"),
        "a cell of a million": LINE.replace(b"Siti", b"S" * 1_000_000),
        "a cell of a hundred thousand": LINE.replace(b"Siti", b"S" * 100_000),
        "a cell of 140,000 in quotes": LINE.replace(b"Siti Aminah", b'"' + b"S" * 140_000 + b'"'),
        "a row of 40,000 over 20 lines": b'"' + b"\n".join([b"S" * 2_000] * 20) + b'"\n',
        "a row without an end": LINE.strip(),
        "the names again": HEADER,
    }.items():
        yield name, CSV, FILE + line, False
    for name, end in {"CR": b"\r", "CRLF": b"\r\n", "LFCR": b"\n\r", "CRCRLF": b"\r\r\n"}.items():
        yield f"lines that end in {name}", CSV, FILE.replace(b"\n", end), False
    for name, end in {
        "FF": b"\f",
        "VT": b"\v",
        "U+2028": "\u2028".encode(),
        "NEL": b"\xc2\x85",
    }.items():
        yield f"lines that end in {name}", CSV, FILE.replace(b"\n", end), False
    yield "one endless line", CSV, FILE.replace(b"\n", b",") * 300, False


def _quotes() -> Iterator[File]:
    for name, change in {
        "an open quote": (b"D-3,", b'"D-3,'),
        "a quote within": (b"Siti Aminah", b'Siti "Ani" Aminah'),
        "a quote that begins": (b"Siti Aminah", b'"Siti" Aminah'),
        "a quote that ends": (b"Siti Aminah", b'Siti "Aminah"'),
        "three quotes": (b"Siti Aminah", b'"""Siti Aminah'),
        "single quotes": (b"Siti Aminah", b"'Siti, Aminah'"),
        "curly quotes": (b"Siti Aminah", "“Siti, Aminah”".encode()),
        "a backslash before a quote": (b"Siti Aminah", b'"Siti \\" Aminah"'),
        "an empty pair": (b"Siti Aminah", b'""'),
        "a line break in quotes": (b"Siti Aminah", b'"Siti\nAminah"'),
        "a hundred line breaks in quotes": (b"Siti Aminah", b'"' + b"\n" * 100 + b'"'),
    }.items():
        yield name, CSV, FILE.replace(*change, 1), False
        yield f"{name}, in each row", CSV, FILE.replace(*change), False
    yield "an open quote at the very end", CSV, FILE + b'"', False
    yield "nothing but quotes", CSV, b'"' * 1_001, False


def _cells() -> Iterator[File]:
    for number, cell in enumerate(ANYWHERE):
        for column in ("external_id", "consented_at"):
            name = f"{column} no. {number}"
            yield name, CSV, csv_of([row(**{column: cell})]), False
    yield "every cell a formula", CSV, csv_of([dict.fromkeys(COLUMNS, "=cmd|' /C calc'!A0")]), False
    yield "the same row a hundred times", CSV, csv_of([GOOD] * 100), False


def _gzips() -> Iterator[File]:
    packed = gzip.compress(FILE)
    for size in (1, 9, 10, 11, len(packed) // 2, len(packed) - 8, len(packed) - 1):
        yield f"gzip cut at {size}", CSV, packed[:size], True
    for place in (0, 2, 3, 10, 50, len(packed) - 5, len(packed) - 1):
        broken = bytearray(packed)
        broken[place] ^= 0xFF
        yield f"gzip broken at {place}", CSV, bytes(broken), True
    yield "gzip of nothing", CSV, gzip.compress(b""), True
    yield "no bytes for gzip", CSV, b"", True
    yield "no gzip", CSV, FILE, True
    yield "gzip that is not said", CSV, packed, False
    yield "gzip in gzip", CSV, gzip.compress(packed), True
    yield "gzip with noise behind", CSV, packed + b"noise", True
    yield "a bomb of empty lines", CSV, gzip.compress(HEADER + b"\n" * 30_000_000), True
    yield "a bomb in one cell", CSV, gzip.compress(HEADER + b"a" * 30_000_000), True
    yield "a bomb of bombs", CSV, gzip.compress(b"\n" * 5_000_000) * 20, True


def _ndjsons() -> Iterator[File]:
    good = ndjson_of([GOOD])
    for name, data in {
        "nothing": b"",
        "an array": b"[" + good.strip() + b"]\n",
        "objects over several lines": good.replace(b",", b",\n"),
        "objects without line ends": good.strip() * 3,
        "a number": b"1\n",
        "null": b"null\n",
        "CSV": FILE,
        "depth": b'{"nik":' * 100_000 + b"1" + b"}" * 100_000,
        "depth in a short line": good + b'{"nik":' * 1_900 + b"1" + b"}" * 1_900 + b"\n",
        "a great number": good + b'{"nik":' + b"9" * 5_000 + b"}\n",
        "a great exponent": good + b'{"nik":1e999999}\n',
        "NaN": good + b'{"nik":NaN}\n',
        "a line of 20,000": good + b'{"nik":"' + b"1" * 20_000 + b'"}\n',
        "a line of 20,000 spaces": good + b'{"nik":' + b" " * 20_000 + b'"1"}\n',
        "a surrogate": good + b'{"nik":"\\ud800"}\n',
        "a NUL": good + b'{"nik":"\\u0000"}\n',
        "a bare NUL": good + b"\0\n",
        "a name twice": good + b'{"nik":"1","nik":"2"}\n',
        "a name of a million": good + b'{"' + b"n" * 200_000 + b'":1}\n',
        "comments": good + b"// a\n",
        "Latin": good + b'{"nik":"\xe9"}\n',
        "an unknown name": ndjson_of([GOOD | {"gender": "F"}]),
        "numbers for texts": ndjson_of([dict.fromkeys(COLUMNS, 7)]),
        "lists for texts": ndjson_of([{column: [] for column in COLUMNS}]),
        "formulas": ndjson_of([dict.fromkeys(COLUMNS, "=1+1")]),
        "control characters": ndjson_of([dict.fromkeys(COLUMNS, "\x00\x1b[31m\u202e")]),
    }.items():
        yield f"NDJSON: {name}", NDJSON, data, False


def _sheets() -> Iterator[File]:
    book = xlsx_of([list(COLUMNS), list(GOOD.values())])
    # The time stands in it, so it is a byte longer or shorter in another process.
    cuts = {"the start": 0, "4": 4, "the middle": len(book) // 2, "the end": len(book) - 1}
    for where, size in cuts.items():
        yield f"XLSX cut at {where}", XLSX, book[:size], False
    yield "CSV as XLSX", XLSX, FILE, False
    yield "XLSX as CSV", CSV, book, False
    yield "an old Excel file", XLSX, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000), False
    yield "a zip of other things", XLSX, _zip({"a.txt": b"a"}), False
    yield "a bomb", XLSX, _zip({"xl/workbook.xml": b" " * 70_000_000}), False
    yield "an empty zip", XLSX, _zip({}), False
    yield "XLSX without names", XLSX, xlsx_of([list(GOOD.values())]), False
    yield "XLSX without rows", XLSX, xlsx_of([list(COLUMNS)]), False
    yield "XLSX without cells", XLSX, xlsx_of([]), False
    for name in zipfile.ZipFile(io.BytesIO(book)).namelist():
        yield f"without {name}", XLSX, _changed(book, name, None), False
        yield f"with noise for {name}", XLSX, _changed(book, name, b"\xff\xfe<<<"), False


def _heavy() -> Iterator[File]:
    for name, (media_type, data) in heavy_files.taken(50).items():
        yield name, media_type, data, False
    for name, ((media_type, data), _) in heavy_files.refused().items():
        yield name, media_type, data, False


def _noise() -> Iterator[File]:
    random = Random(20261122)
    for number in range(10):
        media_type = (CSV, NDJSON, XLSX)[number % 3]
        yield f"noise no. {number}", media_type, random.randbytes(20_000), False
    for number in range(10):
        broken = bytearray(FILE)
        for _ in range(20):
            broken[random.randrange(len(broken))] = random.randrange(1, 128)
        yield f"spoilt no. {number}", CSV, bytes(broken), False


def _zip(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def _changed(book: bytes, name: str, content: bytes | None) -> bytes:
    old = zipfile.ZipFile(io.BytesIO(book))
    parts = {each: old.read(each) for each in old.namelist() if each != name}
    return _zip(parts if content is None else parts | {name: content})
