"""Webhooks over HTTP: what their owner may do, and that nobody else may."""

from uuid import uuid4

import pytest

from models.partner_event import PartnerEventName
from models.values.scope import Scope
from services.webhooks import routing
from tests.partners import bearer, partner

PLACE = "/v1/partner/webhooks"
URL = "https://hooks.ojek.example/jaring?token=a-secret-of-theirs"


@pytest.fixture
def session(sessions):
    with sessions.begin() as session:
        yield session


@pytest.fixture
def ojek(ports, session):
    return bearer(ports, partner(ports, session))


@pytest.fixture
def other(ports, session):
    return bearer(ports, partner(ports, session, "Kurir Kita"))


@pytest.fixture
def hook(client, ojek):
    return client.post(PLACE, json={"url": URL}, headers=ojek).json


def ask_for_one(client, hook, by):
    return client.post(f"{PLACE}/{hook['id']}/test", headers=by)


def test_a_webhook_is_told_of_everything_unless_it_says_of_what(client, ojek):
    made = client.post(PLACE, json={"url": URL}, headers=ojek)
    assert made.status_code == 201
    assert made.headers["Location"] == f"{PLACE}/{made.json['id']}"
    shown = dict(made.json)
    assert shown.pop("secret").startswith("whsec_")
    assert shown == {
        "id": made.json["id"],
        "url": URL,
        "events": [each.value for each in PartnerEventName],
        "status": "active",
        "created_at": "2026-11-22T05:00:00Z",
        "failing_since": None,
        "disabled_at": None,
        "disabled_reason": None,
    }


def test_the_secret_is_shown_once(client, ojek, hook):
    shown = client.get(f"{PLACE}/{hook['id']}", headers=ojek)
    listed = client.get(PLACE, headers=ojek)
    del hook["secret"]
    assert shown.json == hook
    assert listed.json == {"items": [hook], "next_cursor": None}


def test_the_same_request_again_is_the_same_webhook(client, ojek):
    keyed = {**ojek, "Idempotency-Key": "one"}
    first, again = (client.post(PLACE, json={"url": URL}, headers=keyed) for _ in range(2))
    assert (first.json, again.headers["Idempotency-Replayed"]) == (again.json, "true")
    assert len(client.get(PLACE, headers=ojek).json["items"]) == 1


def test_an_eleventh_is_one_too_many(client, ojek, other):
    answers = [client.post(PLACE, json={"url": URL}, headers=ojek) for _ in range(11)]
    assert [each.status_code for each in answers] == [201] * 10 + [409]
    assert answers[-1].json["code"] == "too-many-webhooks"
    assert client.post(PLACE, json={"url": URL}, headers=other).status_code == 201


def test_a_list_comes_in_pages(client, ojek):
    made = [client.post(PLACE, json={"url": URL}, headers=ojek).json["id"] for _ in range(3)]
    first = client.get(f"{PLACE}?limit=2", headers=ojek).json
    rest = client.get(f"{PLACE}?limit=2&cursor={first['next_cursor']}", headers=ojek).json
    assert sorted(each["id"] for each in first["items"] + rest["items"]) == sorted(made)
    assert rest["next_cursor"] is None


BAD_BODIES = {
    "no address": ({}, "/url", "required"),
    "not one": ({"url": "hooks.ojek.example"}, "/url", "not-a-url"),
    "http": ({"url": "http://hooks.ojek.example/"}, "/url", "not-https"),
    "another port": ({"url": "https://hooks.ojek.example:8443/"}, "/url", "other-port"),
    "inside": ({"url": "https://169.254.169.254/latest"}, "/url", "address-not-public"),
    "a user": ({"url": "https://me:word@hooks.ojek.example/"}, "/url", "not-a-url"),
    "no event": ({"url": URL, "events": []}, "/events", "too-few"),
    "an unknown event": ({"url": URL, "events": ["worker.born"]}, "/events/0", "not-a-choice"),
    "too long": ({"url": "https://a.example/" + "a" * 2000}, "/url", "too-long"),
}


