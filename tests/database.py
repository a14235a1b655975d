"""One PostgreSQL for the whole run, and databases in it that cost little."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import LiteralString

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy.engine import make_url

from services.database_settings import DatabaseSettings
from services.operations.database_roles import create_database
from services.operations.embedded_postgres import EmbeddedPostgres
from services.operations.migrate import upgrade
from services.operations.socket_directory import APP_ROLE, OWNER_ROLE

TEMPLATE = "migrated"
_numbers = count(1)


def addresses(server: EmbeddedPostgres, name: str) -> DatabaseSettings:
    return DatabaseSettings(
        url=server.url(APP_ROLE, name), owner_url=server.url(OWNER_ROLE, name), embedded=False
    )


def migrate_template(server: EmbeddedPostgres) -> None:
    with server.superuser() as superuser:
        create_database(superuser, TEMPLATE)
    upgrade(addresses(server, TEMPLATE))


@contextmanager
def database(server: EmbeddedPostgres, template: str = TEMPLATE) -> Iterator[DatabaseSettings]:
    """A database of one's own, dropped at the end with whoever is still in it."""
    name = f"test_{next(_numbers)}"
    with server.superuser() as superuser:
        create_database(superuser, name, template)
    yield addresses(server, name)
    with server.superuser() as superuser:
        superuser.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


_TABLES = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
"""
_COUNT_ANEW = """
    SELECT setval(oid::regclass, (pg_sequence_parameters(oid)).start_value, false) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'
"""
_END_OTHERS = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class Emptied:
    """A database that is really committed to, by one test after the other.

    To put it back to what it was takes a tenth of the time that making one takes.
    """

    def __init__(self, superuser: psycopg.Connection, addresses: DatabaseSettings) -> None:
        """:param superuser: connected to it."""
        self.addresses = addresses
        self._superuser = superuser
        # What is append-only, or named by others, can be emptied all the same.
        superuser.execute("SET session_replication_role = replica")
        superuser.execute("SET lock_timeout = '10s'")
        self._tables = {name for (name,) in superuser.execute(_TABLES)}
        self._kept = self._filled()
        superuser.execute("CREATE SCHEMA kept")
        for table in self._kept:
            self._execute("CREATE TABLE kept.{0} AS TABLE public.{0}", table)

    def empty(self) -> None:
        """Of all but what came with the template, and of whoever is still in it."""
        self._superuser.execute(_END_OTHERS)
        for table in self._filled():
            self._execute("DELETE FROM public.{}", table)
        for table in self._kept:
            self._execute("INSERT INTO public.{0} TABLE kept.{0}", table)
        self._superuser.execute(_COUNT_ANEW)

    def _execute(self, statement: LiteralString, table: str) -> None:
        self._superuser.execute(SQL(statement).format(Identifier(table)))

    def _filled(self) -> set[str]:
        asked = SQL(" UNION ALL ").join(
            SQL("SELECT {} WHERE EXISTS (SELECT FROM public.{})").format(table, Identifier(table))
            for table in self._tables
        )
        return {name for (name,) in self._superuser.execute(asked)}


@contextmanager
def emptied(server: EmbeddedPostgres) -> Iterator[Emptied]:
    with database(server) as addresses:
        name = make_url(addresses.url).database or ""
        with server.superuser(name) as superuser:
            yield Emptied(superuser, addresses)
