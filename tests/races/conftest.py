"""A database that is really committed to: of two at once, one is second."""

import pytest

from api.app import create_app
from services.database import build_engine
from services.transactions import DatabaseTransactions
from tests.fakes import FixedClock
from tests.installation import DEVELOPMENT, fake_ports


@pytest.fixture
def engine(committed_database):
    engine = build_engine(committed_database.url)
    yield engine
    engine.dispose()


@pytest.fixture
def ports(engine):
    return fake_ports(DatabaseTransactions(engine, lambda: None), FixedClock())


@pytest.fixture
def app(ports):
    return create_app(DEVELOPMENT, ports)


@pytest.fixture
def client(app):
    return app.test_client()
