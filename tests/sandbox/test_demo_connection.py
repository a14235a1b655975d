"""What a phone does on a bad line."""

from __future__ import annotations

import pytest
import requests

from sandbox.demo_connection import CannotGoOn, Connection, Refused

BASE = "http://jaring.test"
JSON = {"Content-Type": "application/json"}
LOST = {"exc": requests.ConnectionError}
OK = {"json": {"status": "ok"}}


class Time:
    """Passes only while somebody pauses."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def pause(self, seconds: float) -> None:
        self.seconds += seconds

    def now(self) -> float:
        return self.seconds


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def connection(time):
    return Connection(BASE, advice="Start it.", pause=time.pause, now=time.now)


@pytest.fixture
def met(connection, requests_mock):
    """A connection that has been answered before."""
    requests_mock.get(f"{BASE}/readyz", **OK)
    connection.get("/readyz")
    requests_mock.reset_mock()
    return connection


def test_what_was_lost_is_sent_again_under_the_same_key(met, requests_mock):
    requests_mock.post(f"{BASE}/invoices", [LOST, {"exc": requests.Timeout}, OK])
    assert met.send("POST", "/invoices", {"months": 3}) == {"status": "ok"}
    sent = requests_mock.request_history
    assert len(sent) == 3
    assert len({request.headers["Idempotency-Key"] for request in sent}) == 1
    assert {request.text for request in sent} == {'{"months": 3}'}


def test_every_request_has_a_key_of_its_own(met, requests_mock):
    requests_mock.post(f"{BASE}/invoices", **OK)
    for _ in range(2):
        met.send("POST", "/invoices", {})
    keys = {request.headers["Idempotency-Key"] for request in requests_mock.request_history}
    assert len(keys) == 2


@pytest.mark.parametrize(
    "answer",
    [
        {"status_code": 503, "json": {}},
        {"status_code": 502, "text": "<html>"},
        {"status_code": 429, "json": {}},
        {"status_code": 409, "json": {"code": "request-in-progress"}},
    ],
    ids=["busy", "broken", "too many", "being done"],
)
def test_what_passes_is_waited_for(met, requests_mock, answer):
    requests_mock.get(f"{BASE}/v1/me", [answer, OK])
    assert met.get("/v1/me") == {"status": "ok"}


def test_it_comes_back_when_it_is_asked_to(met, requests_mock, time):
    later = {"status_code": 503, "headers": {"Retry-After": "17"}, "json": {}}
    requests_mock.get(f"{BASE}/v1/me", [later, OK])
    met.get("/v1/me")
    assert time.seconds == 17


def test_it_does_not_wait_for_an_hour(met, requests_mock, time):
    requests_mock.get(
        f"{BASE}/v1/me", status_code=429, headers={"Retry-After": "3600"}, json={"detail": "no"}
    )
    with pytest.raises(CannotGoOn, match="again in 3600 seconds"):
        met.get("/v1/me")
    assert time.seconds == 0


def test_nobody_there_at_the_beginning_says_what_to_do(connection, requests_mock, time):
    requests_mock.get(f"{BASE}/readyz", **LOST)
    with pytest.raises(CannotGoOn, match=r"Nobody answers at http://jaring\.test\. Start it\."):
        connection.get("/readyz")
    assert time.seconds == 0


def test_who_stays_away_is_given_up(met, requests_mock, time):
    requests_mock.get(f"{BASE}/v1/me", **LOST)
    with pytest.raises(CannotGoOn, match="stopped answering"):
        met.get("/v1/me")
    assert 50 < time.seconds <= 60


def test_a_refusal_says_what_was_wrong(met, requests_mock):
    problem = {
        "code": "invalid-request",
        "detail": "Correct the values.",
        "errors": [{"pointer": "/nik", "code": "nik", "detail": "Exactly 16 digits."}],
    }
    requests_mock.post(f"{BASE}/registrations", status_code=422, json=problem)
    with pytest.raises(Refused, match=r"Correct the values\. /nik: Exactly 16 digits\.") as caught:
        met.send("POST", "/registrations", {})
    assert caught.value.code == "invalid-request"


@pytest.mark.parametrize("answer", [{"text": "<html>"}, {"json": []}, {"status_code": 302}])
def test_somebody_else_at_the_address_is_noticed(met, requests_mock, answer):
    requests_mock.get(f"{BASE}/v1/me", **answer)
    with pytest.raises(CannotGoOn, match="not who should be there"):
        met.get("/v1/me")


def test_an_address_that_is_none_is_noticed():
    with pytest.raises(CannotGoOn, match="not an address"):
        Connection("jaring", advice="").get("/readyz")
