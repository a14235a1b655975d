import pytest

from models.values.access import Access, AccessReason, Seen, StaffRole
from services import access_log
from services.bank import inquiry
from tests.api.joining import NIK, bearing, join
from tests.api.signing_in import bearer
from tests.banks import BANK, Payer, about
from tests.payers import add_worker

PATH = "/v1/me/access-log"
BY_SUPPORT = Access.by_staff(StaffRole.SUPPORT, AccessReason.CALLER_ASKS, Seen.RECORD)


@pytest.fixture
def worker(ports):
    return add_worker(ports)


def record(ports, caller, access=BY_SUPPORT):
    with ports.transactions.begin() as session:
        access_log.record(session, caller.worker_id, access, ports.clock.now())


def read(client, headers, **query):
    response = client.get(PATH, query_string=query, headers=headers)
    assert response.status_code == 200, response.json
    return response.json


def test_a_worker_reads_who_saw_what_and_why(client, ports, worker):
    record(ports, worker)
    headers = bearer(ports, worker, **{"Accept-Language": "en"})
    assert read(client, headers) == {
        "items": [
            {
                "at": "2026-11-22T05:00:00Z",
                "viewer": "staff",
                "name": "support",
                "reason": "caller_asks",
                "seen": ["record"],
                "text": "Our staff (support) saw your record, with NIK and phone masked. The reason: "
                "somebody contacted us about it.",
            }
        ],
        "next_cursor": None,
    }


def test_the_registry_is_named_and_nothing_that_it_was_sent(client, ports):
    joined = join(client, ports)
    ports.jobs.work(ports)
    response = client.get(PATH, headers=bearing(joined["access_token"]))
    [entry] = response.json["items"]
    assert (entry["viewer"], entry["name"], entry["reason"]) == ("registry", None, "identity_check")
    assert entry["text"].startswith("Dukcapil melihat NIK, nama lengkap")
    for secret in (NIK, "81234567890", "Siti", "Ratna"):
        assert secret not in response.text


def test_a_bank_is_told_by_what_it_can_see(client, ports):
    payer = Payer.of(ports)
    inquiry.inquire(ports, BANK, about(payer.billed(1)))
    [entry] = read(client, bearer(ports, payer.caller))["items"]
    assert (entry["viewer"], entry["seen"]) == ("bank", ["masked_name", "bill"])
    assert entry["name"] is None


def test_nobody_reads_of_anybody_else(client, ports, worker):
    other = add_worker(ports)
    record(ports, other)
    record(ports, other)
    place = read(client, bearer(ports, other), limit=1)["next_cursor"]
    assert read(client, bearer(ports, worker))["items"] == []
    assert read(client, bearer(ports, worker), cursor=place)["items"] == []


def test_it_is_read_a_page_at_a_time(client, ports, clock, worker):
    for reason in (AccessReason.CALLER_ASKS, AccessReason.OTHER, AccessReason.PHONE_CHANGE):
        record(ports, worker, Access.by_staff(StaffRole.REVIEWER, reason, Seen.NIK))
        clock.advance(minutes=1)
    first = read(client, bearer(ports, worker), limit=2)
    second = read(client, bearer(ports, worker), limit=2, cursor=first["next_cursor"])
    assert [each["reason"] for each in first["items"] + second["items"]] == [
        "phone_change",
        "other",
        "caller_asks",
    ]
    assert second["next_cursor"] is None


@pytest.mark.parametrize("path", [PATH, "/v1/me/timeline"])
def test_only_who_is_signed_in_may_ask(client, path):
    assert client.get(path).status_code == 401
