import pytest

from tests.partners import partner


@pytest.fixture
def ojek(ports, session):
    return partner(ports, session)


@pytest.fixture
def kurir(ports, session):
    return partner(ports, session, "Kurir Cepat")
