"""A Jaring of its own to measure on: keys, a durable database, areas, and people to serve."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from services.operations import reference_data
from services.operations.development_keys import ensure_development_keys
from services.operations.embedded_postgres import EmbeddedPostgres
from services.operations.migrate import upgrade
from services.operations.programs import METRICS_FILES, Program, programs
from services.ports import Ports
from services.settings import Settings
from services.wiring import build_ports


@dataclass(frozen=True)
class Ground:
    data_dir: Path
    ports: Ports
    server: EmbeddedPostgres

    @property
    def database(self) -> int:
        """The process id of the database's first process."""
        assert self.server.process is not None
        return self.server.process.pid

    def web(self) -> Program:
        """The web server as ``make run`` starts it, on a free port."""
        return self.program("web")

    def program(self, name: str) -> Program:
        """As ``make run`` starts it."""
        return next(p for p in programs(self._settings(), os.environ) if p.name == name)

    def _settings(self) -> Settings:
        return Settings.read(_variables(self.data_dir) | {"JARING_PORT": str(_free_port())})


@contextmanager
def ground() -> Iterator[Ground]:
    """Everything that ``make run`` prepares, in a directory that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="jaring-bench-") as directory:
        data_dir = Path(directory)
        ensure_development_keys(data_dir / "keys")
        (data_dir / METRICS_FILES).mkdir()
        settings = Settings.read(_variables(data_dir))
        with EmbeddedPostgres(data_dir, durable=True) as server:
            upgrade(settings.database)
            reference_data.load(settings.database.migration_url)
            yield Ground(data_dir, build_ports(settings), server)


def _variables(data_dir: Path) -> dict[str, str]:
    return {"JARING_ENV": "development", "JARING_DATA_DIR": str(data_dir)}


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
