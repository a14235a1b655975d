"""Every error is a problem that says what to do and repeats nothing that was sent."""

import logging

import orjson
import pytest

from tests.api.sample_app import CANARY, NIK, sample_client

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture(scope="module")
def client():
    return sample_client()


def faults(answer):
    assert answer.status_code == 422
    places = ("pointer", "parameter", "header")
    return {
        (next(fault[p] for p in places if p in fault), fault["code"])
        for fault in answer.json["errors"]
    }


def test_a_problem_has_all_its_members(client):
    answer = client.get("/nowhere", headers={**ENGLISH, "X-Request-ID": "abc"})
    assert answer.json == {
        "type": "/problems/not-found",
        "title": "There is nothing here",
        "status": 404,
        "code": "not-found",
        "detail": "Check the address.",
        "request_id": "abc",
    }
    assert answer.content_type == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_a_problem_is_about_can_be_read_where_its_type_leads(client):
    kind = client.get("/nowhere").json["type"]
    assert "Tidak ditemukan" in client.get(kind).text
    assert client.get("/problems/there-is-no-such-problem").status_code == 404


def test_the_state_that_forbids_it_is_409_with_its_members(client):
    answer = client.get("/samples/failures/closed", headers=ENGLISH)
    assert answer.status_code == 409
    assert answer.json["code"] == "shop-closed"
    assert answer.json["detail"] == "It opens at 08.00."
    assert answer.json["opens"] == "08.00"
    assert answer.json["opens_at"] == "2026-11-22T01:00:00Z"


def test_too_often_says_when_in_whole_seconds_rounded_up(client):
    answer = client.get("/samples/failures/too-often")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")


@pytest.mark.parametrize("name", ["database", "pool"])
def test_a_database_that_is_away_is_503_with_a_time_to_come_back(client, name):
    answer = client.get(f"/samples/failures/{name}")
    assert (answer.status_code, answer.json["code"]) == (503, "service-unavailable")
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize("name", ["unique", "bug"])
def test_what_nobody_planned_for_is_500(client, name):
    answer = client.get(f"/samples/failures/{name}")
    assert (answer.status_code, answer.json["code"]) == (500, "internal-error")
    assert answer.json["request_id"] == answer.headers["X-Request-ID"]


def test_a_method_that_is_not_there_is_405_and_names_those_that_are(client):
    answer = client.post("/samples/kept")
    assert (answer.status_code, answer.json["code"]) == (405, "method-not-allowed")
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    "accept",
    [
        "text/html",
        "application/xml;q=1",
        "application/problem+json",
        "application/json;q=0",
        "application/json;charset=utf-8;q=0",
        "application/json;q=0, */*",
        "text/*, */*;q=0",
    ],
)
def test_a_form_that_does_not_exist_is_406(client, accept):
    answer = client.get("/samples/kept", headers={"Accept": accept})
    assert (answer.status_code, answer.json["code"]) == (406, "not-acceptable")


@pytest.mark.parametrize(
    "accept",
    [
        "*/*",
        "application/*",
        "text/html, */*;q=0.1",
        "application/json; q=0.2",
        "application/json; charset=utf-8",
        "application/json;version=1",
        "APPLICATION/JSON ; version=1 ; Q=1.0",
        "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",  # Java's HttpURLConnection
        "*/*; q=.2",
        "*",
        "application/xml;q=1, application/json;q=0.001",
    ],
)
def test_an_accept_header_that_allows_json_gets_it(client, accept):
    assert client.get("/samples/kept", headers={"Accept": accept}).status_code == 200


def test_every_fault_of_query_and_body_is_told_at_once(client):
    body = {
        "nik": "12",
        "phone": "0812 3456 789O",
        "birth_date": "2020-02-30",
        "monthly_income": "1000",
        "agreed": "yes",
        "occupations": [{"code": ""}, {"coed": "x"}],
        "a/b": 1,
        "colour": 1,
    }
    answer = client.post("/samples/people?months=13&month=1&q=a&q=b", json=body)
    assert faults(answer) == {
        ("months", "too-large"),
        ("month", "unknown"),
        ("q", "repeated"),
        ("/nik", "nik-not-sixteen-digits"),
        ("/full_name", "required"),
        ("/phone", "phone-has-letters"),
        ("/birth_date", "not-a-date"),
        ("/monthly_income", "not-a-whole-number"),
        ("/agreed", "not-true-or-false"),
        ("/occupations/0/code", "blank"),
        ("/occupations/1/code", "required"),
        ("/occupations/1/coed", "unknown"),
        ("/?", "unknown"),
        ("/colour", "unknown"),
    }


def test_so_is_a_query_that_nobody_asked_for(client):
    answer = client.post("/samples/occupations?x=1", json={"colour": 1})
    assert faults(answer) == {("x", "unknown"), ("/code", "required"), ("/colour", "unknown")}


def test_a_body_that_is_no_object_is_pointed_to_as_a_whole(client):
    assert faults(client.post("/samples/people", json=[])) == {("", "not-an-object")}


def test_a_list_that_is_too_long_is_one_fault(client):
    body = {"nik": NIK, "full_name": "Siti", "occupations": [{}] * 3}
    assert faults(client.post("/samples/people", json=body)) == {("/occupations", "too-many")}


def test_null_is_told_apart_from_missing(client):
    answer = client.post("/samples/people", json={"nik": None})
    assert faults(answer) == {("/nik", "null"), ("/full_name", "required")}


def test_faults_are_told_in_the_callers_language(client):
    for header, word in (("id", "Wajib"), ("en", "required"), ("en-US,id;q=0.5", "required")):
        answer = client.post("/samples/people", json={}, headers={"Accept-Language": header})
        assert word in answer.json["errors"][0]["detail"]
        assert answer.headers["Content-Language"] == header[:2]


def test_nothing_that_was_sent_comes_back(client):
    body = {
        "nik": CANARY[:-1],
        "full_name": CANARY * 3,
        CANARY: CANARY,
        f"x{CANARY}": 1,
        "phone": CANARY,
    }
    for answer in (
        client.post(f"/samples/people?months={CANARY}&{CANARY}=1", json=body),
        client.get(f"/samples/{CANARY}?{CANARY}={CANARY}"),
        client.get("/samples/failures/unique"),
        client.get("/samples/failures/bug"),
        client.post("/samples/people", data=CANARY, content_type=CANARY),
    ):
        assert answer.status_code >= 400
        assert CANARY[:-1].encode() not in answer.data
        assert CANARY[:-1] not in str(answer.headers)


def test_errors_are_logged_without_what_they_say(client, caplog):
    with caplog.at_level(logging.INFO):
        client.get("/samples/failures/unique", headers={"X-Request-ID": "here"})
    record = next(record for record in caplog.records if record.exc_info)
    assert record.message == "unexpected error"


def test_problems_are_compact_json(client):
    answer = client.get("/nowhere")
    assert answer.data == orjson.dumps(answer.json)