@pytest.mark.parametrize(("body", "pointer", "code"), BAD_BODIES.values(), ids=BAD_BODIES)
def test_where_nothing_can_be_sent_is_refused(client, ojek, body, pointer, code):
    refused = client.post(PLACE, json=body, headers=ojek)
    assert refused.status_code == 422
    assert [(each["pointer"], each["code"]) for each in refused.json["errors"]] == [(pointer, code)]


@pytest.mark.parametrize("way", ["post", "patch"])
def test_every_fault_is_told_at_once(client, ojek, hook, way):
    body = {"url": "https://10.0.0.1/", "events": ["worker.born"]}
    place = PLACE if way == "post" else f"{PLACE}/{hook['id']}"
    refused = getattr(client, way)(place, json=body, headers=ojek)
    assert refused.status_code == 422
    told = {(each["pointer"], each["code"]) for each in refused.json["errors"]}
    assert told == {("/url", "address-not-public"), ("/events/0", "not-a-choice")}


def test_a_refusal_does_not_repeat_the_address(client, ojek):
    refused = client.post(PLACE, json={"url": URL.replace("https", "http")}, headers=ojek)
    assert "a-secret-of-theirs" not in refused.text


def test_it_can_be_changed_switched_off_and_on_again(client, ojek, hook):
    place = f"{PLACE}/{hook['id']}"
    changes = {"url": "https://new.ojek.example/", "events": ["invoice.paid", "batch.completed"]}
    changed = client.patch(place, json=changes, headers=ojek)
    assert changed.status_code == 200
    assert changed.json["url"] == changes["url"]
    assert changed.json["events"] == ["batch.completed", "invoice.paid"]
    off = client.patch(place, json={"status": "disabled"}, headers=ojek).json
    assert (off["status"], off["disabled_reason"]) == ("disabled", "by_partner")
    assert off["disabled_at"] == "2026-11-22T05:00:00Z"
    on = client.patch(place, json={"status": "active"}, headers=ojek).json
    assert (on["status"], on["disabled_reason"], on["disabled_at"]) == ("active", None, None)


def test_a_change_to_where_nothing_can_be_sent_changes_nothing(client, ojek, hook):
    place = f"{PLACE}/{hook['id']}"
    both = {"url": "https://10.0.0.1/", "events": ["invoice.paid"]}
    assert client.patch(place, json=both, headers=ojek).status_code == 422
    shown = client.get(place, headers=ojek).json
    assert (shown["url"], len(shown["events"])) == (URL, len(PartnerEventName))


def test_what_is_removed_is_gone_with_its_log(client, ojek, hook):
    ask_for_one(client, hook, ojek)
    assert client.delete(f"{PLACE}/{hook['id']}", headers=ojek).status_code == 204
    for path in ("", "/deliveries"):
        assert client.get(f"{PLACE}/{hook['id']}{path}", headers=ojek).status_code == 404


def test_a_new_secret_comes_with_a_day_for_the_old_one(client, ojek, hook):
    changed = client.post(f"{PLACE}/{hook['id']}/secret", headers=ojek)
    assert changed.status_code == 200
    assert changed.json["secret"].startswith("whsec_")
    assert changed.json["secret"] != hook["secret"]
    assert changed.json["old_secret_until"] == "2026-11-23T05:00:00Z"


def test_a_test_event_is_in_the_log_before_and_after_it_was_sent(client, ports, ojek, hook):
    asked = ask_for_one(client, hook, ojek)
    assert asked.status_code == 202
    place = f"{PLACE}/{hook['id']}/deliveries"
    assert client.get(place, headers=ojek).json["items"] == [asked.json]
    assert (asked.json["state"], asked.json["event"]) == ("queued", "webhook.test")
    deliver(ports)
    (sent,) = client.get(place, headers=ojek).json["items"]
    assert (sent["state"], sent["next_try_at"]) == ("delivered", None)
    assert sent["attempts"] == [{"at": "2026-11-22T05:00:00Z", "status": 200, "reason": None}]


