"""A file from here to the end of its processing; or tried out, here alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from models.driver_form import Known
from models.row_result import RowResult
from models.values.words import Language
from schemas.row_results import Portions, csv_text
from upload import progress
from upload.batch import Batch, key_for, read_rejections, save_rejected, send, watch
from upload.connection import Connection
from upload.conversion import as_text
from upload.driver_file import DriverFile, Form
from upload.fault_table import FaultTable, gathered
from upload.page import Report, TrialReport
from upload.results_file import place_beside, written_whole
from upload.trial import Trial, rejections


def send_file(
    connection: Connection, file: DriverFile, plan: str, *, another: str, quiet: bool
) -> Batch:
    """:param another: something new, to have a file that was sent before taken again.
    :param quiet: show no progress.
    :raises CannotUpload: it was not taken.
    """
    with ExitStack() as kept:
        at_once = file.form is not Form.XLSX
        with progress.working("Converting", quiet=quiet or at_once) as tell:
            ready = kept.enter_context(as_text(file, lambda rows: tell(rows, None)))
        with progress.sending("Sending", quiet=quiet) as tell:
            key = key_for(ready, plan, another)
            return send(connection, ready, plan, key, lambda done: tell(done, ready.size))


def see_through(
    connection: Connection, batch: Batch, beside: Path, results: Path | None, *, quiet: bool
) -> Report:
    """Wait until a batch has ended, and fetch what was rejected.

    :param beside: the file that was sent.
    :param results: where rejected rows are to be put, if not beside it.
    :raises CannotUpload: what became of it is not known.
    """
    with progress.working("Processing", quiet=quiet) as tell:
        batch = watch(connection, batch, lambda now: tell(now.processed, now.rows))
    if not batch.rejected:
        return Report(batch=batch)
    faults = read_rejections(connection, batch, gathered)
    place = results or place_beside(beside)
    with written_whole(place) as file:
        save_rejected(connection, batch, file)
    return Report(batch=batch, faults=faults, results=place)


def try_out(file: DriverFile, known: Known, results: Path | None, *, quiet: bool) -> TrialReport:
    """Judge all rows here, by the rules of the server; nothing is sent anywhere.

    :raises CannotUpload: the file as a whole would not be taken.
    """
    trial, faults = Trial(known), FaultTable()
    place = results or place_beside(file.path)
    with (
        written_whole(place, wanted=lambda: trial.rejected) as kept,
        progress.sending("Checking", quiet=quiet) as tell,
    ):
        portions = trial.of(file, lambda read: tell(read, file.size))
        for block in csv_text(_noted(portions, faults), Language.ENGLISH):
            kept.write(block)
    return TrialReport(
        rows=trial.rows,
        rejected=trial.rejected,
        faults=faults.kinds,
        results=place if trial.rejected else None,
    )


def _noted(portions: Portions, faults: FaultTable) -> Iterator[list[RowResult]]:
    for rows in portions:
        for each in rejections(rows):
            faults.add(each)
        yield rows
