"""One PostgreSQL for the whole run, and databases in it that cost little."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from psycopg.sql import SQL, Identifier

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
