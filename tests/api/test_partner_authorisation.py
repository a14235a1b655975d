"""Who may call what partners call: read from openapi.yaml, so that no operation is forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from models.values.ids import new_id
from models.values.scope import Scope
from services.callers import SignedIn
from services.tokens import Kind
from tests.api.joining import bearing, refusal
from tests.api.published import Anything, for_each, operations
from tests.api.signing_in import bearer as signed_in
from tests.belongings import belongings
from tests.fleets import Fleet
from tests.partners import EVERYTHING, bearer

# Such as get past the reading of the body, so that the question is whose the thing is.
BODIES: Mapping[str, Any] = {"PATCH /v1/partner/webhooks/{webhook_id}": {"status": "active"}}

PARTNERS = [one for one in operations() if one.path.startswith("/v1/partner")]
OTHERS = [one for one in operations() if {"access_token", "phone_token"} & one.tokens.keys()]
ABOUT_ONE = [one for one in PARTNERS if "{" in one.path]
LISTS = [one for one in PARTNERS if one.lists]


@pytest.fixture
def ours(ports):
    return Fleet.of(ports, drivers=1)


@pytest.fixture
def theirs(ports):
    return Fleet.of(ports)


def test_all_of_them_want_a_partners_token_with_one_scope():
    for operation in PARTNERS:
        assert operation.tokens.keys() == {"partner_token", "partner_oauth"}, operation.label
        assert operation.scope in Scope


@for_each(PARTNERS)
def test_nobody_gets_in_without_a_token(client, operation):
    answer = operation.call(client, Anything(), {})
    assert refusal(answer) == (401, "partner-token-required")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@for_each(PARTNERS)
def test_nor_with_what_is_no_token_or_belongs_to_nobody(client, ports, operation):
    issued = {"at": ports.clock.now(), "key": str(new_id()), "scope": " ".join(Scope)}
    unknown = ports.tokens.issue(Kind.PARTNER, str(new_id()), **issued)
    for token in ("made.up.token", unknown):
        answer = operation.call(client, Anything(), bearing(token))
        assert refusal(answer) == (401, "partner-token-required")


@for_each(PARTNERS)
def test_a_worker_is_no_partner(client, ports, operation):
    token = signed_in(ports, SignedIn(new_id(), new_id()))
    answer = operation.call(client, Anything(), token)
    assert refusal(answer) == (403, "wrong-kind-of-caller")


@for_each(PARTNERS)
def test_nor_is_a_verified_phone(client, ports, operation):
    claims = {"at": ports.clock.now(), "phone": "00" * 16}
    token = ports.tokens.issue(Kind.PHONE, str(new_id()), **claims)
    answer = operation.call(client, Anything(), bearing(token))
    assert refusal(answer) == (403, "wrong-kind-of-caller")


@for_each(OTHERS)
def test_a_partner_is_neither(client, ports, theirs, operation):
    answer = operation.call(client, Anything(), bearer(ports, theirs.partner))
    assert refusal(answer) == (403, "wrong-kind-of-caller")


@for_each(PARTNERS)
def test_a_token_with_every_other_scope_is_not_enough(client, ports, theirs, operation):
    token = bearer(ports, theirs.partner, EVERYTHING - {operation.scope})
    answer = operation.call(client, Anything(), token)
    assert refusal(answer) == (403, "scope-missing")
    assert operation.scope in answer.json["detail"]


@for_each(ABOUT_ONE)
def test_what_is_another_partners_is_not_found_and_stays_as_it_was(
    client, ports, ours, theirs, operation
):
    ids, body = belongings(ours), BODIES.get(operation.label)
    stranger = bearer(ports, theirs.partner)
    refused = refusal(operation.call(client, ids, stranger, body))
    assert (refused[0], refused[1].endswith("-not-found")) == (404, True)
    # Told apart from what there is not by nothing.
    assert refusal(operation.call(client, Anything(), stranger, body)) == refused
    answer = operation.call(client, ids, bearer(ports, ours.partner), body)
    assert answer.status_code < 300, answer.text


@for_each(LISTS)
def test_a_list_is_of_ones_own(client, ports, ours, theirs, operation):
    belongings(ours)
    assert operation.call(client, {}, bearer(ports, ours.partner)).json["items"] != []
    assert operation.call(client, {}, bearer(ports, theirs.partner)).json["items"] == []


def test_ones_own_delivery_is_not_found_at_anothers_webhook(client, ports, ours, theirs):
    theirs.enrol()
    ids = {**belongings(theirs), "webhook_id": belongings(ours)["webhook_id"]}
    path = "/v1/partner/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver"
    answer = client.post(path.format_map(ids), headers=bearer(ports, theirs.partner))
    assert refusal(answer) == (404, "webhook-not-found")
