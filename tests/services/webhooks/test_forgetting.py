"""What partners were told of is forgotten in time."""

import pytest
from sqlalchemy import func, select

from models.partner_event import PartnerEvent, PartnerEventName
from models.webhook_delivery import WebhookDelivery
from services import partner_events
from services.housekeeping import forget
from services.webhooks.routing import route
from tests.fakes import NOON
from tests.payers import add_worker
from tests.ties import link


@pytest.fixture
def counts(sessions):
    """Of events, and of deliveries."""

    def counting():
        with sessions() as session:
            tables = (PartnerEvent, WebhookDelivery)
            return [session.scalar(select(func.count()).select_from(each)) for each in tables]

    return counting


@pytest.fixture(autouse=True)
def happened(ports, session, ojek, hooked):
    hooked()
    driver = link(session, ojek, add_worker(ports).worker_id, NOON)
    partner_events.record(session, ojek.id, PartnerEventName.CONFIRMED, driver.id, NOON, NOON)
    session.flush()


@pytest.mark.parametrize(("days", "left"), [(29, [1, 1]), (30, [1, 0]), (89, [1, 0]), (90, [0, 0])])
def test_deliveries_go_after_30_days_and_events_after_90(ports, clock, counts, days, left):
    route(ports)
    clock.advance(days=days)
    forget(ports)
    assert counts() == left


def test_what_was_not_handed_on_yet_is_not_forgotten(ports, clock, counts):
    clock.advance(days=100)
    forget(ports)
    assert counts() == [1, 0]
