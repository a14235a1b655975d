"""What the server would say of a file, found out here: by the same rules, without any network.

What only the server knows is left open: whether an ``external_id`` or a NIK was sent before in
another file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import polars as pl

from models.driver import COLUMNS
from models.driver_faults import words_of
from models.driver_form import CellFault, Known
from models.row_result import Outcome, RowResult
from models.row_shapes import ROW, SHAPE_FAULTS
from models.values.words import Language
from services.enrolment.deciding import TAKEN_BY_OTHER
from services.enrolment.judged_rows import judged_rows
from services.enrolment.repeats import SeenNiks
from upload.batch import Rejection
from upload.driver_file import DriverFile
from upload.rows import frames_of

_EXTERNAL_ID = COLUMNS.index("external_id")


@dataclass
class Trial:
    """Rows that are judged, one portion of the file after the other.

    :param rows: how many were judged so far; ``rejected`` of them.
    """

    known: Known
    rows: int = 0
    rejected: int = 0
    _niks: SeenNiks = field(default_factory=SeenNiks)
    _external_ids: set[str] = field(default_factory=set, repr=False)

    def of(self, file: DriverFile, read: Callable[[int], None]) -> Iterator[list[RowResult]]:
        """The rejected rows in their order, in portions.

        :param read: told how many bytes have been read.
        :raises CannotUpload: the file as a whole would not be taken.
        """
        for frame in frames_of(file, read):
            yield list(self._rejected(self._niks.marked(frame)))

    def _rejected(self, frame: pl.DataFrame) -> Iterator[RowResult]:
        faults = self._faults(frame)
        sent = frame.select(COLUMNS)
        for position in sorted(faults):
            cells = sent.row(position, named=True)
            row = self.rows + position + 1
            yield RowResult(
                row, Outcome.REJECTED, cells["external_id"], None, faults[position], (), cells
            )
        self.rows += frame.height
        self.rejected += len(faults)

    def _faults(self, frame: pl.DataFrame) -> dict[int, tuple[CellFault, ...]]:
        judged = judged_rows(frame, self.known)
        faults = dict(judged.faulty)
        for position, row in judged.good:
            if self._is_taken(row[_EXTERNAL_ID]):
                faults[position] = (TAKEN_BY_OTHER,)
        return faults

    def _is_taken(self, external_id: str) -> bool:
        """By another NIK: rows that repeat one are out already."""
        before = len(self._external_ids)
        self._external_ids.add(external_id)
        return len(self._external_ids) == before


def rejections(rows: Iterable[RowResult]) -> Iterator[Rejection]:
    """Each fault of each row, in words."""
    for row in rows:
        for fault in row.faults:
            yield Rejection(row=row.row, column=fault.field, code=fault.code, detail=_said(fault))


def _said(fault: CellFault) -> str:
    of_shape = SHAPE_FAULTS.get(fault.code) if fault.field == ROW else None
    return (of_shape or words_of(fault.field, fault.code)).in_(Language.ENGLISH)
