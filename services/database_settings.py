"""How the database is reached, and by which role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from services.environ import Environ
from services.operations.socket_directory import APP_ROLE, OWNER_ROLE, embedded_url

OURS = "JARING_DATABASE_URL"
OWNERS = "JARING_DATABASE_OWNER_URL"
PSYCOPG = "postgresql+psycopg"


def data_dir(environ: Environ) -> Path:
    return Path(environ.text("JARING_DATA_DIR") or "var").absolute()


@dataclass(frozen=True, kw_only=True)
class DatabaseSettings:
    """Two addresses, both secret.

    ``url`` is for the role that runs the application. ``owner_url`` is for the
    role that owns the schema: only migrations use it, so servers and workers are
    better off without it. ``embedded``: ``jaring run`` starts the database.
    """

    url: str = field(repr=False)
    owner_url: str | None = field(repr=False)
    embedded: bool

    @property
    def migration_url(self) -> str:
        """One address may serve for both in development, and only there."""
        return self.owner_url or self.url

    @classmethod
    def read(cls, environ: Environ) -> Self:
        """What is missing or wrong is left with ``environ``."""
        if not environ.production and environ.text(OURS) is None:
            return cls._embedded(data_dir(environ))
        environ.required(OURS, "the PostgreSQL address that the application uses")
        ours, owners = _url(environ, OURS), _url(environ, OWNERS)
        if environ.production and ours and owners and ours.username == owners.username:
            environ.fault(
                f"{OWNERS} and {OURS} are the same role: the application must not own its tables"
            )
        return cls(url=_text(ours) or "", owner_url=_text(owners), embedded=False)

    @classmethod
    def for_migrating(cls, variables: Mapping[str, str]) -> Self:
        """:raises BadSettings: the database's settings cannot be used to migrate."""
        environ = Environ(variables)
        settings = cls.read(environ)
        if environ.production:
            environ.required(OWNERS, "the PostgreSQL address of the role that owns the tables")
        environ.finish()
        return settings

    @classmethod
    def _embedded(cls, directory: Path) -> Self:
        return cls(
            url=embedded_url(directory, APP_ROLE),
            owner_url=embedded_url(directory, OWNER_ROLE),
            embedded=True,
        )


def _url(environ: Environ, name: str) -> URL | None:
    value = environ.text(name)
    if value is None:
        return None
    try:
        url = make_url(value)
    except (ArgumentError, ValueError):
        url = None
    if url is None or url.drivername not in ("postgres", "postgresql", PSYCOPG):
        environ.fault(f"{name} is not an address like postgresql://role:password@host/database")
        return None
    return url.set(drivername=PSYCOPG)


def _text(url: URL | None) -> str | None:
    return url and url.render_as_string(hide_password=False)
