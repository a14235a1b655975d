"""Several workers at one webhook: really committed, from threads."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import text

from models.partner_event import PartnerEventName
from models.webhook import call_for_due, end_call
from services import partner_events
from services.errors import Conflict
from services.once import Once
from services.ports import Ports
from services.webhooks import registering
from services.webhooks.delivering import deliver
from services.webhooks.routing import route
from tests.fakes import NOON
from tests.partners import calling, partner
from tests.payers import add_worker
from tests.ties import link
from tests.waiting import WAITING, until

MANY = 40
EVERYTHING = tuple(PartnerEventName)


@pytest.fixture
def ports(committed_ports) -> Ports:
    return committed_ports


@pytest.fixture
def ojek(ports):
    with ports.transactions.begin() as session:
        return partner(ports, session)


def register(ports, ojek):
    url = "https://hooks.ojek.example/"
    return registering.register(ports, calling(ojek), url, EVERYTHING, Once())


def happen(ports, ojek):
    worker_id = add_worker(ports).worker_id
    with ports.transactions.begin() as session:
        driver = link(session, ojek, worker_id, NOON)
        for _ in range(MANY):
            partner_events.record(
                session, ojek.id, PartnerEventName.CONFIRMED, driver.id, NOON, NOON
            )


def at_once(count, call):
    ready = Barrier(count, timeout=10)

    def run():
        ready.wait()
        return call()

    with ThreadPoolExecutor(count) as threads:
        return [each.result(timeout=30) for each in [threads.submit(run) for _ in range(count)]]


def waiting(ports):
    """How many wait for a row that somebody else holds."""
    with ports.transactions.reading() as session:
        return session.scalar(text(WAITING))


def ids_sent(ports):
    return Counter(headers["webhook-id"] for _, _, headers in ports.webhook_targets.sent)


def test_an_event_is_handed_on_once_and_sent_once_whoever_is_at_it(ports, ojek):
    hook = register(ports, ojek)
    happen(ports, ojek)
    at_once(3, lambda: route(ports, size=7))
    at_once(3, lambda: route(ports, size=20))
    assert len(ports.jobs.waiting) == 1
    at_once(3, lambda: deliver(ports, hook.id))
    assert len(ids_sent(ports)) == MANY
    assert set(ids_sent(ports).values()) == {1}


def test_two_who_look_at_one_moment_call_for_it_once(ports, ojek):
    hook = register(ports, ojek)
    happen(ports, ojek)
    route(ports)
    ports.jobs.waiting.clear()
    with ports.transactions.begin() as session:
        session.execute(end_call(hook.id, ports.clock.now()))
    asked = call_for_due(ports.clock.now())

    def ask():
        with ports.transactions.begin() as session:
            return session.scalars(asked).all()

    with ThreadPoolExecutor(1) as other, ports.transactions.begin() as session:
        assert session.scalars(asked).all() == [hook.id]
        later = other.submit(ask)
        until(lambda: waiting(ports) == 1)
        session.commit()
        assert later.result(timeout=10) == []


def test_a_webhook_that_is_taken_away_meanwhile_stops_nobody(ports, ojek):
    hook = register(ports, ojek)
    happen(ports, ojek)
    route(ports)
    at_work = [
        lambda: deliver(ports, hook.id),
        lambda: registering.remove(ports, calling(ojek), hook.id),
        lambda: route(ports),
    ]
    at_once(3, lambda: at_work.pop()())
    assert set(ids_sent(ports).values()) <= {1}


def test_ten_are_ten_however_many_are_added_at_once(ports, ojek):
    def adding():
        try:
            return register(ports, ojek)
        except Conflict:
            return None

    for _ in range(8):
        register(ports, ojek)
    assert sum(made is not None for made in at_once(5, adding)) == 2
