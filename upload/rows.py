"""Dividing a file into rows, as the server does."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import polars as pl

from models.file_limits import MOST_BYTES, MOST_ROWS
from models.values.words import Language
from services.enrolment import csv_rows, ndjson_rows, sheet_rows
from services.enrolment.decoding import decoded, lines
from services.enrolment.file_faults import NoRows, TooManyRows
from services.enrolment.sheet_rows import SheetLimits
from services.errors import DomainError, Invalid
from upload.driver_file import DriverFile, Form
from upload.refusals import CannotUpload

_BLOCK = 256 * 1024
# A workbook of one's own harms nobody else: what counts is how much may be sent as CSV.
_OWN = SheetLimits(rows=MOST_ROWS, size=MOST_BYTES, unpacked=8 * MOST_BYTES, texts=2 * MOST_BYTES)


def frames_of(file: DriverFile, read: Callable[[int], None]) -> Iterator[pl.DataFrame]:
    """The rows in portions, as ``services/enrolment/chunks.py`` describes them.

    :param read: told how many bytes of the file have been read.
    :raises CannotUpload: the file as a whole would not be taken.
    """
    rows = 0
    try:
        for frame in _frames(file, read):
            rows += frame.height
            if rows > MOST_ROWS:
                raise TooManyRows
            yield frame
        if not rows:
            raise NoRows
    except DomainError as error:
        raise CannotUpload(_told(error)) from None


def _frames(file: DriverFile, read: Callable[[int], None]) -> Iterator[pl.DataFrame]:
    blocks = decoded(_blocks(file, read), gzipped=file.gzipped)
    match file.form:
        case Form.XLSX:
            return sheet_rows.frames(blocks, _OWN)
        case Form.NDJSON:
            return ndjson_rows.frames(lines(blocks))
    return csv_rows.frames(lines(blocks))


def _blocks(file: DriverFile, read: Callable[[int], None]) -> Iterator[bytes]:
    with file.path.open("rb") as opened:
        while block := opened.read(_BLOCK):
            read(opened.tell())
            yield block


def _told(error: DomainError) -> str:
    said = [error.detail.in_(Language.ENGLISH, **error.details)]
    if isinstance(error, Invalid):
        said += [
            f"  {fault.pointer.lstrip('/')}: {fault.words.in_(Language.ENGLISH)}"
            for fault in error.faults
        ]
    return "\n".join(said)