def test_what_was_sent_is_sent_again_when_asked(client, ports, ojek, hook):
    delivery = ask_for_one(client, hook, ojek).json
    deliver(ports)
    place = f"{PLACE}/{hook['id']}/deliveries/{delivery['id']}/redeliver"
    again = client.post(place, headers=ojek)
    assert (again.status_code, again.json["state"]) == (202, "queued")
    deliver(ports)
    first, second = (headers["webhook-id"] for _, _, headers in ports.webhook_targets.sent)
    assert first == second == delivery["event_id"]


def test_the_log_comes_in_pages_the_newest_first(client, ojek, clock, hook):
    asked = []
    for _ in range(3):
        asked.append(ask_for_one(client, hook, ojek).json["id"])
        clock.advance(seconds=1)
    place = f"{PLACE}/{hook['id']}/deliveries?limit=2"
    first = client.get(place, headers=ojek).json
    rest = client.get(f"{place}&cursor={first['next_cursor']}", headers=ojek).json
    assert [each["id"] for each in first["items"] + rest["items"]] == asked[::-1]


def test_nothing_is_sent_to_one_that_is_switched_off(client, ojek, hook):
    delivery = ask_for_one(client, hook, ojek).json
    place = f"{PLACE}/{hook['id']}"
    client.patch(place, json={"status": "disabled"}, headers=ojek)
    again = client.post(f"{place}/deliveries/{delivery['id']}/redeliver", headers=ojek)
    for refused in (ask_for_one(client, hook, ojek), again):
        assert (refused.status_code, refused.json["code"]) == (409, "webhook-disabled")


def test_a_delivery_of_another_webhook_is_not_there(client, ojek, hook):
    second = client.post(PLACE, json={"url": URL}, headers=ojek).json
    delivery = ask_for_one(client, hook, ojek).json
    place = f"{PLACE}/{second['id']}/deliveries/{delivery['id']}/redeliver"
    refused = client.post(place, headers=ojek)
    assert (refused.status_code, refused.json["code"]) == (404, "webhook-delivery-not-found")


def operations(hook, delivery):
    """Every one that there is about a webhook."""
    place = f"{PLACE}/{hook}"
    return [
        ("GET", place, None),
        ("PATCH", place, {"status": "active"}),
        ("DELETE", place, None),
        ("POST", f"{place}/secret", None),
        ("POST", f"{place}/test", None),
        ("GET", f"{place}/deliveries", None),
        ("POST", f"{place}/deliveries/{delivery}/redeliver", None),
    ]


def test_what_is_somebody_else_s_is_as_if_it_were_not_there(client, ojek, other, hook):
    delivery = ask_for_one(client, hook, ojek).json["id"]
    theirs = operations(hook["id"], delivery)
    nobodys = operations(uuid4(), delivery)
    for (method, path, body), (_, nowhere, _) in zip(theirs, nobodys, strict=True):
        answers = [
            client.open(each, method=method, json=body, headers=other) for each in (path, nowhere)
        ]
        assert [each.status_code for each in answers] == [404, 404], (method, path)
        assert answers[0].json["code"] == answers[1].json["code"] == "webhook-not-found"
    assert client.get(PLACE, headers=other).json["items"] == []
    kept = client.get(f"{PLACE}/{hook['id']}", headers=ojek).json
    assert (kept["url"], kept["status"]) == (URL, "active")


def test_another_scope_opens_none_of_it(client, ports, session, hook):
    scopes = frozenset(Scope) - {Scope.WEBHOOKS}
    without = bearer(ports, partner(ports, session, "Antar Kita"), scopes)
    calls = [("GET", PLACE, None), ("POST", PLACE, {"url": URL}), *operations(hook["id"], uuid4())]
    for method, path, body in calls:
        refused = client.open(path, method=method, json=body, headers=without)
        assert (refused.status_code, refused.json["code"]) == (403, "scope-missing")


def deliver(ports):
    """What the worker does in a second."""
    routing.route(ports)
    ports.jobs.work(ports)
