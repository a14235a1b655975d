"""Bring the areas and occupations in the database up to the files in ``data/``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, cast

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import NullPool, create_engine

from models.occupations import Occupations
from services.operations.area_files import FILES, Areas, ListedRow, Record

DATA = Path(__file__).parents[2] / "data"

Row = tuple[str | int | None, ...]

# Counted up when the same files make other rows, so that they are loaded again.
_FORM = 1

_TABLES = {
    "province": ("code", "name"),
    "regency": ("code", "province_code", "kind", "name"),
    "district": ("code", "regency_code", "name"),
    "village": ("code", "district_code", "kind", "name"),
}
_OCCUPATION = ("code", "name_id", "name_en", "isco08", "sector", "aliases")


def load(url: str, data: Path = DATA) -> bool:
    """Load what has changed since it was loaded last; whether anything had.

    Several at once are safe: the later ones wait, and find nothing to do. A code that is
    no longer in the files stays in its table, because workers may live under it or do that
    work; it only leaves the list that forms offer.

    :param url: of the role that owns the tables; the application's may make no passing ones.
    """
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    with engine.begin() as connection:
        database = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
        database.execute("LOCK TABLE reference_load IN SHARE ROW EXCLUSIVE MODE")
        areas = _changed(database, "areas", [data / name for name in FILES])
        occupations = _changed(database, "occupations", [data / "occupations.csv"])
        if areas:
            _load_areas(database, Areas.read(data))
        if occupations:
            _load_occupations(database, Occupations.load(data / "occupations.csv"))
    return areas or occupations


def _changed(database: psycopg.Connection[Any], source: str, files: Iterable[Path]) -> bool:
    """Whether the files differ from what was loaded. From now on they count as loaded."""
    digest = hashlib.sha256(b"%d" % _FORM)
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    noted = database.execute(
        "INSERT INTO reference_load AS known (source, digest) VALUES (%s, %s) "
        "ON CONFLICT (source) DO UPDATE SET digest = excluded.digest, loaded_at = now() "
        "WHERE known.digest <> excluded.digest",
        (source, digest.hexdigest()),
    )
    return noted.rowcount == 1


def _load_areas(database: psycopg.Connection[Any], areas: Areas) -> None:
    records = (areas.provinces, areas.regencies, areas.districts, areas.villages)
    for (table, columns), by_code in zip(_TABLES.items(), records, strict=True):
        _upsert(database, table, columns, _rows(by_code.values(), columns))
    database.execute("DELETE FROM listed_region")
    _copy(database, "listed_region", ListedRow._fields, areas.listed())
    # Otherwise the first searches are planned for an empty table.
    database.execute("ANALYZE listed_region, village")


def _load_occupations(database: psycopg.Connection[Any], occupations: Occupations) -> None:
    rows = (
        (o.code, o.name.id, o.name.en, o.isco08, o.sector.value, ";".join(o.aliases))
        for o in occupations.by_code.values()
    )
    _upsert(database, "occupation", _OCCUPATION, rows)


def _upsert(
    database: psycopg.Connection[Any], table: str, columns: Sequence[str], rows: Iterable[Row]
) -> None:
    """Add the rows whose codes are new and correct those that differ."""
    names = SQL(", ").join(map(Identifier, columns))
    read = SQL(", ").join(SQL("excluded.") + Identifier(column) for column in columns)
    target = Identifier(table)
    database.execute(SQL("CREATE TEMPORARY TABLE incoming (LIKE {})").format(target))
    _copy(database, "incoming", columns, rows)
    database.execute(
        SQL(
            "INSERT INTO {target} AS known ({names}) SELECT {names} FROM incoming "
            "ON CONFLICT (code) DO UPDATE SET ({names}) = ROW({read}) "
            "WHERE known IS DISTINCT FROM excluded"
        ).format(target=target, names=names, read=read)
    )
    database.execute("DROP TABLE incoming")


def _copy(
    database: psycopg.Connection[Any], table: str, columns: Sequence[str], rows: Iterable[Row]
) -> None:
    names = SQL(", ").join(map(Identifier, columns))
    copying = SQL("COPY {} ({}) FROM STDIN").format(Identifier(table), names)
    with database.cursor() as cursor, cursor.copy(copying) as copy:
        for row in rows:
            copy.write_row(row)


def _rows(records: Iterable[Record], columns: Sequence[str]) -> Iterable[Row]:
    return (tuple(record[column] for column in columns) for record in records)
