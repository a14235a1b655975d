"""Events arrive at a partner's server, from real processes, whoever is killed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from models.values.ids import new_id
from services.ports import Ports
from services.wiring import build_ports
from tests.crashes.trouble import rows
from tests.partners import bearer, partner
from tests.stack import Stack
from tests.waiting import until

pytestmark = pytest.mark.slow

STATES = "select distinct state from webhook_delivery where webhook_id = :hook"


@pytest.fixture(scope="module")
def ports(jaring) -> Iterator[Ports]:
    ports = build_ports(jaring.settings)
    yield ports
    ports.transactions.engine.dispose()


class Server:
    """A partner, and its server in the sandbox."""

    def __init__(self, jaring: Stack, ports: Ports) -> None:
        self.jaring, self.name = jaring, f"server-{new_id()}"
        with ports.transactions.begin() as session:
            self.token = bearer(ports, partner(ports, session, self.name))
        self.place = f"{jaring.sandbox}/hooks/{self.name}"
        self.hook = self.call("POST", "", json={"url": self.place})
        self.set_up(secret=self.hook["secret"])

    def call(self, method: str, path: str, **sent):
        url = f"{self.jaring.api}/v1/partner/webhooks{path}"
        answer = requests.request(method, url, headers=self.token, timeout=20, **sent)
        answer.raise_for_status()
        return answer.json()

    def ask_for_one(self) -> str:
        """The id of a test event."""
        return self.call("POST", f"/{self.hook['id']}/test")["event_id"]

    def set_up(self, **how) -> None:
        requests.put(self.place, json=how, timeout=10).raise_for_status()

    def received(self) -> list[str]:
        items = requests.get(self.place, timeout=10).json()["items"]
        assert all(each["verified"] for each in items)
        return [each["webhook_id"] for each in items]

    def is_done(self) -> bool:
        return rows(self.jaring, STATES, hook=self.hook["id"]) == [("delivered",)]


@pytest.fixture
def server(jaring, ports) -> Server:
    return Server(jaring, ports)


def test_a_test_event_arrives_within_seconds_and_can_be_checked(server):
    asked = server.ask_for_one()
    until(server.is_done)
    assert server.received() == [asked]


def test_a_server_that_is_down_gets_it_later(server):
    server.set_up(answer=503)
    asked = server.ask_for_one()
    until(server.received)
    server.set_up(answer=204)
    until(server.is_done)
    assert set(server.received()) == {asked}


@pytest.mark.parametrize(
    "place",
    [
        "commit webhooks.routing.route",
        "call webhooks.delivering._try",
        "commit webhooks.delivering.deliver",
    ],
)
def test_whoever_delivers_dies_and_all_arrive_under_the_ids_that_they_had(jaring, server, place):
    with jaring.dying_at(place):
        asked = {server.ask_for_one() for _ in range(5)}

    def is_done():
        jaring.mend()
        return server.is_done()

    until(is_done, seconds=90)
    received = server.received()
    assert set(received) == asked
    assert len(received) <= 2 * len(asked)
