import pytest

from models.partner_event import PartnerEventName
from models.webhook import Webhook
from models.webhook_delivery import WebhookDelivery
from services import partner_events
from services.once import Once
from services.webhooks import deliveries, registering
from tests.fakes import NOON
from tests.partners import calling, partner
from tests.payers import add_worker
from tests.ties import link

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


@pytest.fixture
def targets(ports):
    return ports.webhook_targets


@pytest.fixture
def hook(hooked):
    return hooked()


@pytest.fixture
def tried(ports, ojek, hook):
    """A test event; gives its id."""

    def sending():
        return deliveries.test(ports, calling(ojek), hook.id, Once()).id

    return sending


@pytest.fixture
def happened(ports, session, ojek, hook):
    """So many events, which wait."""
    driver = link(session, ojek, add_worker(ports).worker_id, NOON)

    def happening(count=1):
        for _ in range(count):
            partner_events.record(
                session, ojek.id, PartnerEventName.CONFIRMED, driver.id, NOON, NOON
            )
        session.flush()

    return happening


@pytest.fixture
def row(sessions):
    def looking(delivery_id):
        with sessions() as session:
            return session.get(WebhookDelivery, delivery_id)

    return looking


@pytest.fixture
def webhook(sessions, hook):
    def looking():
        with sessions() as session:
            return session.get(Webhook, hook.id)

    return looking
