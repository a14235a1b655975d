import pytest

from services.ports import Ports
from tests.banks import with_banks
from tests.fleets import Fleet, books_balance


@pytest.fixture
def ports(ports) -> Ports:
    return with_banks(ports)


@pytest.fixture
def fleet(ports) -> Fleet:
    """Three drivers."""
    return Fleet.of(ports, 3)


@pytest.fixture(autouse=True)
def balance(ports):
    """Whatever a test does, the books balance in the end."""
    yield
    assert books_balance(ports)
