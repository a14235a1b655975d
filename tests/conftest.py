import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.orm import Session, sessionmaker

from api.app import create_app
from console.site import add_console
from services.database import build_engine
from services.database_settings import DatabaseSettings
from services.operations import reference_data
from services.operations.embedded_postgres import EmbeddedPostgres
from services.ports import Ports
from services.transactions import DatabaseTransactions
from tests.canary import KENARI, SITI, Listener
from tests.database import TEMPLATE, Emptied, addresses, database, emptied, migrate_template
from tests.elsewhere import Elsewhere, elsewhere_in
from tests.fakes import FixedClock, SavepointTransactions
from tests.installation import DEVELOPMENT, fake_ports
from tests.reference import JAKARTA, write_part

# How long an example takes tells how busy the machine is.
settings.register_profile("jaring", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("jaring")


@pytest.fixture(scope="session")
def server() -> Iterator[EmbeddedPostgres]:
    """An empty PostgreSQL with our two roles."""
    with (
        tempfile.TemporaryDirectory(prefix="jaring-tests-") as directory,
        EmbeddedPostgres(Path(directory), durable=False) as server,
    ):
        yield server
        for log in (Path(directory) / "log").iterdir():
            assert not SITI.traces.search(log.read_text(errors="replace")), log.name


@pytest.fixture(scope="session")
def listener() -> Iterator[Listener]:
    listener = Listener(SITI, KENARI)
    yield listener
    assert listener.overheard == [], "log lines that tell of somebody"


@pytest.fixture(autouse=True)
def overheard(listener) -> None:
    """Whatever any test makes the program log is read, and must not tell of the people in it."""
    listener.listen()


@pytest.fixture(scope="session")
def migrated(server) -> EmbeddedPostgres:
    """With the areas of Jakarta in it, and all occupations."""
    migrate_template(server)
    with tempfile.TemporaryDirectory(prefix="jaring-areas-") as directory:
        areas = write_part(Path(directory), JAKARTA)
        reference_data.load(addresses(server, TEMPLATE).migration_url, areas)
    return server


@pytest.fixture(scope="session")
def engine(migrated) -> Iterator[Engine]:
    with database(migrated) as addresses:
        engine = create_engine(addresses.url, hide_parameters=True)
        yield engine
        engine.dispose()


@pytest.fixture
def connection(engine) -> Iterator[Connection]:
    """As the application's role; everything is rolled back at the end."""
    with engine.connect() as connection, connection.begin() as outer:
        yield connection
        outer.rollback()


@pytest.fixture
def sessions(connection) -> sessionmaker[Session]:
    """Sessions that see each other's commits, which are savepoints in truth."""
    return sessionmaker(
        connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
    )


@pytest.fixture
def session(sessions: sessionmaker[Session]) -> Iterator[Session]:
    with sessions() as session:
        yield session


@pytest.fixture
def queries(connection) -> list[str]:
    """The statements sent from now on, whoever sends them."""
    seen: list[str] = []

    class Noting(psycopg.Cursor):
        def execute(self, query, *args, **options):
            seen.append(query.decode() if isinstance(query, bytes) else query)
            return super().execute(query, *args, **options)

    connection.connection.driver_connection.cursor_factory = Noting
    return seen


@pytest.fixture
def fresh_database(migrated) -> Iterator[DatabaseSettings]:
    """Migrated and empty, for whoever changes its tables, its areas or what is known of its sizes."""
    with database(migrated) as addresses:
        yield addresses


@pytest.fixture(scope="session")
def emptied_database(migrated) -> Iterator[Emptied]:
    with emptied(migrated) as database:
        yield database


@pytest.fixture
def committed_database(emptied_database) -> Iterator[DatabaseSettings]:
    """Migrated, empty, and really committed to: for processes, threads and races."""
    yield emptied_database.addresses
    emptied_database.empty()


@pytest.fixture
def committed_engine(committed_database) -> Iterator[Engine]:
    engine = build_engine(committed_database.url)
    yield engine
    engine.dispose()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def ports(sessions, clock) -> Ports:
    """The real database, and fakes of everything outside."""
    return fake_ports(SavepointTransactions(sessions), clock)


@pytest.fixture
def committed_ports(committed_engine, clock) -> Ports:
    """To a database that is really committed to, for what several threads do at once."""
    return fake_ports(DatabaseTransactions(committed_engine, lambda: None), clock)


@pytest.fixture
def elsewhere(committed_engine) -> Iterator[Elsewhere]:
    with elsewhere_in(committed_engine) as elsewhere:
        yield elsewhere


@pytest.fixture(scope="session")
def app() -> Flask:
    """Made once: describing every operation takes longer than most tests."""
    app = create_app(DEVELOPMENT, None)
    add_console(app)
    return app


class ReadsRefusals(FlaskClient):
    """No refusal tells of the people in it, whatever the test is about."""

    def open(self, *args, **options):
        answer = super().open(*args, **options)
        if answer.status_code >= 400:
            assert not SITI.traces.search(f"{answer.headers}\n{answer.text}"), answer.request.path
        return answer


@pytest.fixture
def client(app, ports) -> FlaskClient:
    app.extensions["ports"] = ports
    app.test_client_class = ReadsRefusals
    return app.test_client()
