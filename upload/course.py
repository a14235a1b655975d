"""A file from here to the end of its processing."""

from __future__ import annotations

from pathlib import Path

from upload import progress
from upload.batch import Batch, key_for, read_rejections, save_rejected, send, watch
from upload.connection import Connection
from upload.driver_file import DriverFile
from upload.fault_table import gathered
from upload.page import Report
from upload.results_file import place_beside, written_whole


def send_file(
    connection: Connection, file: DriverFile, plan: str, *, another: str, quiet: bool
) -> Batch:
    """:param another: something new, to have a file that was sent before taken again.
    :param quiet: show no progress.
    :raises CannotUpload: it was not taken.
    """
    with progress.sending(quiet=quiet) as tell:
        key = key_for(file, plan, another)
        return send(connection, file, plan, key, lambda done: tell(done, file.size))


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
