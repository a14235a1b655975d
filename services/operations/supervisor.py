"""Everything that ``make run`` brings up, kept up, and brought down in order."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

from services.operations import running
from services.operations.embedded_postgres import EmbeddedPostgres
from services.operations.listening import PATIENCE, check_ports, is_ready
from services.operations.programs import METRICS_FILES, Program
from services.operations.supervised import Supervised
from services.operations.supervised_database import SupervisedDatabase
from services.settings import Settings

POLL_SECONDS = 0.1
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

log = logging.getLogger(__name__)


class Stop(KeyboardInterrupt):
    """Somebody asked us to end, by whichever signal. On Python's own interrupt psycopg takes
    back the statement that it waits for; after any other exception there is no rolling back."""


class Supervisor:
    """:param programs: in the order in which they are started; they are stopped in
        the opposite one.
    :param prepare: what must be done before the programs start, once the
        database answers.
    :param ready: called once, when the API answers for the first time.
    """

    def __init__(
        self,
        settings: Settings,
        variables: Mapping[str, str],
        programs: Sequence[Program],
        *,
        prepare: Callable[[], None],
        ready: Callable[[], None],
    ) -> None:
        self.settings = settings
        self.variables = variables
        self.prepare = prepare
        self.ready = ready
        self.postgres = _database(settings)
        self.children = [Supervised(program) for program in programs]

    def run(self) -> None:
        """Until SIGINT or SIGTERM; only by whoever is ``running.alone`` in the data directory.

        :raises PortsTaken: by something else.
        :raises CannotStart: the database.
        """
        with running.noted(self.settings, self.variables):
            try:
                with _until_told_to_stop():
                    check_ports(self.settings, patience=PATIENCE)
                    self._start()
                    self._wait_until_ready()
                    self._look_after()
            finally:
                self._stop()

    def _start(self) -> None:
        if self.postgres:
            self.postgres.start()
        self.prepare()
        _empty(self.settings.data_dir / METRICS_FILES)
        for child in self.children:
            child.start()

    def _wait_until_ready(self) -> None:
        while not is_ready(self.settings):
            self._look_after_each()
        self.ready()

    def _look_after(self) -> NoReturn:
        while True:
            self._look_after_each()

    def _look_after_each(self) -> None:
        if self.postgres:
            self.postgres.look_after()
        for child in self.children:
            child.look_after()
        time.sleep(POLL_SECONDS)

    def _stop(self) -> None:
        """Whoever asks comes before whoever answers. Stopping is not interrupted:
        a second Ctrl-C would leave something behind."""
        _ignore_signals()
        for child in reversed(self.children):
            child.stop()
        if self.postgres:
            self.postgres.stop()


def _database(settings: Settings) -> SupervisedDatabase | None:
    if not settings.database.embedded:
        return None
    return SupervisedDatabase(EmbeddedPostgres(settings.data_dir))


def _empty(directory: Path) -> None:
    """What an earlier run has counted is not added to what this one counts."""
    directory.mkdir(exist_ok=True)
    for file in directory.iterdir():
        file.unlink(missing_ok=True)


@contextmanager
def _until_told_to_stop() -> Iterator[None]:
    """In the block SIGINT, SIGTERM and SIGHUP raise ``Stop``; from the first one on they do
    nothing. Whatever the block ends with after that, it was asked to: what is interrupted may
    well fail on its way out."""
    told = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal told
        told = True
        _ignore_signals()
        raise Stop

    for each in SIGNALS:
        signal.signal(each, stop)
    try:
        yield
    except BaseException:
        if not told:
            raise
        log.info("stopping")


def _ignore_signals() -> None:
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
