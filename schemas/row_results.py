"""What became of the rows of a file, written as NDJSON or CSV, a portion at a time.

The forms differ in whom they are for. NDJSON is for programs: values are as they are. CSV is for
people who mend it in a spreadsheet and send it again: rejected rows have all their cells, and what
a spreadsheet would spoil is kept as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import orjson

from models.driver import COLUMNS
from models.driver_faults import words_of
from models.driver_form import CellFault
from models.row_result import RowResult
from models.row_shapes import ROW, SHAPE_FAULTS
from models.values.spreadsheet_text import kept_as_text
from models.values.words import Language

HEADER: Final = (*COLUMNS, "row", "outcome", "worker_id", "errors")

Portions = Iterable[list[RowResult]]


def ndjson(portions: Portions, language: Language) -> Iterator[bytes]:
    """One object per line."""
    for rows in filter(None, portions):
        yield b"".join(
            orjson.dumps(_object(row, language), option=orjson.OPT_APPEND_NEWLINE) for row in rows
        )


def csv_text(portions: Portions, language: Language) -> Iterator[bytes]:
    """Separated by commas, with the mark by which Excel knows that it is UTF-8."""
    yield "\ufeff".encode() + _written([HEADER])
    for rows in filter(None, portions):
        yield _written([cells(row, language, kept_as_text) for row in rows])


def cells(row: RowResult, language: Language, as_text: Callable[[str], str]) -> list[str]:
    """The cells of a row in the order of ``HEADER``.

    :param as_text: what is done to a cell that was sent, so that it stays what it is.
    """
    sent = row.sent or {"external_id": row.external_id}
    own = [as_text(sent.get(column) or "") for column in COLUMNS]
    worker_id = "" if row.worker_id is None else str(row.worker_id)
    told = " ".join(f"{each.field}: {_said(each, language)}" for each in row.faults)
    return [*own, str(row.row), row.outcome.value, worker_id, told]


def _object(row: RowResult, language: Language) -> dict[str, Any]:
    return {
        "row": row.row,
        "external_id": row.external_id,
        "outcome": row.outcome,
        "worker_id": row.worker_id,
        "errors": [
            {"field": each.field, "code": each.code, "detail": _said(each, language)}
            for each in row.faults
        ],
        "ignored": row.ignored,
    }


def _said(fault: CellFault, language: Language) -> str:
    of_shape = SHAPE_FAULTS.get(fault.code) if fault.field == ROW else None
    return (of_shape or words_of(fault.field, fault.code)).in_(language)


def _written(rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
