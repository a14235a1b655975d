"""The sandbox's receiver of webhooks."""

from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = '{"type": "webhook.test", "timestamp": "2026-11-22T05:00:00Z", "data": {}}'
AT = datetime(2027, 2, 10, 2, 0, tzinfo=UTC)


@pytest.fixture
def send(world):
    def sending(body=BODY, secret=SECRET, name="ojek", **headers):
        signed = {
            "webhook-id": "1",
            "webhook-timestamp": str(int(AT.timestamp())),
            "webhook-signature": "v1,AAAA " + Webhook(secret).sign("1", AT, body),
        }
        return world.post(f"/hooks/{name}", data=body, headers={**signed, **headers})

    return sending


def items(world, name="ojek"):
    return world.get(f"/hooks/{name}").json["items"]


def test_it_shows_what_it_was_sent(world, send):
    assert send().status_code == 204
    (shown,) = items(world)
    assert (shown["webhook_id"], shown["verified"]) == ("1", None)
    assert shown["event"]["type"] == "webhook.test"
    assert items(world, "other") == []


@pytest.mark.parametrize(
    ("sent", "verified"),
    [
        ({}, True),
        ({"secret": "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}, False),
        ({"webhook-id": "2"}, False),
        ({"webhook-timestamp": "soon"}, False),
        ({"webhook-signature": ""}, False),
    ],
)
def test_with_the_secret_it_says_whether_it_was_us_at_whatever_time(world, send, sent, verified):
    assert world.put("/hooks/ojek", json={"secret": SECRET}).status_code == 200
    send(**sent)
    assert items(world)[0]["verified"] is verified


def test_it_answers_as_it_is_told(world, send):
    world.put("/hooks/ojek", json={"answer": 503})
    assert send().status_code == 503
    assert len(items(world)) == 1


@pytest.mark.parametrize(
    "wrong", [{"answer": 99}, {"answer": "no"}, {"secret": "x"}, {"secret": 1}]
)
def test_what_it_cannot_do_it_refuses(world, wrong):
    assert world.put("/hooks/ojek", json=wrong).status_code == 422


def test_what_is_no_json_is_shown_as_it_came(world, send):
    send(body="[" * 5)
    assert items(world)[0]["event"] == "[[[[["


def test_what_is_far_too_long_is_not_kept(world, send):
    assert send(body="x" * 70_000).status_code == 413
    assert items(world) == []


def test_what_was_cut_short_is_not_kept(world):
    """As a real server has it, which passes on what has come."""
    half = {"wsgi.input_terminated": True, "CONTENT_LENGTH": str(len(BODY))}
    answer = world.post("/hooks/ojek", data=BODY[:20], environ_overrides=half)
    assert answer.status_code == 400
    assert items(world) == []
