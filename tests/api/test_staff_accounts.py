"""Admins see to accounts over HTTP."""

import pytest
from sqlalchemy import func, select

from models.staff import StaffAccount
from models.values.access import StaffRole
from models.values.ids import new_id
from tests import officers
from tests.api.joining import refusal

ACCOUNTS = "/v1/staff/accounts"


@pytest.fixture
def admin(ports, session):
    admin = officers.officer(ports, session, StaffRole.ADMIN, "admin")
    session.commit()
    return admin


@pytest.fixture
def call(client, ports, admin):
    def call(method, path="", body=None, **headers):
        headers = officers.bearer(ports, admin, **headers)
        return client.open(ACCOUNTS + path, method=method, json=body, headers=headers)

    return call


@pytest.fixture
def siti(call):
    return call("POST", body={"username": " Siti.Aminah", "role": "support"}).json


def test_an_account_is_added_and_its_secrets_shown(call):
    answer = call("POST", body={"username": " Siti.Aminah", "role": "support"})
    assert answer.status_code == 201
    body = answer.json
    assert body.keys() == {"id", "username", "role", "password", "totp_secret", "totp_uri"}
    assert (body["username"], body["role"]) == ("siti.aminah", "support")
    assert body["totp_secret"] in body["totp_uri"]
    (listed, _) = reversed(call("GET").json["items"])
    assert listed["id"] == body["id"]
    assert body["password"] not in call("GET").text


def test_asked_again_with_the_same_key_it_is_the_same_account(call, session):
    body = {"username": "siti", "role": "support"}
    first = call("POST", body=body, **{"Idempotency-Key": "k"})
    again = call("POST", body=body, **{"Idempotency-Key": "k"})
    assert again.json == first.json
    assert again.headers["Idempotency-Replayed"] == "true"
    assert session.scalar(select(func.count()).select_from(StaffAccount)) == 2
    assert refusal(call("POST", body=body)) == (409, "username-taken")


def test_what_is_wrong_with_a_new_one_is_told_at_once(call):
    answer = call("POST", body={"username": "a b", "role": "boss", "password": "x"})
    assert answer.status_code == 422
    assert {each["pointer"]: each["code"] for each in answer.json["errors"]} == {
        "/username": "not-a-username",
        "/role": "not-a-choice",
        "/password": "unknown",
    }


def test_a_reset_is_idempotent_too(call, siti):
    path = f"/{siti['id']}/reset"
    first = call("POST", path, **{"Idempotency-Key": "k"})
    again = call("POST", path, **{"Idempotency-Key": "k"})
    assert first.status_code == 200
    assert first.json["password"] != siti["password"]
    assert again.json == first.json
    assert call("POST", path).json["password"] != first.json["password"]


def test_closing_is_for_good(call, siti):
    path = f"/{siti['id']}/close"
    closed = call("POST", path)
    assert closed.status_code == 200
    assert closed.json["closed_at"] == "2026-11-22T05:00:00Z"
    assert call("POST", path).json == closed.json
    assert refusal(call("POST", f"/{siti['id']}/reset")) == (409, "staff-account-closed")


@pytest.mark.parametrize("change", ["close", "reset"])
def test_an_admin_leaves_their_own_to_others(call, admin, change):
    answer = call("POST", f"/{admin.account_id}/{change}")
    assert refusal(answer) == (409, "own-staff-account")
    assert "admin lain" in answer.json["detail"]
    nothing = call("POST", f"/{new_id()}/{change}")
    assert refusal(nothing) == (404, "staff-account-not-found")


def test_pages_lead_from_one_to_the_next(call, siti):
    first = call("GET", "?limit=1").json
    second = call("GET", f"?limit=1&cursor={first['next_cursor']}").json
    assert [each["items"][0]["username"] for each in (first, second)] == ["admin", "siti.aminah"]
    assert second["next_cursor"] is None


@pytest.mark.parametrize("role", [each for each in StaffRole if each is not StaffRole.ADMIN])
def test_nobody_else_may(client, ports, session, role):
    who = officers.officer(ports, session, role)
    session.commit()
    headers = officers.bearer(ports, who)
    body = {"username": "siti", "role": "admin"}
    for answer in (
        client.get(ACCOUNTS, headers=headers),
        client.post(ACCOUNTS, headers=headers, json=body),
        client.post(f"{ACCOUNTS}/{who.account_id}/close", headers=headers),
        client.post(f"{ACCOUNTS}/{who.account_id}/reset", headers=headers),
    ):
        assert refusal(answer) == (403, "role-not-allowed")
