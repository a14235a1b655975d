"""The embedded database, started again whenever it ends."""

from __future__ import annotations

import logging
import time

import psycopg

from services.operations.child_process import CannotStart
from services.operations.embedded_postgres import EmbeddedPostgres
from services.operations.lock import AlreadyRunning
from services.operations.pause import Pause

# Whoever killed it may kill it again while it comes up; a full disk may be emptied.
MAY_PASS = (AlreadyRunning, CannotStart, OSError, psycopg.Error)

log = logging.getLogger(__name__)


class SupervisedDatabase:
    """What keeps it from its first start is for a person to mend. Later on whoever uses it
    is running already, and waits for it."""

    def __init__(self, server: EmbeddedPostgres) -> None:
        self.server = server
        self.started_at = 0.0
        self.up = False
        self.pause = Pause()

    def start(self) -> None:
        """:raises CannotStart: and whatever else ``EmbeddedPostgres.start`` raises."""
        self.server.start()
        self.started_at = time.monotonic()
        self.up = True

    def look_after(self) -> None:
        """Notice that it ended, or start it again once the pause is over."""
        if self.up and not self.server.running:
            self._ended()
        elif not self.up and self.pause.over:
            self._start_again()

    def stop(self) -> None:
        self.server.stop()

    def _ended(self) -> None:
        self.up = False
        seconds = self.pause.begin(lived=time.monotonic() - self.started_at)
        log.warning("the database ended; starting it again in %.1f s", seconds)

    def _start_again(self) -> None:
        try:
            self.start()
        except MAY_PASS:
            seconds = self.pause.begin(lived=0)
            log.warning("no database yet; trying again in %.1f s", seconds, exc_info=True)
