"""The two roles of the embedded database and what each may do from the first day."""

from __future__ import annotations

import psycopg
from psycopg.sql import SQL, Identifier

from services.operations.socket_directory import APP_ROLE, DATABASE, OWNER_ROLE


def ensure_roles(superuser: psycopg.Connection) -> None:
    """Make ``jaring_owner``, ``jaring_app`` and the database ``jaring``.

    On an autocommit connection: a database cannot be made in a transaction.
    """
    for role in (OWNER_ROLE, APP_ROLE):
        if not _exists(superuser, SQL("SELECT 1 FROM pg_roles WHERE rolname = %s"), role):
            superuser.execute(SQL("CREATE ROLE {} LOGIN").format(Identifier(role)))
    if not _exists(superuser, SQL("SELECT 1 FROM pg_database WHERE datname = %s"), DATABASE):
        create_database(superuser, DATABASE)


def create_database(superuser: psycopg.Connection, name: str, template: str = "template1") -> None:
    """A database that the owner owns and that only our roles may enter."""
    database = Identifier(name)
    superuser.execute(
        SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
            database, Identifier(OWNER_ROLE), Identifier(template)
        )
    )
    superuser.execute(SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    superuser.execute(
        SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, Identifier(APP_ROLE))
    )


def _exists(connection: psycopg.Connection, query: SQL, name: str) -> bool:
    return connection.execute(query, [name]).fetchone() is not None
