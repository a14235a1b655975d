"""What became of a file, for people and for programs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from upload.batch import Batch
from upload.fault_table import FaultKind

# In characters. Where there is no terminal there is room.
_NARROWEST, _ROOM = 80, (140, 24)
_PAUSED = (
    "Since {since} its drivers are not compared with the population registry any more, which did not "
    "find too many of them. Look where the data comes from, and write with the batch's id to whoever "
    "opened your account: only they can let it go on."
)


@dataclass(frozen=True, kw_only=True)
class Report:
    """:param faults: of the rejected rows; the most frequent first.
    :param results: where those rows were put.
    """

    batch: Batch
    faults: Sequence[FaultKind] = field(default_factory=tuple)
    results: Path | None = None

    @property
    def exit_code(self) -> int:
        """0: all is well. 1: rows were rejected. 2: not all was done, or is not to be for now."""
        if not self.batch.completed or self.batch.checks_paused_at:
            return 2
        return 1 if self.batch.rejected else 0

    def as_document(self) -> dict[str, Any]:
        batch = self.batch
        return {
            "id": batch.id,
            "status": batch.status,
            "sent_before": batch.replayed,
            "rows": batch.rows,
            "accepted": batch.accepted,
            "unchanged": batch.unchanged,
            "rejected": batch.rejected,
            "not_processed": batch.not_processed,
            "checks_paused_at": batch.checks_paused_at,
            "faults": [kind.as_document() for kind in self.faults],
            "results": str(self.results) if self.results else None,
        }

    def as_text(self) -> str:
        batch = self.batch
        counts = f"{batch.accepted:,} accepted, {batch.unchanged:,} unchanged, {batch.rejected:,} rejected"
        if batch.not_processed:
            counts += f", {batch.not_processed:,} not processed"
        said = [f"Batch {batch.id} is {batch.status}: {batch.rows or 0:,} rows, {counts}."]
        if batch.replayed:
            said.append("This file was sent before; nothing was done twice. --again sends it anew.")
        if batch.checks_paused_at:
            said.append(_PAUSED.format(since=_printable(batch.checks_paused_at)))
        return "\n".join([*said, *_mending(self.faults, self.results)])


@dataclass(frozen=True, kw_only=True)
class TrialReport:
    """What a trial without any server has found."""

    rows: int
    rejected: int
    faults: Sequence[FaultKind]
    results: Path | None

    @property
    def exit_code(self) -> int:
        return 1 if self.rejected else 0

    def as_document(self) -> dict[str, Any]:
        return {
            "dry_run": True,
            "rows": self.rows,
            "rejected": self.rejected,
            "faults": [kind.as_document() for kind in self.faults],
            "results": str(self.results) if self.results else None,
        }

    def as_text(self) -> str:
        good = self.rows - self.rejected
        said = [
            f"Nothing was sent. Rows: {self.rows:,}; good: {good:,}; rejected: {self.rejected:,}."
        ]
        return "\n".join([*said, *_mending(self.faults, self.results)])


def _mending(faults: Sequence[FaultKind], results: Path | None) -> Iterator[str]:
    if faults:
        yield _table(faults)
    if results:
        yield f"The rejected rows are in {results}: mend them there, and upload that file."


def _table(faults: Sequence[FaultKind]) -> str:
    """A table as wide as the terminal."""
    table = Table(box=None, pad_edge=False, header_style="")
    table.add_column("Rows", justify="right")
    for name in ("Column", "Code", "First rows", "What to do"):
        table.add_column(name, overflow="fold")
    for kind in faults:
        more = ", …" if kind.count > len(kind.first_rows) else ""
        rows = ", ".join(map(str, kind.first_rows)) + more
        # As text: what a server says is not to be taken for markup.
        cells = (f"{kind.count:,}", kind.column, kind.code, rows, kind.detail)
        table.add_row(*(Text(_printable(cell)) for cell in cells))
    width = max(_NARROWEST, shutil.get_terminal_size(_ROOM).columns)
    page = StringIO()
    Console(file=page, width=width, color_system=None).print(table)
    return "\n".join(line.rstrip() for line in page.getvalue().splitlines())


def _printable(text: str) -> str:
    return "".join(each if each.isprintable() else "?" for each in text)
