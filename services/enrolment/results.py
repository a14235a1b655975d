"""What became of each row of a file, read chunk by chunk: however long it is, one is held."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from models.batch_standing import select_next_done
from models.driver import COLUMNS
from models.file_limits import MOST_SHEET_ROWS, RESULTS_KEPT
from models.row_result import Cells, Outcome, RowResult
from models.values.words import Words
from services.callers import PartnerCaller
from services.enrolment import chunks, outcomes
from services.enrolment.batches import show
from services.errors import Conflict, NotFound
from services.ports import Ports


class ResultsForgotten(NotFound):
    code = "results-forgotten"
    title = Words("Hasil sudah dihapus", "The results are forgotten")
    detail = Words(
        "Hasil per baris disimpan 30 hari setelah berkas selesai. Jumlahnya tetap tersedia.",
        "Results by row are kept for 30 days after the batch has ended. Its counts stay.",
    )


class SheetTooLarge(Conflict):
    code = "too-many-rows-for-a-sheet"
    title = Words("Baris terlalu banyak untuk XLSX", "Too many rows for XLSX")
    detail = Words(
        "XLSX dibuat sampai 20.000 baris. Minta sebagai CSV, atau dengan ?outcome=rejected.",
        "XLSX is made of up to 20,000 rows. Ask for CSV, or with ?outcome=rejected.",
    )


def refuse_long_sheet(
    ports: Ports, caller: PartnerCaller, batch_id: UUID, only: Outcome | None
) -> None:
    """:raises SheetTooLarge: a sheet, which is held whole, would have too many rows.
    :raises BatchNotFound: the partner has no such file."""
    standing = show(ports, caller, batch_id)
    rows: int = standing.processed if only is None else getattr(standing, only)
    if rows > MOST_SHEET_ROWS:
        raise SheetTooLarge


def results(
    ports: Ports, caller: PartnerCaller, batch_id: UUID, only: Outcome | None
) -> Iterator[list[RowResult]]:
    """The rows that have an outcome so far, in the order of the file, in portions.

    The faults are raised at once; what is read, is read while it is asked for.

    :raises BatchNotFound: the partner has no such file.
    :raises ResultsForgotten: they are no longer kept.
    """
    standing = show(ports, caller, batch_id)
    ended = standing.completed_at
    if ended is not None and ended <= ports.clock.now() - RESULTS_KEPT:
        raise ResultsForgotten
    return _portions(ports, caller, batch_id, only)


def _portions(
    ports: Ports, caller: PartnerCaller, batch_id: UUID, only: Outcome | None
) -> Iterator[list[RowResult]]:
    number = -1
    while chunk := _next_done(ports, caller, batch_id, after=number):
        number = chunk.number
        rows = _rows(ports, batch_id, chunk)
        yield [row for row in rows if only is None or row.outcome is only]


def _next_done(ports: Ports, caller: PartnerCaller, batch_id: UUID, *, after: int) -> Any:
    statement = select_next_done(batch_id, partner_id=caller.partner_id, after=after)
    with ports.transactions.reading() as session:
        return session.execute(statement).one_or_none()


def _rows(ports: Ports, batch_id: UUID, chunk: Any) -> Iterator[RowResult]:
    rejected = _rejected(ports, batch_id, chunk)
    for row, outcome in enumerate(outcomes.read(chunk.outcomes), start=chunk.first_row):
        sent = next(rejected, {}) if outcome.outcome == "rejected" else {}
        yield RowResult(
            row,
            Outcome(outcome.outcome),
            outcome.external_id or sent.get("external_id"),
            outcome.enrolment_id,
            outcome.faults,
            outcome.ignored,
            sent,
        )


def _rejected(ports: Ports, batch_id: UUID, chunk: Any) -> Iterator[Cells]:
    """The cells of the rows that were rejected, in their order."""
    if chunk.content_sealed is None:
        return iter(())
    frame = chunks.open(ports.vault, batch_id, chunk.number, chunk.content_sealed)
    return frame.select(COLUMNS).iter_rows(named=True)
