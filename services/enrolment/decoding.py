"""From the bytes that are sent to lines of text: no more than a block of them is held at a time."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Iterator

from models.file_limits import LONGEST_LINE, MOST_BYTES
from services.enrolment.file_faults import (
    CompressedTooMuch,
    FileTooLarge,
    GzipBroken,
    GzipTruncated,
    GzipUndeclared,
    HoldsNul,
    LineTooLong,
    NotUtf8,
    WorkbookAsText,
)

_STEP = 64 * 1024
_GZIP_FORMAT = 16 + zlib.MAX_WBITS
# Lists of people come to a tenth of their size, much repeated ones to a fiftieth; deflate can write
# a thousandth. A short file may be whatever it likes.
_MOST_RATIO = 200
_RATIO_FROM = 4 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03"


def decoded(blocks: Iterable[bytes], *, gzipped: bool) -> Iterator[bytes]:
    """What was compressed, if it was.

    :raises Unreadable, TooLarge: while it is read.
    """
    return _not_too_many(_gunzipped(blocks) if gzipped else blocks)


def lines(blocks: Iterable[bytes]) -> io.TextIOWrapper:
    """The lines of a text file, with their ends, whichever of CR, LF and both these are.

    :param blocks: as ``decoded``.

    :raises UnicodeDecodeError: while it is read; it is no UTF-8.
    :raises Unreadable, TooLarge: while it is read.
    """
    source = io.BufferedReader(_Source(_text_only(blocks)), _STEP)
    return io.TextIOWrapper(source, encoding="utf-8", newline="")


def _gunzipped(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """What was compressed, in steps, from one gzip member or from several in a row."""
    sent = made = 0
    member = _Member()
    for block in blocks:
        sent += len(block)
        for step in member.opened(block):
            made += len(step)
            if made > max(_RATIO_FROM, sent * _MOST_RATIO):
                raise CompressedTooMuch
            yield step
    if not member.is_complete:
        raise GzipTruncated


class _Member:
    """The gzip member that is being read, and after it the next."""

    def __init__(self) -> None:
        self._inflating: zlib._Decompress | None = None
        self._any = False

    @property
    def is_complete(self) -> bool:
        return self._any and self._inflating is None

    def opened(self, block: bytes) -> Iterator[bytes]:
        while block:
            if self._inflating is None:
                # What fills up the last record of a tape, says gzip's own manual.
                block = block.lstrip(b"\0") if self._any else block
                if not block:
                    return
                self._inflating, self._any = zlib.decompressobj(_GZIP_FORMAT), True
            inflating = self._inflating
            yield _inflated(inflating, block)
            block = inflating.unused_data if inflating.eof else inflating.unconsumed_tail
            if inflating.eof:
                self._inflating = None


def _inflated(inflating: zlib._Decompress, block: bytes) -> bytes:
    try:
        return inflating.decompress(block, _STEP)
    except zlib.error as broken:
        raise GzipBroken from broken


def _not_too_many(blocks: Iterable[bytes]) -> Iterator[bytes]:
    left = MOST_BYTES
    for block in blocks:
        left -= len(block)
        if left < 0:
            raise FileTooLarge
        yield block


def _text_only(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Without the mark that some programs put in front, and of lines that can be held."""
    measuring = _LineLengths()
    for block in _without_mark(blocks):
        if b"\0" in block:
            raise HoldsNul
        measuring.see(block)
        yield block


def _without_mark(blocks: Iterable[bytes]) -> Iterator[bytes]:
    rest = iter(blocks)
    start = b""
    for block in rest:
        start += block
        if len(start) >= len(_BOM):
            break
    if start.startswith(_UTF_16):
        raise NotUtf8
    if start.startswith(_GZIP):
        raise GzipUndeclared
    if start.startswith(_ZIP):
        raise WorkbookAsText
    yield start.removeprefix(_BOM)
    yield from rest


class _LineLengths:
    """Finds a line that is too long, be it one that never ends, before it is held whole."""

    def __init__(self) -> None:
        self._line, self._unended = 1, 0
        self._behind_cr = False

    def see(self, block: bytes) -> None:
        if self._behind_cr:
            block = block.removeprefix(b"\n")
        # Of bytes only CR, LF and both are ends; and in UTF-8 these stand for themselves alone.
        lengths = [len(line) for line in block.splitlines()]
        if not lengths or block.endswith((b"\n", b"\r")):
            lengths.append(0)
        lengths[0] += self._unended
        if max(lengths) > LONGEST_LINE:
            place = next(at for at, length in enumerate(lengths) if length > LONGEST_LINE)
            raise LineTooLong(line=self._line + place)
        self._line += len(lengths) - 1
        self._unended = lengths[-1]
        self._behind_cr = block.endswith(b"\r")


class _Source(io.RawIOBase):
    """Blocks as a file, for what reads files."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = iter(blocks)
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._left:
            block = next(self._blocks, None)
            if block is None:
                return 0
            self._left = memoryview(block)
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size
