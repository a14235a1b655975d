"""What is there, is not there, or is another's: who may do what to it, and that it is on record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from models.review import Review
from models.values.access import StaffRole
from models.values.ids import new_id
from tests.api.joining import refusal
from tests.api.published import Anything, for_each
from tests.api.staff_operations import (
    GUARDED,
    call_rightly,
    events_of,
    holder,
    holders,
)
from tests.dossiers import NOTE, PHONE, dossier, message
from tests.officers import bearer, officer
from tests.payers import add_worker

ABOUT_ONE = [one for one in GUARDED if "{" in one.path]
# These ask for more than a session and an id: for a password, or for a case that one has claimed.
MORE_NEEDED = {"PUT /v1/staff/password", "POST /v1/staff/reviews/{review_id}/decision"}
DONE = [
    (one, role)
    for one in GUARDED
    for role in StaffRole
    if role in holders(one) and one.label not in MORE_NEEDED
]
# What is sent names a worker, too.
NAMES_ONE = [
    *ABOUT_ONE,
    *(one for one in GUARDED if one.label == "POST /v1/staff/privacy-requests"),
]


@pytest.fixture
def things(ports, session):
    return dossier(ports, session)


def with_key(ports, who) -> dict[str, str]:
    return bearer(ports, who, **{"Idempotency-Key": str(new_id())})


@pytest.mark.parametrize(
    ("operation", "role"), DONE, ids=[f"{operation.label} {role}" for operation, role in DONE]
)
def test_whoever_may_do_it_does_it_and_it_is_on_record(
    client, ports, session, things, operation, role
):
    who = officer(ports, session, role)
    answer = call_rightly(operation, client, things, with_key(ports, who))
    assert answer.status_code < 300, answer.text
    done = events_of(session, who)
    assert [event.refusal for event in done] == [None]
    assert {event.source for event in done} == {who.source}


@for_each(NAMES_ONE)
def test_what_is_not_there_is_not_found_and_was_asked_for(client, ports, session, operation):
    who = holder(ports, session, operation)
    answer = call_rightly(operation, client, Anything(), with_key(ports, who))
    status, code = refusal(answer)
    assert (status, code.endswith("-not-found")) == (404, True)
    (event,) = events_of(session, who)
    assert event.refusal == code


@for_each(ABOUT_ONE)
def test_an_id_of_something_else_is_an_id_of_nothing(client, ports, session, things, operation):
    """Each thing in the place of each other: none is taken for what it is not."""
    who = holder(ports, session, operation)
    # A case is called by its worker, and a worker by themselves.
    same = {"worker_id", "review_id"}
    for name in things:
        if f"{{{name}}}" not in operation.path:
            continue
        for other, its_id in things.items():
            if other == name or {name, other} == same:
                continue
            ids = {**things, name: its_id}
            answer = call_rightly(operation, client, ids, with_key(ports, who))
            assert answer.status_code == 404, (name, other)


def test_a_case_of_another_officer_is_neither_taken_nor_given_back_nor_decided(
    client, ports, session, things
):
    mine, theirs = (officer(ports, session, StaffRole.REVIEWER) for _ in range(2))
    path = f"/v1/staff/reviews/{things['review_id']}"
    assert client.post(f"{path}/claim", headers=bearer(ports, mine)).status_code == 200
    verify = {"decision": "verify", "note": NOTE}
    for step, body in (("claim", None), ("release", None), ("decision", verify)):
        headers = with_key(ports, theirs)
        answer = client.post(f"{path}/{step}", headers=headers, json=body)
        assert refusal(answer) == (409, "review-claimed")
    tried = [(event.about_id, event.refusal) for event in events_of(session, theirs)]
    assert tried == [(things["review_id"], "review-claimed")] * 3
    decided = client.post(f"{path}/decision", headers=with_key(ports, mine), json=verify)
    assert decided.status_code == 200
    assert session.query(Review).filter_by(claimed_by=theirs.account_id).count() == 0


def test_a_case_is_not_decided_by_whoever_has_not_taken_it(client, ports, session, things):
    who = officer(ports, session, StaffRole.REVIEWER)
    path = f"/v1/staff/reviews/{things['review_id']}/decision"
    body = {"decision": "verify", "note": NOTE}
    answer = client.post(path, headers=with_key(ports, who), json=body)
    assert refusal(answer) == (409, "review-not-claimed")
    assert [event.refusal for event in events_of(session, who)] == ["review-not-claimed"]


def test_nobody_is_their_own_second_officer(client, ports, session, things):
    first, second = (officer(ports, session, StaffRole.REVIEWER) for _ in range(2))
    path = f"/v1/staff/reviews/{things['review_id']}"
    refuse = {"decision": "refuse", "note": NOTE}

    def claim(who):
        return client.post(f"{path}/claim", headers=bearer(ports, who))

    def decide(who):
        return client.post(f"{path}/decision", headers=with_key(ports, who), json=refuse)

    assert claim(first).status_code == 200
    assert decide(first).status_code == 200
    assert refusal(claim(first)) == (409, "second-officer-needed")
    assert refusal(decide(first))[0] == 409
    assert claim(second).status_code == 200
    assert decide(second).status_code == 200
    assert events_of(session, first)[-1].refusal is not None


def test_a_message_of_another_worker_is_not_one_of_this_worker(client, ports, session, things):
    who = officer(ports, session)
    other = add_worker(ports, phone=PHONE).worker_id
    its = {"worker_id": other, "message_id": things["message_id"]}
    ours = {"worker_id": things["worker_id"], "message_id": message(ports, session, other)}
    before = len(ports.messages.sent)
    for ids in (its, ours):
        path = "/v1/staff/workers/{worker_id}/messages/{message_id}/resend".format_map(ids)
        answer = client.post(path, headers=with_key(ports, who))
        assert refusal(answer) == (404, "message-not-found")
    ports.jobs.work(ports)
    assert len(ports.messages.sent) == before
    assert [event.refusal for event in events_of(session, who)] == ["message-not-found"] * 2


def test_signing_out_ends_ones_own_sessions_and_no_others(client, ports, session):
    leaving, staying = officer(ports, session), officer(ports, session)
    headers = bearer(ports, leaving)
    assert client.delete("/v1/staff/sessions", headers=headers).status_code == 204
    body = {"reason": "caller_asks", "phone": "0812-0000-0404"}
    gone = client.post("/v1/staff/lookups", headers=headers, json=body)
    assert refusal(gone) == (401, "staff-sign-in-required")
    here = client.post("/v1/staff/lookups", headers=bearer(ports, staying), json=body)
    assert here.status_code == 200


def test_a_session_is_good_for_its_own_account_only(client, ports, session):
    """A token names both, and is signed; the database is asked for the two together."""
    support, admin = officer(ports, session), officer(ports, session, StaffRole.ADMIN)
    mixed = bearer(ports, with_session_of(admin, support))
    answer = client.get("/v1/staff/accounts", headers=mixed)
    assert refusal(answer) == (401, "staff-sign-in-required")


def test_an_admin_does_not_close_or_reset_their_own_account(client, ports, session):
    admin = officer(ports, session, StaffRole.ADMIN)
    officer(ports, session, StaffRole.ADMIN)
    for step in ("close", "reset"):
        path = f"/v1/staff/accounts/{admin.account_id}/{step}"
        answer = client.post(path, headers=with_key(ports, admin))
        assert refusal(answer) == (409, "own-staff-account")
    assert [event.refusal for event in events_of(session, admin)] == ["own-staff-account"] * 2


def test_a_key_of_another_officer_brings_nothing_of_theirs(client, ports, session):
    """What was answered under it holds a password."""
    one, other = (officer(ports, session, StaffRole.ADMIN) for _ in range(2))
    key = {"Idempotency-Key": str(new_id())}
    made = [
        client.post("/v1/staff/accounts", headers=bearer(ports, who, **key), json=body)
        for who, body in (
            (one, {"username": "rina.one", "role": "support"}),
            (other, {"username": "rina.two", "role": "support"}),
        )
    ]
    assert [answer.status_code for answer in made] == [201, 201]
    assert made[0].json["password"] != made[1].json["password"]


def test_a_copy_is_not_made_by_whoever_entered_that_it_was_asked_for(
    client, ports, session, things
):
    who = officer(ports, session, StaffRole.REVIEWER)
    other = add_worker(ports).worker_id
    asked: Mapping[str, Any] = {"worker_id": str(other), "kind": "export", "note": NOTE}
    path = "/v1/staff/privacy-requests"
    entered = client.post(path, headers=with_key(ports, who), json=asked)
    answer = client.post(f"{path}/{entered.json['id']}/export", headers=bearer(ports, who))
    assert refusal(answer)[1] == "export-by-another-officer"
    assert events_of(session, who)[-1].refusal == "export-by-another-officer"


def with_session_of(owner, other):
    return type(owner)(
        account_id=owner.account_id,
        session_id=other.session_id,
        username=owner.username,
        role=owner.role,
        source=owner.source,
    )
