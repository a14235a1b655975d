"""Officers sign in and out over HTTP."""

from dataclasses import replace

import pytest

from models.values.access import StaffRole
from services.staff import accounts
from tests.api.joining import bearing, refusal
from tests.newcomers import Newcomer

SESSIONS = "/v1/staff/sessions"


@pytest.fixture
def siti(ports):
    return Newcomer.of(ports)


def typed(siti, **other):
    return {
        "username": siti.username,
        "password": siti.given.password,
        "otp": siti.code,
        **other,
    }


def sign_in(client, siti, **other):
    return client.post(SESSIONS, json=typed(siti, **other))


def listed(client, token):
    return client.get("/v1/staff/accounts", headers=bearing(token)).status_code


@pytest.fixture
def tokens(client, siti):
    return sign_in(client, siti).json


def test_signing_in_gives_tokens_and_says_who_it_is(client, siti):
    answer = sign_in(client, siti)
    assert answer.status_code == 201
    body = answer.json
    assert body.keys() == {"access_token", "refresh_token", "expires_in", "username", "role"}
    assert (body["username"], body["role"], body["expires_in"]) == (siti.username, "support", 900)
    assert listed(client, body["access_token"]) == 403


def test_every_refusal_is_the_same_but_for_its_id(ports, client, siti):
    closed, spent = Newcomer.of(ports), Newcomer.of(ports)
    accounts.close(ports, None, closed.given.id)
    sign_in(client, spent)
    answers = [
        sign_in(client, siti, password="wrong"),
        sign_in(client, siti, otp="000000"),
        sign_in(client, siti, otp="my code"),
        sign_in(client, siti, username="nobody"),
        sign_in(client, siti, username="No Body!"),
        sign_in(client, closed),
        sign_in(client, spent),
    ]
    for answer in answers:
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        answer.json.pop("request_id")
    told = [{**each.json, "request_id": None} for each in answers]
    assert told == [told[0]] * len(told)
    assert told[0]["code"] == "staff-sign-in-refused"


def test_a_lock_out_says_until_when(ports, client, siti):
    for _ in range(5):
        for username in (siti.username, "nobody"):
            wrong = sign_in(client, siti, username=username, password="wrong")
            assert wrong.status_code == 401
    for username in (siti.username, "nobody"):
        answer = sign_in(client, siti, username=username)
        assert refusal(answer) == (429, "too-many-wrong-tries")
        assert answer.headers["Retry-After"] == "900"
        assert answer.json["locked_until"] == "2026-11-22T05:15:00Z"
        assert "15 menit" in answer.json["detail"]


def test_the_cap_of_an_address_holds(ports, app, client, siti):
    app.extensions["ports"] = replace(ports, staff_refusals_per_source_and_hour=2)
    for name in ("nobody", "noone"):
        sign_in(client, siti, username=name)
    assert refusal(sign_in(client, siti)) == (429, "too-many-wrong-tries")


@pytest.mark.parametrize("missing", ["username", "password", "otp"])
def test_all_three_are_asked_for(client, siti, missing):
    body = typed(siti)
    del body[missing]
    answer = client.post(SESSIONS, json=body)
    assert refusal(answer) == (422, "invalid-request")
    assert [each["pointer"] for each in answer.json["errors"]] == [f"/{missing}"]


def test_refreshing_and_the_end_of_it(client, clock, tokens):
    def refresh(token):
        return client.post(f"{SESSIONS}/refresh", json={"refresh_token": token})

    newer = refresh(tokens["refresh_token"])
    assert newer.status_code == 200
    assert newer.json["username"] == tokens["username"]
    assert refresh(tokens["refresh_token"]).json == newer.json
    clock.advance(minutes=2)
    answers = [
        refresh(tokens["refresh_token"]),
        refresh(newer.json["refresh_token"]),
        refresh("no"),
    ]
    assert {refusal(each) for each in answers} == {(401, "staff-sign-in-required")}


def test_a_refresh_token_opens_nothing_else(client, tokens):
    answer = client.get("/v1/staff/accounts", headers=bearing(tokens["refresh_token"]))
    assert refusal(answer) == (401, "staff-sign-in-required")


def test_signing_out_here(client, clock, siti, tokens):
    clock.advance(seconds=30)
    other = sign_in(client, siti).json
    answer = client.delete(f"{SESSIONS}/current", headers=bearing(tokens["access_token"]))
    assert (answer.status_code, answer.data) == (204, b"")
    assert listed(client, tokens["access_token"]) == 401
    assert listed(client, other["access_token"]) == 403


def test_signing_out_everywhere(client, clock, siti, tokens):
    clock.advance(seconds=30)
    other = sign_in(client, siti).json
    assert client.delete(SESSIONS, headers=bearing(other["access_token"])).status_code == 204
    assert listed(client, tokens["access_token"]) == 401
    assert listed(client, other["access_token"]) == 401


def test_the_password_is_changed(client, clock, siti, tokens):
    def change(**other):
        body = {
            "current_password": siti.given.password,
            "new_password": "kambing hijau terbang tinggi",
            "otp": siti.code,
        }
        headers = bearing(tokens["access_token"])
        return client.put("/v1/staff/password", json={**body, **other}, headers=headers)

    clock.advance(seconds=30)
    assert refusal(change(current_password="wrong")) == (409, "password-change-refused")
    answer = change(new_password="indonesia2026!")
    assert refusal(answer) == (422, "invalid-request")
    assert [each["code"] for each in answer.json["errors"]] == ["password-too-easy"]
    assert change().status_code == 204
    clock.advance(seconds=30)
    assert sign_in(client, siti).status_code == 401
    assert sign_in(client, siti, password="kambing hijau terbang tinggi").status_code == 201


def test_an_admin_s_token_opens_accounts(ports, client):
    admin = Newcomer.of(ports, StaffRole.ADMIN)
    assert listed(client, sign_in(client, admin).json["access_token"]) == 200
