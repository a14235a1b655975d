"""What runs while Jaring runs on one machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from services.settings import Settings

PROJECT = Path(__file__).parents[2]
METRICS_FILES = "metrics"

# Most of a request is spent waiting for the database, so threads overlap.
WEB_WORKERS = 2
WEB_THREADS = 8

# granian does not always hear a signal that comes right after it has started its workers,
# and then waits for all of this before it kills them.
WORKERS_KILL_SECONDS = 8
GRANIAN_PATIENCE = 15.0


@dataclass(frozen=True, kw_only=True)
class Program:
    """``patience`` is how many seconds it has to finish what it is doing."""

    name: str
    command: tuple[str, ...]
    env: Mapping[str, str] = field(repr=False)
    patience: float = 10.0


def programs(settings: Settings, variables: Mapping[str, str]) -> list[Program]:
    """Whoever answers comes before whoever asks."""
    env = shared_environment(settings, variables)
    app = env | {
        "JARING_DATABASE_URL": settings.database_url,
        "PROMETHEUS_MULTIPROC_DIR": str(settings.data_dir / METRICS_FILES),
    }
    # Of a file that arrives a web process divides one chunk at a time: threads of polars' own would
    # only stand in the way of those that answer. What its allocator has no use for goes back at once
    # (jemalloc's settings): it would be kept for the next file, and a day may pass until then.
    web = app | {
        "POLARS_MAX_THREADS": "1",
        "_RJEM_MALLOC_CONF": "narenas:1,dirty_decay_ms:0,muzzy_decay_ms:0",
    }
    return [
        Program(name="sandbox", env=env, command=_sandbox(settings), patience=GRANIAN_PATIENCE),
        Program(name="worker", env=app, command=(sys.executable, "worker.py"), patience=30),
        Program(name="bulk", env=app, command=(sys.executable, "worker.py", "bulk"), patience=30),
        Program(name="metrics", env=app, command=(sys.executable, "-m", "cli", "metrics")),
        Program(name="web", env=web, command=_web(settings), patience=GRANIAN_PATIENCE),
    ]


def shared_environment(settings: Settings, variables: Mapping[str, str]) -> dict[str, str]:
    """Ours, with what was relative or a default written out, so that every process
    reads the same. The owner's address stays behind: nobody who serves needs it."""
    left = {"JARING_NOW", "JARING_DATABASE_URL", "JARING_DATABASE_OWNER_URL"}
    return {name: value for name, value in variables.items() if name not in left} | {
        "JARING_ENV": settings.environment,
        "JARING_DATA_DIR": str(settings.data_dir),
        "JARING_KEYS": os.path.abspath(
            variables.get("JARING_KEYS") or settings.data_dir / "keys" / "keys.json"
        ),
        "JARING_PORT": str(settings.port),
        "JARING_SANDBOX_PORT": str(settings.sandbox_port),
        "JARING_METRICS_PORT": str(settings.metrics_port),
        "JARING_CLOCK_OFFSET": str(settings.clock_offset.total_seconds()),
        "PYTHONUNBUFFERED": "1",
    }


def _sandbox(settings: Settings) -> tuple[str, ...]:
    where = _granian("127.0.0.1", settings.sandbox_port)
    return (*where, "--workers", "1", "--blocking-threads", "16", "sandbox.app:app")


def _web(settings: Settings) -> tuple[str, ...]:
    where = _granian(settings.host, settings.port)
    workers = ("--workers", str(WEB_WORKERS), "--blocking-threads", str(WEB_THREADS))
    return (*where, *workers, "wsgi:app")


def _granian(host: str, port: int) -> tuple[str, ...]:
    granian = (sys.executable, "-m", "granian", "--interface", "wsgi")
    where = ("--host", host, "--port", str(port))
    respawn = ("--respawn-failed-workers", "--respawn-interval", "0.2")
    ending = ("--workers-kill-timeout", str(WORKERS_KILL_SECONDS))
    return (*granian, *where, *respawn, *ending, "--log-level", "error")
