"""A program that is started again whenever it ends, for whatever reason."""

from __future__ import annotations

import logging
import signal
import subprocess
import time

from services.operations import child_process
from services.operations.pause import Pause
from services.operations.programs import PROJECT, Program

log = logging.getLogger(__name__)


class Supervised:
    """An end with exit code 0 counts as well: a queue worker leaves that way when
    the database goes away under it."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0
        self.pause = Pause()

    def start(self) -> None:
        self.process = child_process.start(self.program.command, env=self.program.env, cwd=PROJECT)
        self.started_at = time.monotonic()

    def look_after(self) -> None:
        """Notice that it ended, or start it again once the pause is over."""
        if self.process is not None and self.process.poll() is not None:
            self._ended(self.process)
        elif self.process is None and self.pause.over:
            self.start()

    def stop(self) -> None:
        if self.process is not None:
            child_process.stop(self.process, signal.SIGTERM, patience=self.program.patience)
            self.process = None

    def _ended(self, process: subprocess.Popen[bytes]) -> None:
        child_process.end_group(process.pid)
        self.process = None
        log.warning(
            "%s ended with %s; starting it again in %.1f s",
            self.program.name,
            process.returncode,
            self.pause.begin(lived=time.monotonic() - self.started_at),
        )
