"""A database that is really committed to: of two at once, one is second."""

import pytest

from api.app import create_app
from tests.installation import DEVELOPMENT


@pytest.fixture
def engine(committed_engine):
    return committed_engine


@pytest.fixture
def ports(committed_ports):
    return committed_ports


@pytest.fixture
def app(ports):
    return create_app(DEVELOPMENT, ports)


@pytest.fixture
def client(app):
    return app.test_client()
