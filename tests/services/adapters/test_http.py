"""What every conversation with another system has in common."""

from __future__ import annotations

import gzip
import json
import logging
import threading

import pytest
import requests

from models.values.words import Words
from services.adapters.http import JsonClient, Patience
from services.errors import DomainError, Unavailable
from tests.services.adapters.listener import listening

URL = "https://there.test/x"
CANARY = "3273014107900001"


class Down(Unavailable):
    code = "down"
    title = detail = Words("Tidak menjawab", "Not answering")


class Refused(DomainError):
    code = "refused"
    title = detail = Words("Ditolak", "Refused")


def client_of(base_url: str = "https://there.test", **settings) -> JsonClient:
    return JsonClient(base_url=base_url, unavailable=Down, **settings)


@pytest.fixture
def client():
    return client_of()


JSON = {"Content-Type": "application/json"}
NO_ANSWER = {
    "refused": {"exc": requests.ConnectionError(CANARY)},
    "timed out": {"exc": requests.Timeout(CANARY)},
    "not http": {"exc": requests.exceptions.InvalidHeader(CANARY)},
}
BAD_ANSWERS = {
    "server error": {"status_code": 500, "json": {"error": CANARY}},
    "bad gateway": {"status_code": 502, "text": f"<html>{CANARY}</html>"},
    "client error": {"status_code": 400, "json": {"error": CANARY}},
    "unprocessable, where nothing was said about it": {"status_code": 422, "json": {}},
    "too many": {"status_code": 429, "json": {}},
    "redirect": {"status_code": 302, "headers": {"Location": "https://elsewhere.test/"}},
    "html": {"text": f"<html>{CANARY}</html>", "headers": {"Content-Type": "text/html"}},
    "json that says it is text": {"text": "{}", "headers": {"Content-Type": "text/plain"}},
    "json that says nothing": {"text": "{}", "headers": {}},
    "html that says it is json": {"text": f"<html>{CANARY}"},
    "cut off": {"text": f'{{"nik": "{CANARY}"'},
    "empty": {"text": ""},
    "a list": {"json": [CANARY]},
    "a number": {"json": 1},
    "null": {"json": None},
    "not utf-8": {"content": b'{"a": "\xff\xfe"}'},
    "deep": {"text": "[" * 100_000 + "]" * 100_000},
    "an endless number": {"text": '{"a": ' + "9" * 5000 + "}"},
    "too long": {"text": '{"a": "' + "a" * 1024 * 1024 + '"}'},
    "compressed without being asked": {
        "content": gzip.compress(b"{}"),
        "headers": JSON | {"Content-Encoding": "gzip"},
    },
}
UNUSABLE = NO_ANSWER | {why: {"headers": JSON, **answer} for why, answer in BAD_ANSWERS.items()}


@pytest.mark.parametrize("answer", UNUSABLE.values(), ids=UNUSABLE)
def test_an_unusable_answer_is_the_error_that_the_caller_named(client, requests_mock, answer):
    requests_mock.post(URL, **answer)
    with pytest.raises(Down):
        client.post("/x", {})


@pytest.mark.parametrize("answer", UNUSABLE.values(), ids=UNUSABLE)
def test_what_was_received_reaches_no_log_line(client, requests_mock, caplog, answer):
    requests_mock.post(URL, **answer)
    with caplog.at_level(logging.DEBUG), pytest.raises(Down) as raised:
        client.post("/x", {"nik": CANARY})
    assert CANARY not in caplog.text
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


def test_an_answer_is_the_object_in_it(client, requests_mock):
    requests_mock.post(URL, json={"a": 1}, headers=JSON)
    assert client.post("/x", {"b": "Sesuai"}) == {"a": 1}
    assert requests_mock.last_request.json() == {"b": "Sesuai"}


