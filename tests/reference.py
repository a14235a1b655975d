"""A part of the reference data: all of it would take a suite's patience."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine

from services.operations.embedded_postgres import EmbeddedPostgres
from services.operations.reference_data import DATA, load
from tests.database import database

JAKARTA, JAWA_BARAT, YOGYAKARTA = "31", "32", "34"


def write_part(directory: Path, *provinces: str) -> Path:
    """Copy the files, with only the areas of some provinces."""
    for name in ("provinces.csv", "regencies.csv", "districts.csv"):
        (directory / name).write_text(_part(DATA / name, provinces), encoding="utf-8")
    villages = _part(DATA / "villages.csv.gz", provinces).encode()
    (directory / "villages.csv.gz").write_bytes(gzip.compress(villages, mtime=0))
    shutil.copy(DATA / "occupations.csv", directory)
    return directory


def _part(path: Path, provinces: tuple[str, ...]) -> str:
    data = path.read_bytes()
    heading, *lines = (
        (gzip.decompress(data) if path.suffix == ".gz" else data).decode().splitlines()
    )
    kept = [line for line in lines if line.startswith(provinces)]
    return "\n".join((heading, *kept)) + "\n"


@contextmanager
def loaded(server: EmbeddedPostgres, directory: Path) -> Iterator[Engine]:
    """A database with the areas of Jakarta and Jawa Barat and all occupations."""
    with database(server) as addresses:
        load(addresses.migration_url, write_part(directory, JAKARTA, JAWA_BARAT))
        engine = create_engine(addresses.url, hide_parameters=True)
        yield engine
        engine.dispose()
