"""The audit as whoever owns the database has it."""

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from tests.database import database
from tests.fakes import SavepointTransactions
from tests.installation import fake_ports


@pytest.fixture(scope="module")
def owners_engine(migrated):
    with database(migrated) as addresses:
        engine = create_engine(addresses.migration_url)
        yield engine
        engine.dispose()


@pytest.fixture
def owner(owners_engine):
    """Everything is rolled back at the end."""
    with owners_engine.connect() as connection, connection.begin() as outer:
        yield connection
        outer.rollback()


@pytest.fixture
def owned(owner, clock):
    """Ports to what the owner sees."""
    sessions = sessionmaker(owner, expire_on_commit=False, join_transaction_mode="create_savepoint")
    return fake_ports(SavepointTransactions(sessions), clock)
