"""Which of a file's columns is which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from models.driver import COLUMNS
from models.values.plain_name import tellable
from models.values.words import Words
from services.enrolment.file_faults import HeaderMissing
from services.errors import FieldFault, Invalid

IGNORED: Final = frozenset({"row", "outcome", "worker_id", "errors"})
"""What a file of results has besides: it is mended and sent as it is."""

# With these a file of results tells of a driver without repeating their data: nothing is to be done.
_TAKEN: Final = frozenset({"accepted", "unchanged"})

# Fewer known names than this, and the first line is somebody's data: none of it is repeated.
_FEWEST_KNOWN = 7
_MOST_TOLD = 50

_MISSING = Words(
    "Kolom ini tidak ada. Tambahkan, walaupun isinya boleh kosong.",
    "This column is missing. Add it, even where its values may be empty.",
)
_UNKNOWN = Words(
    "Kolom ini tidak dikenal. Hapus, atau periksa ejaannya.",
    "There is no such column. Remove it, or check its spelling.",
)
_REPEATED = Words("Kolom ini ada dua kali. Hapus salah satu.", "This column is there twice.")


@dataclass(frozen=True)
class Layout:
    """:param width: how many cells a row has.
    :param positions: where in a row the cells of ``COLUMNS`` stand, in that order.
    :param outcome: where a file of results says what became of a row."""

    width: int
    positions: tuple[int, ...]
    outcome: int | None = None

    def counts(self, row: Sequence[str]) -> bool:
        """There is a driver in it: it is neither empty nor what results say of one who was taken."""
        return any(row) and not self._is_told_only(row)

    def _is_told_only(self, row: Sequence[str]) -> bool:
        if self.outcome is None or len(row) != self.width:
            return False
        _external_id, *data = self.positions
        return row[self.outcome] in _TAKEN and not any(row[position] for position in data)


def layout_of(header: Sequence[str]) -> Layout:
    """What the names in the first line say, in whatever order and case.

    Names that are empty at the end, as a spreadsheet leaves them, are no columns.

    :raises HeaderMissing: these are no names of columns.
    :raises Invalid: columns are missing, unknown or there twice; every fault at once.
    """
    names = [plain_form(name) for name in header]
    while names and not names[-1]:
        names.pop()
    if len(set(names) & set(COLUMNS)) < _FEWEST_KNOWN:
        raise HeaderMissing
    if faults := [*_missing(names), *unknown(names), *_repeated(names)]:
        raise Invalid(*faults[:_MOST_TOLD])
    outcome = names.index("outcome") if "outcome" in names else None
    return Layout(len(names), tuple(names.index(column) for column in COLUMNS), outcome)


def plain_form(name: str) -> str:
    return name.strip().lower()


def unknown(names: Iterable[str]) -> list[FieldFault]:
    """A fault for each name that no column has."""
    strange = sorted(set(names) - set(COLUMNS) - IGNORED)
    return [_fault(name, "column-unknown", _UNKNOWN) for name in strange]


def _missing(names: Sequence[str]) -> list[FieldFault]:
    absent = [column for column in COLUMNS if column not in names]
    return [_fault(name, "column-missing", _MISSING) for name in absent]


def _repeated(names: Sequence[str]) -> list[FieldFault]:
    twice = sorted({name for name in names if names.count(name) > 1})
    return [_fault(name, "column-repeated", _REPEATED) for name in twice]


def _fault(name: str, code: str, words: Words) -> FieldFault:
    return FieldFault(f"/{tellable(name)}", code, words)
