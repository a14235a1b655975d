"""A worker reads of another phone number, and of whoever asked for one."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests import phone_deciding
from tests.api.joining import ANOTHER_PHONE, bearing, phone_token
from tests.api.phone_changing import ask_from, asked, change, join_verified, object_to, sign_in

HOLD = timedelta(hours=72)


@pytest.fixture
def access(client, ports):
    return join_verified(client, ports)["access_token"]


def happened(client, access):
    """What the timeline tells of phones, newest first: kinds and details."""
    items = client.get("/v1/me/timeline", headers=bearing(access)).json["items"]
    return [(each["kind"], each["details"]) for each in items if each["kind"].startswith("phone_")]


def test_a_worker_who_changes_the_number_reads_that_they_did(client, ports, access):
    change(client, access, phone_token(client, ports, ANOTHER_PHONE))
    assert happened(client, access) == [("phone_changed", {"changed_by": "worker"})]


def test_a_request_is_told_at_once_and_what_became_of_it(client, ports, access):
    ask_from(client, ports)
    [request] = asked(client, access)
    details = {"phone_change_id": request["id"]}
    requested = ("phone_change_requested", details | {"hold_until": request["hold_until"]})
    assert happened(client, access) == [requested]
    object_to(client, access, request["id"])
    assert happened(client, access) == [
        ("phone_change_closed", details | {"became": "objected"}),
        requested,
    ]


def test_what_staff_approve_is_told_as_theirs(client, ports, access, clock):
    ask_from(client, ports)
    [request] = asked(client, access)
    clock.time += HOLD
    phone_deciding.approve(ports, UUID(request["id"]))
    pair = sign_in(client, phone_token(client, ports, ANOTHER_PHONE)).json
    told = happened(client, pair["access_token"])[:2]
    assert told == [
        ("phone_changed", {"changed_by": "staff"}),
        ("phone_change_closed", {"phone_change_id": request["id"], "became": "approved"}),
    ]
