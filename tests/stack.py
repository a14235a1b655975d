"""Jaring as real processes on ports of its own, where one of them can be made to die."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from sqlalchemy import Engine, NullPool, create_engine

from services.operations import child_process, reference_data
from services.operations.development_keys import ensure_development_keys
from services.operations.embedded_postgres import EmbeddedPostgres
from services.operations.listening import is_ready
from services.operations.migrate import upgrade
from services.operations.programs import METRICS_FILES, PROJECT, Program, programs
from services.settings import Settings
from tests.canary import SITI
from tests.processes import has_ended
from tests.reference import JAKARTA, write_part
from tests.waiting import until

# Below those that the kernel gives to clients: one of them could take a port of ours before we do.
PORTS = range(20_000, 32_768)
# In seconds: more than any program gives its own processes to finish what they do.
PATIENCE = 30
# In seconds. A round of upkeep that fails is not tried again: the next one comes within a minute.
A_ROUND = 90


@dataclass(frozen=True)
class Failpoints:
    """Where a process is to die; see ``services/failpoints.py``."""

    directory: Path

    def arm(self, place: str, victim: int | None = None) -> None:
        """:param victim: the process to kill instead of the one that comes by."""
        self._file("fired").unlink(missing_ok=True)
        written = self._file("written")
        written.write_text(place if victim is None else f"{place}@{victim}")
        written.rename(self._file("armed"))

    def disarm(self) -> None:
        self._file("armed").unlink(missing_ok=True)

    @property
    def victim(self) -> int | None:
        """The process that was killed, once it was."""
        fired = self._file("fired")
        return int(fired.read_text() or 0) if fired.exists() else None

    @property
    def struck(self) -> bool:
        """Whether a process was killed and has ended."""
        return bool(self.victim) and has_ended(self.victim or 0)

    @property
    def passed(self) -> set[str]:
        """Everywhere that a process has come by of late."""
        passed = self._file("passed")
        return set(passed.read_text().splitlines()) if passed.exists() else set()

    def forget(self) -> None:
        self._file("passed").unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self.directory / name


@dataclass
class Stack:
    """Sandbox, worker and web over one database. What ends is started again by ``mend``.

    Only a thread that lives on may mend: what another one has started ends with it.

    :param logs: where each program's output is kept, by its name.
    """

    settings: Settings
    postgres: EmbeddedPostgres
    programs: dict[str, Program]
    logs: Path
    failpoints: Failpoints
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}"

    @property
    def sandbox(self) -> str:
        return f"http://127.0.0.1:{self.settings.sandbox_port}"

    def start(self, name: str, **variables: str) -> None:
        program = self.programs[name]
        with (self.logs / f"{name}.log").open("ab") as output:
            self.processes[name] = child_process.start(
                program.command, env={**program.env, **variables}, cwd=PROJECT, output=output
            )

    def stop(self, name: str) -> None:
        process = self.processes.pop(name, None)
        if process is not None:
            child_process.stop(process, signal.SIGTERM, patience=PATIENCE)

    def restart(self, name: str, **variables: str) -> None:
        self.stop(name)
        self.start(name, **variables)

    def mend(self) -> None:
        """Start again whatever has ended."""
        if not self.postgres.running:
            self.postgres.start()
        for name, process in list(self.processes.items()):
            if process.poll() is not None:
                child_process.end_group(process.pid)
                self.start(name)

    def wait_until_ready(self) -> None:
        until(lambda: self.mend() or is_ready(self.settings), seconds=120)

    @contextmanager
    def dying_at(self, place: str, *, victim: int | None = None) -> Iterator[None]:
        """Whoever comes by in the block, or the victim, is killed; at the end it is gone.

        :raises AssertionError: nobody came by.
        """
        self.wait_until_ready()
        self.failpoints.arm(place, victim)
        try:
            yield
            until(lambda: self.mend() or self.failpoints.struck, seconds=A_ROUND)
        finally:
            self.failpoints.disarm()
        self.wait_until_ready()

    def engine(self) -> Engine:
        """As the application's role."""
        return create_engine(self.settings.database_url, poolclass=NullPool, hide_parameters=True)

    @property
    def output(self) -> str:
        """Everything that any of the programs and the database has logged."""
        files = [*self.logs.iterdir(), *(self.settings.data_dir / "log").iterdir()]
        return "\n".join(file.read_text(errors="replace") for file in files)

    def complaints(self, most: int = 40) -> str:
        """The last warnings and errors of all programs."""
        lines = self.output.splitlines()
        trouble = [
            line for line in lines if '"level":"warning"' in line or '"level":"error"' in line
        ]
        # Each begins with its time.
        return "\n".join(sorted(trouble)[-most:])


@contextmanager
def stack(directory: Path, **variables: str) -> Iterator[Stack]:
    """:param directory: an empty one; its processes are ended when the block ends."""
    failpoints = Failpoints(directory / "failpoints")
    failpoints.directory.mkdir()
    environ = environ_for(directory, {"JARING_FAILPOINT": str(failpoints.directory), **variables})
    ensure_development_keys(directory / "keys")
    settings = Settings.read(environ)
    logs = directory / "output"
    for folder in (logs, directory / METRICS_FILES):
        folder.mkdir()
    with EmbeddedPostgres(directory, durable=False) as postgres:
        upgrade(settings.database)
        (directory / "areas").mkdir()
        areas = write_part(directory / "areas", JAKARTA)
        reference_data.load(settings.database.migration_url, areas)
        by_name = {program.name: program for program in programs(settings, environ)}
        running = Stack(settings, postgres, by_name, logs, failpoints)
        try:
            for name in running.programs:
                running.start(name)
            running.wait_until_ready()
            yield running
        finally:
            for name in reversed(list(running.processes)):
                running.stop(name)
        assert not SITI.traces.search(running.output), "log lines that tell of somebody"


def environ_for(directory: Path, variables: Mapping[str, str]) -> dict[str, str]:
    """Of an installation of its own on ports of its own."""
    api, sandbox, metrics = _free_ports(3)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JARING_")}
    return kept | {
        "JARING_ENV": "development",
        "JARING_DATA_DIR": str(directory),
        "JARING_PORT": str(api),
        "JARING_SANDBOX_PORT": str(sandbox),
        "JARING_METRICS_PORT": str(metrics),
        **variables,
    }


def _free_ports(count: int) -> list[int]:
    """At random, so that those who test beside us hardly ever choose the same."""
    return list(islice(filter(_is_free, random.sample(PORTS, len(PORTS))), count))


def _is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True
