"""Thousands of rows judged at once, by the rules of ``models/driver_form.py`` and no others.

Whole columns are looked at for rows that are good beyond doubt, at some 2 us a row. Every other row
goes through the rules themselves, at some 50 us.

A process that has used polars must not fork.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from models.driver import COLUMNS, NormalRow
from models.driver_form import CellFault, DriverFaulty, Known, read_driver
from services.enrolment.proofs import NORMAL, PROVEN, with_proofs

POSITION = "position"
SCHEMA = pl.Schema({POSITION: pl.UInt32(), **NORMAL})


@dataclass(frozen=True)
class Judged:
    """:param good: as in ``SCHEMA``: rows in normal form, and where each stood, from 0.
    :param faulty: every fault of every other row, by where it stood.
    """

    good: pl.DataFrame = field(repr=False)
    faulty: Mapping[int, tuple[CellFault, ...]] = field(repr=False)


def judge(frame: pl.DataFrame, known: Known) -> Judged:
    """The same verdicts, faults and normal forms as ``read_driver`` gives, row by row.

    :param frame: text columns with the names of ``COLUMNS``; an empty cell is null or blank.
        Columns of other names are left aside.
    """
    cells = frame.select(COLUMNS).with_row_index(POSITION)
    tried = with_proofs(cells, known)
    verdicts = dict(_read_one_by_one(cells.filter(~tried[PROVEN]), known))
    read = [(row, *verdict.good) for row, verdict in verdicts.items() if verdict.good]
    return Judged(
        good=pl.concat(
            [tried.filter(PROVEN).select(SCHEMA.names()), pl.DataFrame(read, SCHEMA, orient="row")]
        ).sort(POSITION),
        faulty={row: verdict.faults for row, verdict in verdicts.items() if verdict.faults},
    )


@dataclass(frozen=True, slots=True)
class _Verdict:
    good: NormalRow | None = None
    faults: tuple[CellFault, ...] = ()


def _read_one_by_one(cells: pl.DataFrame, known: Known) -> Iterator[tuple[int, _Verdict]]:
    for row in cells.iter_rows(named=True):
        position = row.pop(POSITION)
        try:
            yield position, _Verdict(good=read_driver(row, known).normal())
        except DriverFaulty as faulty:
            yield position, _Verdict(faults=faulty.faults)
