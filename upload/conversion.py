"""A workbook as CSV: the server takes short ones only, since it would have to hold them whole.

Read as the server reads one, cell by cell, and not through polars: that makes up the last digit of
a NIK that was typed as a number, while here it stays the damage that it is.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from models.driver import COLUMNS
from upload.driver_file import DriverFile, Form, looked_at
from upload.rows import frames_of

_OWNER_ONLY = 0o600


@contextmanager
def as_text(file: DriverFile, converted: Callable[[int], None]) -> Iterator[DriverFile]:
    """The file itself, or a workbook as a file of CSV that is gone when the block ends.

    The same workbook gives the same bytes.

    :param converted: told how many rows are converted so far.
    :raises CannotUpload: it is no workbook, or the names of the columns are not those asked for.
    """
    if file.form is not Form.XLSX:
        yield file
        return
    with tempfile.TemporaryDirectory(prefix="jaring-upload-") as directory:
        place = Path(directory) / f"{file.path.stem}.csv"
        _write(file, place, converted)
        yield looked_at(place)


def _write(file: DriverFile, place: Path, converted: Callable[[int], None]) -> None:
    rows = 0
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as csv:
        csv.write((",".join(COLUMNS) + "\n").encode())
        for frame in frames_of(file, lambda _: None):
            frame.select(COLUMNS).write_csv(csv, include_header=False)
            rows += frame.height
            converted(rows)
