"""Every kind of token is accepted only where it belongs."""

import base64
import json

import pytest

from api.openapi import describe, operations
from services.tokens import Kind
from tests.api.joining import FORM, NIK, bearing, join, refusal

PHONE_GATED = [("POST", "/v1/registrations", FORM), ("POST", "/v1/sessions", {"nik": NIK})]
WORKER_GATED = [
    ("GET", "/v1/me", None),
    ("PATCH", "/v1/me", {}),
    ("GET", "/v1/me/consents", None),
    ("POST", "/v1/me/consents", {"document": "terms", "version": "2026-11"}),
    ("POST", "/v1/me/consents/terms/withdrawal", None),
    ("DELETE", "/v1/sessions", None),
    ("DELETE", "/v1/sessions/current", None),
]
GATED = [(Kind.PHONE, *call) for call in PHONE_GATED] + [
    (Kind.WORKER, *call) for call in WORKER_GATED
]
NOT_SIGNED_IN = {Kind.PHONE: "phone-not-verified", Kind.WORKER: "not-signed-in"}


@pytest.fixture
def joined(client, ports):
    return join(client, ports)


def token_of(ports, kind, joined):
    """A good token of a kind, with every claim that any kind has."""
    claims = ports.tokens.read(Kind.WORKER, joined["access_token"], now=ports.clock.now())
    return ports.tokens.issue(
        kind, claims["sub"], at=ports.clock.now(), sid=claims["sid"], gen=0, phone="00" * 16
    )


@pytest.mark.parametrize(("gate", "method", "path", "body"), GATED)
@pytest.mark.parametrize("kind", Kind)
def test_a_gate_opens_for_one_kind_of_token(client, ports, joined, gate, method, path, body, kind):
    token = token_of(ports, kind, joined)
    answer = client.open(path, method=method, json=body, headers=bearing(token))
    if kind is gate:
        # A phone token of no verification is told like a spent one.
        assert answer.status_code < 300 or gate is Kind.PHONE
    elif kind in (Kind.REFRESH, Kind.STAFF_REFRESH):
        assert refusal(answer) == (401, NOT_SIGNED_IN[gate])
    else:
        assert refusal(answer) == (403, "wrong-kind-of-caller")


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Bearer a.b.c",
        "Bearer  a b",
        "Basic c2l0aTpzZWNyZXQ=",
        "Bearer \u00e9\u00e9",
        "Bearer " + "a" * 5000,
        ", ,",
        ",\t,",
        "Bearer ,",
    ],
)
@pytest.mark.parametrize(("gate", "method", "path", "body"), GATED[:3])
def test_whoever_shows_nothing_of_ours_is_not_signed_in(
    client, authorization, gate, method, path, body
):
    headers = {} if authorization is None else {"Authorization": authorization}
    answer = client.open(path, method=method, json=body, headers=headers)
    assert refusal(answer) == (401, NOT_SIGNED_IN[gate])
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("scheme", ["bearer", "BEARER", "Bearer "])
def test_the_scheme_is_written_in_any_case(client, joined, scheme):
    headers = {"Authorization": f"{scheme} {joined['access_token']}"}
    assert client.get("/v1/me", headers=headers).status_code == 200


@pytest.mark.parametrize("form", ["{0}", "Bearer {0}, Bearer {0}", "Bearer {0} {0}", "Bearer:{0}"])
def test_there_is_one_token_and_nothing_else_in_the_header(client, joined, form):
    headers = {"Authorization": form.format(joined["access_token"])}
    assert refusal(client.get("/v1/me", headers=headers)) == (401, "not-signed-in")


def part(value):
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "header",
    [
        b"[" * 100_000,
        b'{"a":' * 20_000,
        b'{"typ": ' + b"9" * 6000 + b"}",
        {"alg": "none", "typ": "worker+jwt"},
        {"alg": "HS256", "typ": "worker+jwt", "kid": ["a"]},
        {"alg": "HS256", "typ": "worker+jwt", "kid": "../../etc"},
        {"alg": "RS256", "typ": "worker+jwt", "kid": "token-1"},
        b"\xff\xfe",
        b"null",
        b"",
    ],
)
def test_a_header_that_nobody_would_write_is_refused(client, header):
    token = f"{part(header)}.{part({'sub': '1', 'exp': 9e9})}.{'A' * 43}"
    answer = client.get("/v1/me", headers=bearing(token))
    assert refusal(answer) == (401, "not-signed-in")


def test_a_token_in_the_address_or_a_cookie_is_not_read(client, joined):
    token = joined["access_token"]
    client.set_cookie("access_token_cookie", token)
    assert client.get("/v1/me").status_code == 401
    assert client.get(f"/v1/me?jwt={token}").status_code == 401


def test_an_access_token_is_good_for_a_quarter_of_an_hour(client, clock, joined):
    headers = bearing(joined["access_token"])
    clock.advance(minutes=15, seconds=29)
    assert client.get("/v1/me", headers=headers).status_code == 200
    clock.advance(seconds=1)
    assert refusal(client.get("/v1/me", headers=headers)) == (401, "not-signed-in")


def test_every_operation_behind_a_gate_says_so(client):
    description = describe(client.application)
    answers = {
        f"{method.upper()} {path}": operation["responses"]
        for path, method, operation in operations(description)
        if {"phone_token", "access_token"}
        & {s for one in operation.get("security", []) for s in one}
    }
    assert answers
    assert [name for name, each in answers.items() if not {"401", "403"} <= set(each)] == []
