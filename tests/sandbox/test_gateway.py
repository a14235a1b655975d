"""The message gateway in miniature."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from sandbox.outbox import Message, Outbox

PHONE = "+6281234567890"
NO_WHATSAPP = "+6281234567000"
REFUSED = "+6281234567999"
TOKEN = {"Authorization": "Bearer a token"}


@pytest.fixture
def send(world):
    def sending(to=PHONE, body="Kode 1", channel="whatsapp", key=None, headers=TOKEN):
        message = {"key": str(key or uuid4()), "to": to, "channel": channel, "body": body}
        return world.post("/messages", json=message, headers=headers)

    return sending


@pytest.fixture
def deliveries(world):
    def asking(since=None):
        query = {} if since is None else {"since": since}
        return world.get("/deliveries", query_string=query, headers=TOKEN)

    return asking


def inbox(world, to="%2B6281234567890"):
    return world.get(f"/messages?to={to}").json["items"]


def test_a_message_reaches_the_phone(world, send):
    accepted = send()
    assert accepted.status_code == 202
    (message,) = inbox(world)
    sent_at = datetime.fromisoformat(message.pop("sent_at"))
    assert message == {
        "id": accepted.json["id"],
        "to": PHONE,
        "channel": "whatsapp",
        "body": "Kode 1",
    }
    assert sent_at - datetime.now(UTC) > timedelta(days=99)


def test_the_newest_message_comes_first_and_each_phone_has_its_own(world, send):
    send(body="1")
    send(body="2")
    send(to="+6281234567891", body="3")
    assert [message["body"] for message in inbox(world)] == ["2", "1"]
    assert [message["body"] for message in world.get("/messages").json["items"]] == ["3", "2", "1"]


@pytest.mark.parametrize("to", ["%2B6281234567890", "+6281234567890", "6281234567890"])
def test_the_plus_of_a_number_may_get_lost_on_the_way(world, send, to):
    send()
    assert len(inbox(world, to)) == 1


def test_the_same_key_is_sent_once_and_answered_alike(world, send):
    key = uuid4()
    first, again = send(key=key), send(key=key)
    assert (first.status_code, again.status_code) == (202, 200)
    assert first.json == again.json
    assert len(inbox(world)) == 1


def test_one_key_cannot_stand_for_two_messages(send):
    key = uuid4()
    send(key=key)
    assert send(key=key, body="Kode 2").status_code == 409


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer other"}])
def test_strangers_cannot_send_nor_ask(world, send, headers):
    assert send(headers=headers).status_code == 401
    assert world.get("/deliveries", headers=headers).status_code == 401


@pytest.mark.parametrize(
    "wrong",
    [
        {"to": REFUSED},
        {"to": "081234567890"},
        {"to": "+12025550123"},
        {"channel": "fax"},
        {"body": ""},
        {"key": "not a uuid"},
    ],
)
def test_what_can_never_be_sent_is_refused(send, wrong):
    assert send(**wrong).status_code == 422


def test_whatsapp_delivery_is_reported(send, deliveries):
    key = uuid4()
    send(key=key)
    assert deliveries().json["items"] == [
        {"key": str(key), "state": "sent"},
        {"key": str(key), "state": "delivered"},
    ]


def test_some_numbers_have_no_whatsapp_but_can_be_reached_by_sms(world, send, deliveries):
    by_whatsapp, by_sms = uuid4(), uuid4()
    send(to=NO_WHATSAPP, key=by_whatsapp)
    send(to=NO_WHATSAPP, key=by_sms, channel="sms")
    states = [(item["key"], item["state"]) for item in deliveries().json["items"]]
    assert (str(by_whatsapp), "failed") in states
    assert (str(by_sms), "delivered") in states
    assert [each["channel"] for each in inbox(world, NO_WHATSAPP)] == ["sms"]


def test_reports_go_on_where_they_ended(send, deliveries):
    send()
    position = deliveries().json["position"]
    assert deliveries(position).json == {"items": [], "position": position}
    send()
    assert len(deliveries(position).json["items"]) == 2


@pytest.mark.parametrize("since", ["", "elsewhere:7", "7", "x:y", ":", "elsewhere:-1"])
def test_a_position_from_before_a_restart_starts_again(send, deliveries, since):
    send()
    assert len(deliveries(since).json["items"]) == 2


def test_a_position_beyond_the_end_is_the_end(send, deliveries):
    send()
    epoch = deliveries().json["position"].partition(":")[0]
    assert deliveries(f"{epoch}:9999").json == {"items": [], "position": f"{epoch}:2"}


def test_down_takes_nothing_over(world, send, deliveries, trouble):
    trouble("gateway", "down")
    assert send().status_code == deliveries().status_code == 503
    assert inbox(world) == []


def test_without_quota_it_says_too_many(send, deliveries, trouble):
    trouble("gateway", "quota")
    assert send().status_code == deliveries().status_code == 429


def test_garbage_hides_that_the_message_was_sent(world, send, deliveries, trouble):
    trouble("gateway", "garbage")
    assert {send().text for _ in range(4)} == {
        "<html><body>Bad Gateway</body></html>",
        '{"id": ',
        "{}",
        '["accepted"]',
    }
    assert "items" not in deliveries().text
    assert len(inbox(world)) == 4


def test_slow_sends_at_once_and_answers_late(world, send, trouble):
    trouble("gateway", "slow", delay_ms=20)
    assert send().status_code == 202
    assert len(inbox(world)) == 1


def message(number):
    return Message(str(number), str(number), PHONE, "sms", "x", datetime.now(UTC))


def test_only_the_newest_are_remembered():
    outbox = Outbox(kept=3)
    for number in range(5):
        outbox.accept(message(number))
    assert [each.id for each in outbox.received(PHONE, 10)] == ["4", "3", "2"]
    reports = outbox.deliveries(None, 10)
    assert [each["key"] for each in reports["items"]] == ["3", "4", "4"]
    assert reports["position"].endswith(":10")
    assert outbox.accept(message(0))[1]


def test_long_feeds_come_in_pages():
    outbox = Outbox()
    for number in range(3):
        outbox.accept(message(number))
    first = outbox.deliveries(None, 4)
    second = outbox.deliveries(first["position"], 4)
    assert [len(page["items"]) for page in (first, second)] == [4, 2]
