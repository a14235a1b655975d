"""The servers that are measured, and the processor time that they use."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from signal import SIGTERM
from threading import Event

import psutil

from bench.ground import Ground
from services.operations import child_process
from services.operations.programs import PROJECT, Program

READY_WITHIN = 60.0
_NEVER = Event()


@dataclass(frozen=True)
class Application:
    """:param options: for granian, beside those of ``make run``."""

    target: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Server:
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def cpu(self) -> float:
        return cpu_of(self.process.pid)


@contextmanager
def serving(ground: Ground, applications: Sequence[Application]) -> Iterator[list[Server]]:
    """All of them at once: who is not asked costs nothing."""
    with ExitStack() as stack:
        servers = [stack.enter_context(_serving(ground, each)) for each in applications]
        for server, application in zip(servers, applications, strict=True):
            _wait_for(server, application)
        yield servers


@contextmanager
def _serving(ground: Ground, application: Application) -> Iterator[Server]:
    web = ground.web()
    log = ground.data_dir / f"{application.target.partition(':')[0]}.log"
    with log.open("wb") as output:
        process = child_process.start(
            [*web.command[:-1], *application.options, application.target],
            env=web.env,
            cwd=PROJECT,
            output=output,
        )
    try:
        yield Server(_port_of(web), process, log)
    finally:
        child_process.stop(process, SIGTERM, patience=web.patience)


def _port_of(web: Program) -> int:
    return int(web.command[web.command.index("--port") + 1])


def _wait_for(server: Server, application: Application) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while server.process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", server.port), timeout=1).close()
            return
        except OSError:
            _NEVER.wait(0.05)
    raise RuntimeError(f"{application.target} does not start:\n{server.log.read_text()}")


def cpu_of(pid: int) -> float:
    """Seconds of processor time that a process and its children have used so far."""
    parent = psutil.Process(pid)
    return sum(map(_cpu, [parent, *parent.children(recursive=True)]))


def _cpu(process: psutil.Process) -> float:
    try:
        used = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    # What children that have ended used has gone over to their parent.
    return used.user + used.system + used.children_user + used.children_system
