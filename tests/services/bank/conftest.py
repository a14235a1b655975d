import pytest

from services.ports import Ports
from tests.banks import Payer, with_banks


@pytest.fixture
def ports(ports) -> Ports:
    return with_banks(ports)


@pytest.fixture
def payer(ports) -> Payer:
    return Payer.of(ports)
