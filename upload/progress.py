"""How far it is, on a terminal: on standard error, so that standard output is the answer alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TransferSpeedColumn,
)


class Tells(Protocol):
    def __call__(self, done: int, total: int | None) -> None: ...


@contextmanager
def sending(what: str, *, quiet: bool) -> Iterator[Tells]:
    """Bytes of a file on their way."""
    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeElapsedColumn())
    with _bar(what, *columns, quiet=quiet) as tell:
        yield tell


@contextmanager
def working(what: str, *, quiet: bool) -> Iterator[Tells]:
    """Rows that are done."""
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with _bar(what, *columns, quiet=quiet) as tell:
        yield tell


@contextmanager
def _bar(what: str, *columns: ProgressColumn, quiet: bool) -> Iterator[Tells]:
    console = Console(stderr=True)
    text = TextColumn("{task.description:<10}")
    disabled = quiet or not console.is_terminal
    with Progress(text, *columns, console=console, disable=disabled) as bar:
        task = bar.add_task(what, total=None)

        def tell(done: int, total: int | None) -> None:
            bar.update(task, completed=done, total=total)

        yield tell
