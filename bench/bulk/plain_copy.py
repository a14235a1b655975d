"""The yardstick: the rows that a file has made, copied into the same tables, and nothing else.

One connection of psycopg sends them as text, into a database that has grown as ours has, with every
index, key and check. What is sent is ready beforehand.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import psycopg

from bench.ground import Ground
from services.operations.database_roles import create_database
from services.operations.socket_directory import APP_ROLE

DATABASE = "plain"
_OF_FILE = "select worker_id from enrolment where batch_id = '{batch}'"
# Whoever is pointed to comes before who points.
_ROWS = {
    "enrolment_batch": "select * from enrolment_batch where id = '{batch}'",
    "worker": f"select * from worker where id in ({_OF_FILE}) order by ctid",
    "worker_occupation": (
        f"select * from worker_occupation where worker_id in ({_OF_FILE}) order by ctid"
    ),
    "contribution_terms": (
        f"select * from contribution_terms where worker_id in ({_OF_FILE}) order by ctid"
    ),
    "enrolment": "select * from enrolment where batch_id = '{batch}' order by ctid",
    "batch_chunk": "select * from batch_chunk where batch_id = '{batch}'",
}
Rows = Mapping[str, list[bytes]]


@dataclass(frozen=True)
class Plain:
    """:param ours: where the rows are; ``theirs``: where they are copied to."""

    ours: psycopg.Connection
    theirs: psycopg.Connection

    def copied(self, rows: Rows) -> float:
        """How many seconds it takes to copy them."""
        begun = time.perf_counter()
        with self.theirs.transaction():
            for table, blocks in rows.items():
                with self.theirs.cursor().copy(f"COPY {table} FROM STDIN".encode()) as copy:
                    for block in blocks:
                        copy.write(block)
        return time.perf_counter() - begun

    def made_by(self, batch_id: UUID) -> Rows:
        """What a file has left in every table."""
        return {table: self._read(rows, batch_id) for table, rows in _ROWS.items()}

    def _read(self, rows: str, batch_id: UUID) -> list[bytes]:
        statement = f"COPY ({rows.format(batch=batch_id)}) TO STDOUT"
        with self.ours.cursor().copy(statement.encode()) as copy:
            return [bytes(block) for block in copy]


def prepare(ground: Ground) -> None:
    """A second database like the first. Nobody may be connected to that one yet."""
    with ground.server.superuser() as superuser:
        create_database(superuser, DATABASE, "jaring")


@contextmanager
def plain(ground: Ground, partner_id: UUID) -> Iterator[Plain]:
    with _connected(ground, "jaring") as ours, _connected(ground, DATABASE) as theirs:
        with ours.cursor().copy(b"COPY partner TO STDOUT") as copy:
            partner = [bytes(block) for block in copy]
        with theirs.cursor().copy(b"COPY partner FROM STDIN") as copy:
            for block in partner:
                copy.write(block)
        yield Plain(ours, theirs)


def _connected(ground: Ground, name: str) -> psycopg.Connection:
    url = ground.server.url(APP_ROLE, name).replace("postgresql+psycopg", "postgresql")
    return psycopg.connect(url, autocommit=True)
