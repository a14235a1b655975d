from contextlib import contextmanager
from types import SimpleNamespace

import psycopg
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError

from api.app import create_app
from api.health import VERSIONS, blp, earlier_versions, versions


class Database:
    """A database that only knows its schema's version (where it has one), or fails."""

    def __init__(self, version):
        self.version = version

    @contextmanager
    def reading(self):
        yield self

    def scalar(self, _statement):
        if isinstance(self.version, psycopg.Error):
            raise DBAPIError("SELECT", {}, self.version)
        return self.version


@pytest.fixture
def client_on():
    def client(version):
        ports = SimpleNamespace(transactions=Database(version))
        return create_app(None, ports, blueprints=[blp]).test_client()

    return client


def test_alive_needs_no_database(client_on):
    assert client_on(None).get("/healthz").json == {"status": "ok"}


def test_ready_when_the_migrations_are_in(client_on):
    assert client_on(versions()[-1]).get("/readyz").json == {"status": "ok"}


def test_ready_when_the_schema_has_moved_on_for_a_program_that_is_still_to_come(client_on):
    assert client_on("9999_later").get("/readyz").json == {"status": "ok"}


AWAY = psycopg.OperationalError("away")
WITHOUT_TABLES = psycopg.errors.UndefinedTable("alembic_version")


@pytest.mark.parametrize("version", [*sorted(earlier_versions()), None, AWAY, WITHOUT_TABLES])
def test_not_ready_with_an_old_schema_or_none_or_no_database(client_on, version):
    answer = client_on(version).get("/readyz")
    assert (answer.status_code, answer.json["code"]) == (503, "service-unavailable")
    assert "Retry-After" in answer.headers


def test_the_versions_are_those_of_the_migrations_in_their_order():
    every = ScriptDirectory(VERSIONS.parent).walk_revisions("base", "heads")
    assert tuple(each.revision for each in every)[::-1] == versions()
