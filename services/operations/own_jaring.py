"""A Jaring of one's own: a directory, ports and a time that nobody else uses.

Started again at a later time it finds everything that it was told before: so a life of years can be
lived through in a minute, while another Jaring runs beside it undisturbed.
"""

from __future__ import annotations

import signal
import socket
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from subprocess import Popen

from services.operations import child_process
from services.operations.child_process import CannotStart
from services.operations.listening import POLL_SECONDS, is_ready_at
from services.operations.programs import PROJECT

LOG = "jaring.log"
# Seconds. The first start makes a database and loads all of Indonesia's villages.
START_PATIENCE, STOP_PATIENCE = 180.0, 60.0


@dataclass(frozen=True, kw_only=True)
class OwnJaring:
    directory: Path
    port: int
    sandbox_port: int
    metrics_port: int
    variables: Mapping[str, str] = field(repr=False)
    """Ours; of how another Jaring is set nothing is handed on."""

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def sandbox(self) -> str:
        return f"http://127.0.0.1:{self.sandbox_port}"

    @contextmanager
    def running_at(self, moment: datetime | None) -> Iterator[None]:
        """Up, at a moment from which its clock runs on (None: the present), while the block lasts.

        :raises CannotStart: it ended, or is not ready after minutes; with the end of its log.
        """
        with (self.directory / LOG).open("ab") as log:
            process = child_process.start(
                (sys.executable, "-m", "cli", "run"),
                env=self._environment(moment),
                cwd=PROJECT,
                output=log,
            )
        try:
            self._wait_until_ready(process)
            yield
        finally:
            child_process.stop(process, signal.SIGINT, signal.SIGTERM, patience=STOP_PATIENCE)

    def _environment(self, moment: datetime | None) -> dict[str, str]:
        others = {name: value for name, value in self.variables.items() if not _is_setting(name)}
        return others | {
            "JARING_ENV": "development",
            "JARING_DATA_DIR": str(self.directory),
            "JARING_PORT": str(self.port),
            "JARING_SANDBOX_PORT": str(self.sandbox_port),
            "JARING_METRICS_PORT": str(self.metrics_port),
            "JARING_NOW": moment.isoformat() if moment else "",
        }

    def _wait_until_ready(self, process: Popen[bytes]) -> None:
        deadline = time.monotonic() + START_PATIENCE
        while not is_ready_at("127.0.0.1", self.port):
            if process.poll() is not None or time.monotonic() > deadline:
                said = (self.directory / LOG).read_text(errors="replace").splitlines()[-5:]
                raise CannotStart("\n".join(["A Jaring of its own did not start. It said:", *said]))
            time.sleep(POLL_SECONDS)


@contextmanager
def own_jaring(variables: Mapping[str, str]) -> Iterator[OwnJaring]:
    """One that leaves nothing behind."""
    with tempfile.TemporaryDirectory(prefix="jaring-demo-") as directory:
        port, sandbox_port, metrics_port = _free_ports(3)
        yield OwnJaring(
            directory=Path(directory),
            port=port,
            sandbox_port=sandbox_port,
            metrics_port=metrics_port,
            variables=variables,
        )


def _free_ports(count: int) -> list[int]:
    """Different ones that nobody listens on now."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def _is_setting(name: str) -> bool:
    return name.startswith("JARING_") or name == "PROMETHEUS_MULTIPROC_DIR"
