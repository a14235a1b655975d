"""Files of drivers, for calls that are made up: good rows, odd ones, and what is no file at all."""

from __future__ import annotations

from typing import Any

import orjson
import schemathesis
from hypothesis import strategies as st

from models.driver import COLUMNS
from tests.driver_files import csv_of, ndjson_of, xlsx_of
from tests.driver_rows import rows

CSV, NDJSON = "text/csv", "application/x-ndjson"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

KINDS = (CSV, NDJSON, XLSX)

_few = st.lists(rows(), max_size=3)
_no_file = st.binary(max_size=50)


def _as_sheet(few: list[dict[str, str | None]]) -> bytes:
    return xlsx_of([COLUMNS, *([each[name] or "" for name in COLUMNS] for each in few)])


def _as_sent(_: Any, value: Any) -> bytes:
    """Also of what is meant to be wrong."""
    if isinstance(value, bytes):
        return value
    return value.encode(errors="replace") if isinstance(value, str) else orjson.dumps(value)


def know_them() -> None:
    """Have schemathesis send such files where one is wanted."""
    for media_type, files in {
        CSV: _few.map(csv_of),
        NDJSON: _few.map(ndjson_of),
        XLSX: _few.map(_as_sheet),
    }.items():
        schemathesis.openapi.media_type(media_type, files | _no_file)
    schemathesis.serializer(*KINDS)(_as_sent)
