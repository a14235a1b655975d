"""What the application's role may do, and the tables of the queue."""

from pathlib import Path

from alembic import context, op
from procrastinate.schema import SchemaManager
from sqlalchemy import Connection

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# procrastinate never edits a migration that it has released, so this much of them
# is the same for ever. A later one is run by a later migration of ours.
LAST_QUEUE_MIGRATION = "03.04.00_50_post_add_retry_failed_job_procedure.sql"


def upgrade() -> None:
    connection = op.get_bind()
    role = context.config.attributes["app_role"]
    if role is not None:
        grant_use(connection, role)
    create_queue(connection)


def grant_use(connection: Connection, role: str) -> None:
    """The application reads and writes rows; it never makes, alters or empties a
    table. This holds for every table that the owner makes from now on."""
    app = connection.dialect.identifier_preparer.quote(role)
    op.execute(f"GRANT USAGE ON SCHEMA public TO {app}")
    op.execute(f"GRANT SELECT ON alembic_version TO {app}")
    op.execute(
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public "
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}"
    )
    op.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO {app}")


def create_queue(connection: Connection) -> None:
    """Handed to psycopg as they are: several statements, and percent signs."""
    psycopg = connection.connection.driver_connection
    for path in sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql")):
        if path.name <= LAST_QUEUE_MIGRATION:
            psycopg.execute(path.read_text(encoding="utf-8"))
