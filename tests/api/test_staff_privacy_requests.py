from uuid import uuid4

import pytest

from models.values.access import StaffRole
from tests.api.joining import NIK, faults, join, refusal
from tests.cases import NOTE, reviewer
from tests.officers import bearer, officer


@pytest.fixture
def worker_id(client, ports):
    return join(client, ports)["worker"]["id"]


@pytest.fixture
def rina(ports):
    return reviewer(ports, "rina")


@pytest.fixture
def budi(ports):
    return reviewer(ports, "budi")


@pytest.fixture
def call(client, ports):
    def send(by, method, path="", **options):
        headers = bearer(ports, by) | options.pop("headers", {})
        url = f"/v1/staff/privacy-requests/{path}".removesuffix("/")
        return client.open(url, method=method.upper(), headers=headers, **options)

    return send


def asked(worker_id, kind="export", **more):
    return {"worker_id": worker_id, "kind": kind, "note": NOTE, **more}


def test_a_copy_asked_for_by_letter_is_made_handed_over_and_closed(
    client, call, worker_id, rina, budi
):
    entered = call(rina, "post", json=asked(worker_id))
    assert entered.status_code == 201
    request_id = entered.json["id"]
    assert (entered.json["entered_by"], entered.json["due_in"]) == ("rina", 72 * 3600)
    assert refusal(call(rina, "post", f"{request_id}/export")) == (
        409,
        "export-by-another-officer",
    )
    copy = call(budi, "post", f"{request_id}/export")
    assert copy.json["worker"]["nik"] == NIK
    assert "attachment" in copy.headers["Content-Disposition"]
    assert call(rina, "get").json["items"][0]["exported_at"] is not None
    assert call(budi, "post", f"{request_id}/done", json={"note": NOTE}).status_code == 204
    assert call(rina, "get").json == {"items": [], "next_cursor": None}


def test_a_lost_answer_is_given_again(call, worker_id, rina):
    sent = {"json": asked(worker_id), "headers": {"Idempotency-Key": "letter-1"}}
    first, again = call(rina, "post", **sent), call(rina, "post", **sent)
    assert (again.status_code, again.json) == (201, first.json)


def test_an_erasure_by_letter_is_called_off(call, worker_id, rina, budi):
    entered = call(rina, "post", json=asked(worker_id, "erasure")).json
    done = call(budi, "post", f"{entered['id']}/done", json={"note": NOTE})
    assert refusal(done) == (409, "erasure-goes-by-itself")
    cancelled = call(budi, "post", f"{entered['id']}/cancel", json={"note": NOTE})
    assert cancelled.status_code == 204
    assert call(rina, "get").json["items"] == []


def test_the_same_request_is_named(call, worker_id, rina):
    entered = call(rina, "post", json=asked(worker_id)).json
    refused = call(rina, "post", json=asked(worker_id))
    assert refusal(refused) == (409, "privacy-request-open")
    assert refused.json["privacy_request_id"] == entered["id"]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"kind": "x"}, {"/kind": "not-a-choice"}),
        ({"note": "KTP 3273014507930001"}, {"/note": "number-in-note"}),
        ({"requested_at": "2026-11-22T05:00:01Z"}, {"/requested_at": "in-the-future"}),
        ({"requested_at": "yesterday"}, {"/requested_at": "not-an-instant"}),
        ({"extra": 1}, {"/extra": "unknown"}),
    ],
)
def test_every_fault_is_told(call, worker_id, rina, changes, found):
    assert faults(call(rina, "post", json=asked(worker_id) | changes)) == found


def test_of_nobody_nothing_is_asked_or_done(call, rina):
    nobody = str(uuid4())
    assert refusal(call(rina, "post", json=asked(nobody))) == (404, "worker-not-found")
    for path in ("done", "cancel"):
        refused = call(rina, "post", f"{nobody}/{path}", json={"note": NOTE})
        assert refusal(refused) == (404, "privacy-request-not-found")
    assert refusal(call(rina, "post", f"{nobody}/export")) == (404, "privacy-request-not-found")


@pytest.mark.parametrize("role", [each for each in StaffRole if each is not StaffRole.REVIEWER])
def test_reviewers_alone_see_to_them(session, ports, call, role):
    other, nobody = officer(ports, session, role), uuid4()
    for method, path in (
        ("get", ""),
        ("post", ""),
        ("post", f"{nobody}/done"),
        ("post", f"{nobody}/cancel"),
        ("post", f"{nobody}/export"),
    ):
        assert refusal(call(other, method, path)) == (403, "role-not-allowed")
