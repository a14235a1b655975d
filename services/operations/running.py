"""The note that a running Jaring leaves under its data directory.

Whoever types ``jaring ledger verify`` beside a running ``make run`` means that one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from services.operations.lock import Lock
from services.operations.programs import shared_environment
from services.settings import Settings

NOTE = "running.json"


@contextmanager
def alone(data_dir: Path) -> Iterator[None]:
    """Hold the data directory.

    :raises AlreadyRunning: another one holds it.
    """
    lock = _lock(data_dir)
    lock.take()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def noted(settings: Settings, variables: Mapping[str, str]) -> Iterator[None]:
    """Say how this Jaring is set; only ``alone`` in its data directory."""
    note = settings.data_dir / NOTE
    try:
        _write(note, _ours(settings, variables))
        yield
    finally:
        note.unlink(missing_ok=True)


def environment(variables: Mapping[str, str]) -> Mapping[str, str]:
    """The variables of this call, filled up with those of the Jaring that runs in
    the same data directory; unless the call names an environment or database itself."""
    if variables.get("JARING_ENV") or variables.get("JARING_DATABASE_URL"):
        return variables
    data_dir = Path(variables.get("JARING_DATA_DIR") or "var").absolute()
    if not _lock(data_dir).held_by_another():
        return variables
    try:
        return {**json.loads((data_dir / NOTE).read_text()), **variables}
    except (OSError, ValueError):
        return variables


def _ours(settings: Settings, variables: Mapping[str, str]) -> dict[str, str]:
    kept = {"JARING_DATABASE_URL", "JARING_DATABASE_OWNER_URL"}
    env = shared_environment(settings, variables) | {k: variables[k] for k in kept & set(variables)}
    return {name: value for name, value in env.items() if name.startswith("JARING_")}


def _write(path: Path, document: Mapping[str, str]) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(document, file)


def _lock(data_dir: Path) -> Lock:
    return Lock(data_dir / "jaring.lock", f"Jaring is already running on {data_dir}.")
