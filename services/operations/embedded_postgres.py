"""PostgreSQL under the data directory, for machines that have none.

One process at a time may run it, and the server does not outlive that process.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil
import psycopg

from services.operations import child_process
from services.operations.child_process import CannotStart
from services.operations.database_roles import ensure_roles
from services.operations.lock import AlreadyRunning, Lock
from services.operations.postgres_cluster import SUPERUSER, PostgresCluster, environment, program
from services.operations.socket_directory import embedded_url

# Replaying 1.4 GB of log took 12 s; a slow disk with the 4 GB that may pile up
# between checkpoints takes minutes. As long as it lives, it is getting somewhere.
RECOVERY_SECONDS = 1800.0
SHUTDOWN_SECONDS = 120.0
LEFTOVERS_SECONDS = 60.0
POLL_SECONDS = 0.02

SERVER_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",
    "jit": "off",  # compiling costs more than our short statements take
    "timezone": "UTC",
    "log_timezone": "UTC",
    # The server's log must carry no personal data: no statement, and no DETAIL
    # line, which shows the row that broke a constraint.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
THROWAWAY_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "max_wal_size": "1GB",
}


class EmbeddedPostgres:
    """The server of one data directory. ``durable=False`` is for tests: fast; what
    was committed outlives the server's death, but not the machine's."""

    def __init__(self, data_dir: Path, *, durable: bool = True) -> None:
        self.data_dir = data_dir
        self.durable = durable
        self.process: subprocess.Popen[bytes] | None = None
        self._lock = Lock(data_dir / "postgres.lock", f"The database in {data_dir} is in use.")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def url(self, role: str, database: str = "jaring") -> str:
        return embedded_url(self.data_dir, role, database)

    def superuser(self, database: str = "postgres") -> psycopg.Connection:
        """A connection that may do anything; autocommit."""
        return psycopg.connect(
            host=str(self.cluster.sockets),
            user=SUPERUSER,
            dbname=database,
            autocommit=True,
            connect_timeout=10,
        )

    def start(self) -> None:
        """Start the server, or start it again after it died, and wait until it answers.

        :raises AlreadyRunning: by another process.
        :raises CannotStart: it ended at once, or does not answer.
        """
        self._lock.take()
        try:
            self.cluster = PostgresCluster(self.data_dir)
            _end_orphan(self.cluster.path)
            self.cluster.prepare(durable=self.durable)
            self._launch()
            with self.superuser() as connection:
                ensure_roles(connection)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End the server: open transactions are rolled back, nothing committed is lost."""
        if self.process is not None:
            child_process.stop(
                self.process, signal.SIGINT, signal.SIGQUIT, patience=SHUTDOWN_SECONDS
            )
            self.process = None
        self._lock.release()

    def _launch(self) -> None:
        """Backends of a server that was killed may take a moment to notice; until
        then the new one refuses to share their memory."""
        deadline = time.monotonic() + LEFTOVERS_SECONDS
        while True:
            beginning = self.cluster.log.stat().st_size if self.cluster.log.exists() else 0
            self.process = process = self._postmaster()
            if self._answers(process):
                return
            said = self.cluster.log.read_bytes()[beginning:].decode(errors="replace")
            if "is still in use" not in said or time.monotonic() > deadline:
                raise CannotStart(f"the database does not start: see {self.cluster.log}\n{said}")

    def _postmaster(self) -> subprocess.Popen[bytes]:
        postgres = program("postgres")
        settings = SERVER_SETTINGS | ({} if self.durable else THROWAWAY_SETTINGS)
        settings["unix_socket_directories"] = str(self.cluster.sockets)
        options = [f"--{name.replace('_', '-')}={value}" for name, value in settings.items()]
        with self.cluster.log.open("ab") as output:
            return child_process.start(
                [postgres, "-D", self.cluster.path, *options],
                on_our_death=signal.SIGINT,
                env=environment(),
                cwd=Path("/"),
                output=output,
                account=self.cluster.account,
                paths=(postgres, self.cluster.path),
            )

    def _answers(self, process: subprocess.Popen[bytes]) -> bool:
        """Wait until a query is answered; false if the server ends instead."""
        deadline = time.monotonic() + RECOVERY_SECONDS
        while time.monotonic() < deadline:
            try:
                with self.superuser() as connection:
                    connection.execute("SELECT 1")
                    return True
            except psycopg.OperationalError:
                pass
            try:
                process.wait(POLL_SECONDS)
                return False
            except subprocess.TimeoutExpired:
                continue
        raise CannotStart(f"the database does not answer: see {self.cluster.log}")


@contextmanager
def at_hand(data_dir: Path) -> Iterator[None]:
    """The server is running in the block: another process's, or one of our own."""
    server = EmbeddedPostgres(data_dir)
    with suppress(AlreadyRunning):
        server.start()
    try:
        yield
    finally:
        server.stop()


def _end_orphan(cluster: Path) -> None:
    """Deal with what an earlier run left: a server without its starter is shut
    down, and the note of a dead one removed where its number now means another."""
    note = cluster / "postmaster.pid"
    try:
        pid = int(note.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return
    if orphan := _postmaster_of(pid, cluster):
        os.kill(pid, signal.SIGINT)
        try:
            orphan.wait(SHUTDOWN_SECONDS)
        except psutil.TimeoutExpired:
            raise AlreadyRunning(f"An earlier database server ({pid}) does not stop.") from None
    elif psutil.pid_exists(pid):
        # PostgreSQL takes any process of that number, even a zombie, for a server.
        note.unlink(missing_ok=True)


def _postmaster_of(pid: int, cluster: Path) -> psutil.Process | None:
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE or str(cluster) not in process.cmdline():
            return None
        return process
    except psutil.Error:
        return None
