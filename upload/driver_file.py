"""The file to be sent: what it is, and what its bytes add up to."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from upload.refusals import CannotUpload

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"


class Form(StrEnum):
    """By its media type."""

    CSV = "text/csv"
    NDJSON = "application/x-ndjson"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


_BY_ENDING = {
    ".csv": Form.CSV,
    ".ndjson": Form.NDJSON,
    ".jsonl": Form.NDJSON,
    ".xlsx": Form.XLSX,
}


@dataclass(frozen=True)
class DriverFile:
    """:param size: in bytes, as it is.
    :param sha_256: of the same bytes.
    """

    path: Path
    form: Form
    gzipped: bool
    size: int
    sha_256: bytes

    @property
    def content_digest(self) -> str:
        """As RFC 9530 writes it."""
        return f"sha-256=:{b64encode(self.sha_256).decode()}:"


def looked_at(path: Path) -> DriverFile:
    """Read a file once, for its digest.

    :raises CannotUpload: it cannot be read, or is nothing that can be sent.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            start = file.read(4)
            file.seek(0)
            while block := file.read(1024 * 1024):
                digest.update(block)
            size = file.tell()
    except OSError as error:
        raise CannotUpload(f"{error.strerror}: {path}") from None
    if not size:
        raise CannotUpload(f"{path} is empty.")
    return DriverFile(path, _form_of(path, start), start.startswith(_GZIP), size, digest.digest())


def _form_of(path: Path, start: bytes) -> Form:
    """Its name tells, since CSV and NDJSON may begin alike; but a workbook is one by any name."""
    if start == _ZIP:
        return Form.XLSX
    endings = [each.lower() for each in path.suffixes[-2:] if each.lower() != ".gz"]
    form = _BY_ENDING.get(endings[-1]) if endings else None
    if form is None:
        raise CannotUpload(
            f"{path.name} should end in .csv, .ndjson or .xlsx (the first two perhaps in .gz, too)."
        )
    if form is Form.XLSX:
        raise CannotUpload(
            f"{path.name} is not an .xlsx workbook: save it again as one, without a password."
        )
    return form
