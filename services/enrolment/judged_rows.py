"""A chunk's rows, each with its verdict: by its shape, by its place in the file, by its values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from models.driver import NormalRow
from models.driver_form import CellFault, Known
from models.row_shapes import ROW
from services.enrolment.chunks import REPEATED as CAME_BEFORE
from services.enrolment.chunks import SHAPE_FAULT
from services.enrolment.deciding import REPEATED
from services.enrolment.judging import judge


@dataclass(frozen=True)
class JudgedRows:
    """:param good: those that can be enrolled, and where each stands in the chunk, from 0.
    :param faulty: every fault of all others, by where they stand.
    """

    good: Sequence[tuple[int, NormalRow]] = field(repr=False)
    faulty: Mapping[int, tuple[CellFault, ...]] = field(repr=False)


def judged_rows(frame: pl.DataFrame, known: Known) -> JudgedRows:
    """:param frame: a chunk, as ``chunks.open`` gives it."""
    verdicts = judge(frame, known)
    faulty = dict(verdicts.faulty)
    for place, shape, repeated in _marked(frame):
        if shape is not None:
            # Its cells stand in the wrong columns: what is wrong with them says nothing.
            faulty[place] = (CellFault(ROW, shape),)
        elif repeated:
            faulty[place] = (*faulty.get(place, ()), REPEATED)
    rows = ((row[0], row[1:]) for row in verdicts.good.iter_rows())
    return JudgedRows([(place, row) for place, row in rows if place not in faulty], faulty)


def _marked(frame: pl.DataFrame) -> list[tuple[int, str | None, bool]]:
    marked = pl.col(SHAPE_FAULT).is_not_null() | pl.col(CAME_BEFORE)
    columns = frame.select(SHAPE_FAULT, CAME_BEFORE).with_row_index("place")
    return columns.filter(marked).rows()
