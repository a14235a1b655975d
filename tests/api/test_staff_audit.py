"""Auditors read who saw or changed what, and nobody else does."""

import pytest

from models.values.access import AccessReason, StaffRole
from models.values.audit import AuditAction, SearchedBy
from models.values.ids import new_id
from models.values.nik import Nik
from services.audit.recording import Deed, record
from services.audit.searched import searched
from tests.audited import somebody
from tests.officers import bearer

EVENTS = "/v1/staff/audit-events"
SEARCHES = f"{EVENTS}/searches"
NIK = "3171011708900001"
WORKER_ID = new_id()


@pytest.fixture
def siti(ports):
    """Has looked somebody up by NIK."""
    siti = somebody(ports)
    deed = Deed(
        action=AuditAction.LOOKED_UP,
        reason=AccessReason.CALLER_ASKS,
        note="dari loket",
        worker_id=WORKER_ID,
        searched=searched(ports.vault, SearchedBy.NIK, Nik(NIK)),
        details={"found": 1, "more": False},
    )
    with ports.transactions.begin() as session:
        record(session, siti, deed, ports.clock.now())
    return siti


@pytest.fixture
def dewi(ports):
    return bearer(ports, somebody(ports, StaffRole.AUDITOR))


def test_an_event_is_told_whole_and_without_anything_personal(client, siti, dewi):
    answer = client.get(EVENTS, headers=dewi)
    (event,) = answer.json["items"]
    assert event.pop("id")
    assert event == {
        "at": "2026-11-22T05:00:00Z",
        "text": f"{siti.username} (layanan bantuan) mencari peserta menurut NIK dari 127.0.0.1. "
        "Alasan: peserta bertanya.",
        "action": "looked_up",
        "refusal": None,
        "username": siti.username,
        "role": "support",
        "session_id": str(siti.session_id),
        "source": "127.0.0.1",
        "reason": "caller_asks",
        "note": "dari loket",
        "searched_by": "nik",
        "worker_id": str(WORKER_ID),
        "about_id": None,
        "details": {"found": 1, "more": False},
    }
    assert answer.json["next_cursor"] is None


def test_it_is_told_in_english_too(client, siti, dewi):
    answer = client.get(EVENTS, headers={**dewi, "Accept-Language": "en"})
    assert answer.json["items"][0]["text"] == (
        f"{siti.username} (support) looked for a worker by NIK from 127.0.0.1. "
        "The reason: a caller asks."
    )


def test_that_it_was_read_is_the_newest_event_for_the_next_reader(client, siti, dewi):
    query = {"account": siti.username, "from": "2026-11-01", "refusals": "true"}
    assert client.get(EVENTS, query_string=query, headers=dewi).json["items"] == []
    read, _ = client.get(EVENTS, headers=dewi).json["items"]
    assert (read["action"], read["details"]) == (
        "listed_audit",
        {"account": siti.username, "from": "2026-11-01", "refusals": True},
    )


def test_it_is_read_a_page_at_a_time(client, siti, dewi):
    for _ in range(3):
        client.get(EVENTS, headers=dewi)
    first = client.get(EVENTS, query_string={"limit": 3}, headers=dewi).json
    query = {"limit": 3, "cursor": first["next_cursor"]}
    second = client.get(EVENTS, query_string=query, headers=dewi).json
    assert [each["action"] for each in second["items"]] == ["looked_up"]
    assert second["next_cursor"] is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"action": "looked_up"}, 1),
        ({"action": "signed_in"}, 0),
        ({"worker_id": str(WORKER_ID)}, 1),
        ({"worker_id": str(new_id())}, 0),
        ({"from": "2026-11-22", "until": "2026-11-22"}, 1),
        ({"until": "2026-11-21"}, 0),
        ({"refusals": "true"}, 0),
    ],
)
def test_it_is_filtered(client, siti, dewi, query, found):
    assert len(client.get(EVENTS, query_string=query, headers=dewi).json["items"]) == found


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"from": "22-11-2026"}, "from"),
        ({"until": "9999-12-31"}, "until"),
        ({"worker_id": "1"}, "worker_id"),
        ({"action": "looked"}, "action"),
        ({"refusals": "yes"}, "refusals"),
        ({"nik": NIK}, "nik"),
        ({"cursor": "x"}, "cursor"),
    ],
)
def test_what_cannot_be_asked_is_named(client, dewi, query, parameter):
    answer = client.get(EVENTS, query_string=query, headers=dewi)
    assert answer.status_code == 422
    assert [each["parameter"] for each in answer.json["errors"]] == [parameter]


def test_a_name_that_no_account_has_is_told(client, dewi):
    answer = client.get(EVENTS, query_string={"account": "nobody-here"}, headers=dewi)
    assert (answer.status_code, answer.json["code"]) == (404, "audit-account-not-found")


def test_whoever_has_a_nik_may_ask_whether_it_was_searched_for(client, siti, dewi):
    asked = client.post(SEARCHES, json={"nik": "3171 0117 0890 0001"}, headers=dewi)
    assert [each["username"] for each in asked.json["items"]] == [siti.username]
    other = client.post(SEARCHES, json={"nik": "3171011708900002"}, headers=dewi)
    assert other.json["items"] == []
    again = client.post(SEARCHES, json={"nik": NIK}, headers=dewi).json["items"]
    assert [each["action"] for each in again] == ["listed_audit", "looked_up"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"nik": NIK, "phone": "081234567890"},
        {"full_name": "Siti"},
        {"external_id": "DRV-1"},
        {"nik": "12"},
        {"nik": NIK, "reason": "other"},
    ],
)
def test_one_key_at_a_time(client, dewi, body):
    assert client.post(SEARCHES, json=body, headers=dewi).status_code == 422


@pytest.mark.parametrize("role", [role for role in StaffRole if role is not StaffRole.AUDITOR])
@pytest.mark.parametrize(("method", "path"), [("GET", EVENTS), ("POST", SEARCHES)])
def test_nobody_else_may_and_that_they_tried_is_on_record(client, ports, dewi, role, method, path):
    who = somebody(ports, role)
    answer = client.open(path, method=method, json={"nik": NIK}, headers=bearer(ports, who))
    assert (answer.status_code, answer.json["code"]) == (403, "role-not-allowed")
    (tried,) = client.get(EVENTS, headers=dewi).json["items"]
    assert (tried["username"], tried["action"], tried["refusal"], tried["details"]) == (
        who.username,
        "turned_away",
        "role-not-allowed",
        {"permission": "audit"},
    )
