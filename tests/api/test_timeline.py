import pytest

from models.timeline.sources import HAPPENINGS
from schemas.timeline import TimelineDetailsSchema
from tests.api.joining import ANOTHER_NIK, ANOTHER_PHONE, NIK, bearing, join
from tests.api.signing_in import bearer
from tests.banks import Payer, flag, paid
from tests.fakes import NOON
from tests.payers import add_worker

PATH = "/v1/me/timeline"


@pytest.fixture
def payer(ports):
    return Payer.of(ports)


def read(client, headers, **query):
    response = client.get(PATH, query_string=query, headers=headers)
    assert response.status_code == 200, response.json
    return response.json


def test_whoever_paid_reads_what_became_of_it(client, ports, clock, payer):
    bill = payer.billed(3)
    clock.advance(minutes=5)
    call = paid(bill, NOON)
    flag(ports, call)
    headers = bearer(ports, payer.caller, **{"Accept-Language": "en"})
    activated, paid_for, received, made, *_ = read(client, headers)["items"]
    assert activated == {
        "at": "2026-11-22T05:05:00Z",
        "kind": "coverage_activated",
        "text": "Your protection began on 22 November 2026, 12:00 WIB.",
        "details": {"since": "2026-11-22T05:00:00Z"},
    }
    assert paid_for == {
        "at": "2026-11-22T05:05:00Z",
        "kind": "months_paid",
        "text": "The contribution for November 2026 to January 2027 is paid, and protects you from "
        "22 November 2026, 12:00 WIB until 31 January 2027.",
        "details": {
            "invoice_id": str(bill.id),
            "months": ["2026-11", "2026-12", "2027-01"],
            "amount": 33_600,
            "protected_from": "2026-11-22T05:00:00Z",
            "protected_until": "2027-01-31",
        },
    }
    assert received["details"] == {
        "invoice_id": str(bill.id),
        "amount": 33_600,
        "bank_reference": call.reference_no,
        "paid_at": "2026-11-22T05:00:00Z",
    }
    assert made["details"]["expires_at"] == "2026-11-23T05:00:00Z"


def test_it_speaks_the_caller_s_language(client, ports, payer):
    first = {
        language: read(client, bearer(ports, payer.caller, **{"Accept-Language": language}))
        for language in ("id", "en")
    }
    assert first["id"]["items"][0]["text"].startswith("Mulai November 2026 berlaku Paket Dasar")
    assert first["en"]["items"][0]["text"].startswith("From November 2026 on the Basic plan")


def test_whoever_joins_reads_nothing_that_was_sealed(client, ports):
    joined = join(client, ports)
    ports.jobs.work(ports)
    response = client.get(PATH, headers=bearing(joined["access_token"]))
    told = [each["kind"] for each in reversed(response.json["items"])]
    assert told == [
        "registered",
        "consent_given",
        "consent_given",
        "session_started",
        "identity_check_requested",
        "identity_check_answered",
    ]
    for secret in (NIK, "81234567890", "Ratna", "mother", "score", "Kenanga"):
        assert secret not in response.text


def test_nothing_of_anybody_else_is_told(client, ports, clock, payer):
    other = join(client, ports, ANOTHER_PHONE, nik=ANOTHER_NIK)
    payer.billed(1)
    place = read(client, bearer(ports, payer.caller), limit=1)["next_cursor"]
    items = read(client, bearing(other["access_token"]), cursor=place)["items"]
    assert [each["kind"] for each in items if each["kind"].startswith("invoice")] == []
    registered = [each for each in items if each["kind"] == "registered"]
    number = other["worker"]["registration_number"]
    assert [each["details"]["registration_number"] for each in registered] == [number]


def test_it_is_read_a_page_at_a_time(client, ports, payer):
    headers = bearer(ports, payer.caller)
    whole = read(client, headers)
    first = read(client, headers, limit=3)
    second = read(client, headers, limit=3, cursor=first["next_cursor"])
    assert first["items"] + second["items"] == whole["items"]
    assert second["next_cursor"] is whole["next_cursor"] is None


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 201}, {"cursor": "x"}, {"kind": "x"}])
def test_other_queries_are_refused(client, ports, query):
    response = client.get(PATH, query_string=query, headers=bearer(ports, add_worker(ports)))
    assert response.status_code == 422
    assert [each["parameter"] for each in response.json["errors"]] == list(query)


def test_it_is_read_in_two_statements(client, ports, payer, queries):
    headers = bearer(ports, payer.caller)
    queries.clear()
    read(client, headers)
    assert len([sql for sql in queries if sql.startswith("SELECT")]) == 2


@pytest.mark.parametrize("happening", HAPPENINGS, ids=lambda each: each.kind)
def test_every_detail_that_is_published_is_described_and_no_other(happening):
    described = set(TimelineDetailsSchema().fields)
    assert set(happening.published) <= described
    assert not set(happening.unpublished) & described
