import pytest

from models.partner_event import PartnerEventName
from services.once import Once
from services.webhooks import registering
from tests.partners import calling, partner

URL = "https://hooks.ojek.example/jaring"


@pytest.fixture
def session(sessions):
    with sessions.begin() as session:
        yield session


@pytest.fixture
def ojek(ports, session):
    return partner(ports, session)


@pytest.fixture
def hooked(ports, ojek):
    """A webhook of the partner, or of another one."""

    def adding(url=URL, events=tuple(PartnerEventName), of=ojek):
        return registering.register(ports, calling(of), url, events, Once())

    return adding