@pytest.mark.parametrize(
    "media_type",
    ["application/json; charset=utf-8", "Application/JSON", "application/vnd.bank+json"],
)
def test_json_goes_by_several_names(client, requests_mock, media_type):
    requests_mock.get(URL, text='{"a": 1}', headers={"Content-Type": media_type})
    assert client.get("/x") == {"a": 1}


def test_questions_go_into_the_query(client, requests_mock):
    requests_mock.get(URL, json={}, headers=JSON)
    client.get("/x", {"since": "a:1 +"})
    assert requests_mock.last_request.url == f"{URL}?since=a%3A1+%2B"


def test_every_call_has_time_outs(client, requests_mock):
    requests_mock.get(URL, json={}, headers=JSON)
    client.get("/x")
    assert requests_mock.last_request.timeout == (3.05, 10)


def test_credentials_are_sent_and_never_shown(requests_mock):
    client = client_of(headers={"Authorization": "Bearer secret"})
    requests_mock.get(URL, json={}, headers=JSON)
    client.get("/x")
    assert requests_mock.last_request.headers["Authorization"] == "Bearer secret"
    assert "secret" not in repr(client)


def test_a_status_can_be_given_a_meaning(client, requests_mock):
    requests_mock.post(URL, status_code=422, text="<html>")
    with pytest.raises(Refused):
        client.post("/x", {}, refusals={422: Refused})


def test_it_tells_when_a_call_is_over_even_one_that_failed(requests_mock):
    calls = []
    client = client_of(after_call=lambda: calls.append("over"))
    requests_mock.post(URL, [{"json": {}, "headers": JSON}, {"status_code": 500}])
    client.post("/x", {})
    with pytest.raises(Down):
        client.post("/x", {})
    assert calls == ["over", "over"]


def test_it_tells_nothing_when_nobody_answered(requests_mock):
    calls = []
    client = client_of(after_call=lambda: calls.append("over"))
    requests_mock.post(URL, exc=requests.ConnectionError)
    with pytest.raises(Down):
        client.post("/x", {})
    assert calls == []


def test_nobody_listening_is_down():
    with listening(lambda connection, over: None) as base_url:
        pass
    with pytest.raises(Down):
        client_of(base_url).get("/x")


def test_silence_is_down():
    with (
        listening(lambda connection, over: over.wait(10) and None) as base_url,
        pytest.raises(Down),
    ):
        client_of(base_url, patience=Patience(read=0.2)).get("/x")


def test_hanging_up_half_way_is_down():
    def cut_off(connection, over):
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{")

    with listening(cut_off) as base_url, pytest.raises(Down):
        client_of(base_url).get("/x")


def test_a_drip_of_bytes_is_not_waited_for_without_end(caplog):
    def drip(connection, over):
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        while not over.wait(0.05):
            connection.sendall(b" ")

    with listening(drip) as base_url, pytest.raises(Down):
        client_of(base_url, patience=Patience(total=0.4)).get("/x")
    assert "the answer takes too long" in caplog.text


def test_a_flood_of_bytes_is_not_kept(caplog):
    def flood(connection, over):
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        while not over.is_set():
            connection.sendall(b" " * 1000)

    with listening(flood) as base_url, pytest.raises(Down):
        client_of(base_url, patience=Patience(size=2000)).get("/x")
    assert "the answer is too long" in caplog.text


def answer_with_its_number():
    """A server that says on which of its connections it answers."""
    met = []

    def converse(connection, over):
        met.append(connection)
        body = json.dumps({"connection": len(met)}).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
        while connection.recv(4096):
            connection.sendall(head.encode() + b"\r\n\r\n" + body)

    return converse


def test_a_thread_keeps_its_connection_and_shares_it_with_no_other():
    answers = []
    with listening(answer_with_its_number()) as base_url:
        client = client_of(base_url)
        answers += [client.get("/x"), client.get("/x")]
        other = threading.Thread(target=lambda: answers.append(client.get("/x")))
        other.start()
        other.join(30)
    assert [answer["connection"] for answer in answers] == [1, 1, 2]
