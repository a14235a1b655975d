"""The parts of an XLSX workbook. It is a zip of XML, so it is not trusted in either.

Read by hand and not through polars: that turns a NIK that was typed as a number into sixteen digits
of which the last is made up, and asks for room for every cell between the first and the last, which
a file of a kilobyte can put a thousand million cells apart.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any
from xml.parsers import expat

from services.enrolment.file_faults import FileTooLarge, NotAWorkbook

# 20,000 rows of 14 cells come to less than 20 MiB of XML.
MOST_UNPACKED = 64 * 1024 * 1024
_MOST_DIRECTORY = 256 * 1024
# What the cells look like and where the parts are: a few kilobytes.
_MOST_BESIDE = 4 * 1024 * 1024
# ISO 29500-2, B.4: a workbook's parts are compressed in no other way.
_COMPRESSED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# Of a part's flags, the one that says that it is under a password.
_UNDER_PASSWORD = 0x1
# Small, because what has been read of a sheet is held until the step ends.
_STEP = 2 * 1024
# expat keeps every element that is open, every name there was, and a tag until it ends. A sheet is
# seven deep, and has some hundred names.
_DEEPEST, _MOST_NAMES, _LONGEST_TAG = 100, 1_000, 64 * 1024
_END, _END_SIZE = b"PK\x05\x06", 22
_END_64, _END_64_SIZE = b"PK\x06\x07", 20
# With the longest comment behind it.
_LONGEST_END = _END_64_SIZE + _END_SIZE + 65_535
# zipfile says NotImplementedError of a later kind of archive, and of parts that are patches or under a
# strong password; KeyError and IndexError are of parts that refer to what is not there.
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    KeyError,
    IndexError,
    NotImplementedError,
    ValueError,
)
_ROOT = "xl/"

Attributes = dict[str, str]


@contextmanager
def readable() -> Iterator[None]:
    """Whatever is odd in there is one fault: it is no workbook."""
    try:
        yield
    except _UNREADABLE as error:
        raise NotAWorkbook from error


@dataclass(frozen=True)
class Workbook:
    """Where the parts are that matter. ``strings`` and ``styles`` need not be there."""

    archive: zipfile.ZipFile
    sheet: str
    strings: str | None
    styles: str | None
    from_1904: bool

    def parsed(self, part: str, reader: Any, *, large: bool = False) -> Iterator[None]:
        """Have a part read, a step at a time: ``reader`` is told ``start``, ``end`` and ``text``.

        Names are told without their prefixes.

        :param large: whether it is one that grows with the number of rows.
        """
        names: dict[str, str] = {}
        parser = expat.ParserCreate(intern=names)
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = _as_deep_as_may_be(reader)
        parser.CharacterDataHandler = reader.text
        # No workbook has one; who sends one wants it to grow.
        parser.StartDoctypeDeclHandler = _refuse
        fed = 0
        with self._opened(part, large=large) as stream:
            while block := stream.read(_STEP):
                parser.Parse(block)
                fed += len(block)
                if fed - parser.CurrentByteIndex > _LONGEST_TAG or len(names) > _MOST_NAMES:
                    raise NotAWorkbook
                yield
        parser.Parse(b"", True)
        yield

    def _opened(self, part: str, *, large: bool) -> IO[bytes]:
        told = self.archive.getinfo(part)
        if told.compress_type not in _COMPRESSED or told.flag_bits & _UNDER_PASSWORD:
            raise NotAWorkbook
        if not large and told.file_size > _MOST_BESIDE:
            raise NotAWorkbook
        return self.archive.open(told)


def _as_deep_as_may_be(reader: Any) -> tuple[Any, Any]:
    """What is told that elements begin and end, and passes it on."""
    depth = 0

    def start(name: str, told: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise NotAWorkbook
        reader.start(name.rpartition(":")[2], told)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        reader.end(name.rpartition(":")[2])

    return start, end


def opened(data: IO[bytes], most_unpacked: int = MOST_UNPACKED) -> Workbook:
    """:param most_unpacked: how many bytes it may hold.
    :raises NotAWorkbook, FileTooLarge: it is none, or unpacks to more than that."""
    with readable():
        _refuse_large_directory(data)
        archive = zipfile.ZipFile(data)
        if sum(each.file_size for each in archive.infolist()) > most_unpacked:
            raise FileTooLarge
        return _workbook(archive)


def _refuse_large_directory(data: IO[bytes]) -> None:
    """The directory is read whole, so its size is looked at before."""
    size = data.seek(0, io.SEEK_END)
    data.seek(max(0, size - _LONGEST_END))
    end = data.read()
    at = end.rfind(_END)
    if at < 0 or len(end) < at + _END_SIZE:
        raise NotAWorkbook
    if int.from_bytes(end[at + 12 : at + 16], "little") > _MOST_DIRECTORY:
        raise FileTooLarge
    # A second, larger directory is for files of 4 GiB.
    if end[max(0, at - _END_64_SIZE) : at].startswith(_END_64):
        raise NotAWorkbook


def _workbook(archive: zipfile.ZipFile) -> Workbook:
    found, contents = _Contents(), _Relations()
    book = Workbook(archive, "", None, None, from_1904=False)
    for _ in book.parsed(f"{_ROOT}workbook.xml", found):
        pass
    for _ in book.parsed(f"{_ROOT}_rels/workbook.xml.rels", contents):
        pass
    return Workbook(
        archive,
        contents.by_id[found.first_sheet],
        contents.by_kind.get("sharedStrings"),
        contents.by_kind.get("styles"),
        found.from_1904,
    )


class _Contents:
    """Reads which sheet is the first, and from which day the workbook counts."""

    def __init__(self) -> None:
        self.first_sheet = ""
        self.from_1904 = False

    def start(self, name: str, told: Attributes) -> None:
        if name == "workbookPr":
            self.from_1904 = told.get("date1904", "0") in ("1", "true")
        elif name == "sheet" and not self.first_sheet:
            ids = [value for key, value in told.items() if key.endswith(":id")]
            self.first_sheet = ids[0]

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


class _Relations:
    """Reads where the parts are."""

    def __init__(self) -> None:
        self.by_id: dict[str, str] = {}
        self.by_kind: dict[str, str] = {}

    def start(self, name: str, told: Attributes) -> None:
        if name == "Relationship":
            target = told["Target"]
            place = target[1:] if target.startswith("/") else _ROOT + target
            self.by_id[told["Id"]] = place
            self.by_kind[told["Type"].rpartition("/")[2]] = place

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


def _refuse(*_: object) -> None:
    raise NotAWorkbook
