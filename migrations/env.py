"""How alembic reaches the database. ``jaring migrate`` hands over the address."""

from typing import Any

from alembic import context
from sqlalchemy import NullPool, create_engine, text

from services.operations.migrate import FOREIGN_TABLES, tables

# Any number, as long as it stays: it keeps two migrations apart.
LOCK = 7_260_412


def ours(_object: object, name: str | None, kind: str, *_: Any) -> bool:
    return kind != "table" or not (name or "").startswith(FOREIGN_TABLES)


def run() -> None:
    engine = create_engine(
        context.config.attributes["url"], poolclass=NullPool, hide_parameters=True
    )
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
        # A migration that waits for a busy table must not hold up everyone behind it.
        connection.execute(text("SET lock_timeout = '10s'"))
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=tables(),
            include_object=ours,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
