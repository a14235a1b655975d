"""Bring the database's tables up to date."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script.revision import ResolutionError
from alembic.util import CommandError
from sqlalchemy import MetaData, make_url

import models
from models.base import Model
from services.database_settings import DatabaseSettings
from services.operations.child_process import CannotStart

MIGRATIONS = Path(__file__).parents[2] / "migrations"

# The queue brings tables of its own; they change with procrastinate, not with us.
FOREIGN_TABLES = "procrastinate_"

NEWER = (
    "The database was brought up to date by a newer version of Jaring than this one. "
    "Use that version here, or give this one a database of its own: "
    "another JARING_DATA_DIR, or another JARING_DATABASE_URL."
)


def upgrade(database: DatabaseSettings, revision: str = "head") -> None:
    """Run what has not run yet, as the owner of the tables.

    Two at once are safe: the later one waits, and finds nothing to do.

    :raises CannotStart: a newer program than this one has been at the database.
    """
    try:
        command.upgrade(_config(database), revision)
    except CommandError as error:
        if not isinstance(error.__cause__, ResolutionError):
            raise
        raise CannotStart(NEWER) from None


def tables() -> MetaData:
    """Every table of ours, whichever module it stands in."""
    for module in pkgutil.iter_modules(models.__path__, "models."):
        importlib.import_module(module.name)
    return Model.metadata


def _config(database: DatabaseSettings) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = database.migration_url
    config.attributes["app_role"] = _app_role(database)
    return config


def _app_role(database: DatabaseSettings) -> str | None:
    """Who is granted the use of the tables: nobody where one role does everything."""
    role = make_url(database.url).username
    return None if role == make_url(database.migration_url).username else role
