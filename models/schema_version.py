"""Which migration the database is at."""

from sqlalchemy import TextClause, text


def select_schema_version() -> TextClause:
    return text("SELECT version_num FROM alembic_version")
