import pytest

from models.values.plan import Plan
from services import billing, plan_choice
from services.callers import SignedIn
from services.once import Once
from tests.api.signing_in import bearer
from tests.payers import add_worker, pay

PATH = "/v1/me/coverage"
MEMBERS = {
    "status", "member_number", "plan", "protected_from", "protected_until", "next_due_on",
    "credit", "arrears", "programmes", "explanation", "next_step", "as_of",
}  # fmt: skip


@pytest.fixture
def worker(ports):
    worker = add_worker(ports)
    plan_choice.choose(ports, worker, Plan.BASIC)
    return worker


@pytest.fixture
def covered(ports, worker):
    pay(ports, billing.issue(ports, worker, 3, Once()))
    return worker


def test_cover_is_told_before_it_starts(client, ports, worker):
    response = client.get(PATH, headers=bearer(ports, worker))
    assert response.status_code == 200
    assert set(response.json) == MEMBERS
    assert (response.json["status"], response.json["next_step"]) == ("not_started", "pay")
    assert response.json["arrears"] == {"months": 0, "amount": 0}
    assert response.json["as_of"] == "2026-11-22T05:00:00Z"


def test_cover_says_until_when_and_why(client, ports, covered):
    report = client.get(PATH, headers=bearer(ports, covered)).json
    assert set(report) == MEMBERS
    assert (report["status"], report["next_step"]) == ("active", "none")
    assert report["protected_from"] == "2026-11-22T05:00:00Z"
    assert report["protected_until"] == report["next_due_on"] == "2027-01-31"
    jkk, jkm = report["programmes"]
    assert "waiting_until" not in jkk
    assert (jkm["status"], jkm["waiting_until"]) == ("waiting", "2027-02-22")
    assert {"code", "text", "amount"} == set(jkk["benefits"][0])
    assert "31 Januari 2027" in report["explanation"]


def test_the_words_follow_the_caller_s_language(client, ports, covered):
    headers = bearer(ports, covered, **{"Accept-Language": "en"})
    english = client.get(PATH, headers=headers).json
    assert "31 January 2027" in english["explanation"]
    assert english["programmes"][1]["benefits"][0]["text"] == "Funeral grant of Rp10,000,000"
    indonesian = client.get(PATH, headers=bearer(ports, covered)).json
    assert indonesian["programmes"][1]["benefits"][0]["text"] == "Biaya pemakaman Rp10.000.000"


def test_a_day_is_answered_for_its_end(client, ports, covered):
    report = client.get(f"{PATH}?on=2027-05-01", headers=bearer(ports, covered)).json
    assert (report["status"], report["as_of"]) == ("lapsed", "2027-05-01T16:59:59Z")


@pytest.mark.parametrize("day", ["2027-02-30", "1-1-2027", "9999-12-31", "0001-01-01", ""])
def test_a_day_that_cannot_be_answered_is_a_fault(client, ports, covered, day):
    response = client.get(PATH, query_string={"on": day}, headers=bearer(ports, covered))
    assert response.status_code == 422
    assert [each["parameter"] for each in response.json["errors"]] == ["on"]


def test_a_phone_that_has_the_answer_is_not_sent_it_again(client, ports, covered, clock):
    first = client.get(PATH, headers=bearer(ports, covered))
    assert first.headers["Cache-Control"] == "private, no-cache"
    clock.advance(minutes=1)
    headers = bearer(ports, covered, **{"If-None-Match": first.headers["ETag"]})
    assert client.get(PATH, headers=headers).status_code == 304
    pay(ports, billing.issue(ports, covered, 1, Once()))
    assert client.get(PATH, headers=headers).status_code == 200


def test_a_reading_is_one_statement_with_the_session_check(client, ports, covered, queries):
    headers = bearer(ports, covered)
    queries.clear()
    client.get(PATH, headers=headers)
    assert len([sql for sql in queries if "SAVEPOINT" not in sql]) == 1


@pytest.mark.parametrize("path", [PATH, f"{PATH}?on=2026-12-01"])
def test_a_session_that_was_ended_sees_nothing(client, ports, covered, path):
    headers = bearer(ports, covered)
    assert client.get(path, headers=headers).status_code == 200
    assert client.delete("/v1/sessions/current", headers=headers).status_code == 204
    refused = client.get(path, headers=headers)
    assert (refused.status_code, refused.json["code"]) == (401, "not-signed-in")


def test_nobody_sees_more_by_the_session_of_another(client, ports, covered):
    other = add_worker(ports)
    mixed = SignedIn(covered.worker_id, other.sign_in_id)
    assert client.get(PATH, headers=bearer(ports, mixed)).status_code == 401
