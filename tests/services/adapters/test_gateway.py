"""The message gateway's answers, and what we make of them."""

from __future__ import annotations

from uuid import UUID

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from requests_mock import Mocker

from models.values.channel import Channel, DeliveryState
from models.values.phone import PhoneNumber
from services.adapters.gateway import HttpGateway, authorised_by
from services.adapters.http import JsonClient
from services.outages import GatewayDown, MessageRefused
from services.ports import Delivery, DeliveryReports

BASE = "https://gateway.test/v2"
JSON = {"Content-Type": "application/json"}
KEY = UUID("7f6fdd0c-5d0c-4a4e-9f0e-111111111111")
OTHER_KEY = UUID("7f6fdd0c-5d0c-4a4e-9f0e-222222222222")
RECIPIENT = PhoneNumber("+6281234567890")

gateway = HttpGateway(
    JsonClient(base_url=BASE, unavailable=GatewayDown, headers=authorised_by("a token"))
)


def send() -> None:
    gateway.send(RECIPIENT, "Kode Anda 123456", channel=Channel.WHATSAPP, key=KEY)


@pytest.mark.parametrize("status", [200, 202], ids=["seen before", "accepted"])
def test_a_message_is_handed_over_under_our_key(requests_mock, status):
    requests_mock.post(f"{BASE}/messages", status_code=status, json={"id": "m1"}, headers=JSON)
    send()
    assert requests_mock.last_request.json() == {
        "key": str(KEY),
        "to": "+6281234567890",
        "channel": "whatsapp",
        "body": "Kode Anda 123456",
    }
    assert requests_mock.last_request.headers["Authorization"] == "Bearer a token"


def test_a_key_that_the_gateway_has_with_other_words_has_been_sent(requests_mock):
    requests_mock.post(f"{BASE}/messages", status_code=409, json={"error": "key"}, headers=JSON)
    send()
    assert requests_mock.call_count == 1


def test_a_message_that_will_never_be_sent_is_refused(requests_mock):
    requests_mock.post(f"{BASE}/messages", status_code=422, json={"error": "no"}, headers=JSON)
    with pytest.raises(MessageRefused):
        send()


@pytest.mark.parametrize(
    "answer",
    [
        {"exc": requests.Timeout},
        {"status_code": 401, "json": {"error": "token"}, "headers": JSON},
        {"status_code": 429, "json": {"error": "slowly"}, "headers": JSON},
        {"status_code": 503, "text": "<html>"},
        {"status_code": 202, "json": {}, "headers": JSON},
        {"status_code": 202, "json": {"id": None}, "headers": JSON},
        {"status_code": 202, "json": {"id": ""}, "headers": JSON},
        {"status_code": 202, "json": {"id": 7}, "headers": JSON},
        {"status_code": 202, "json": ["m1"], "headers": JSON},
    ],
)
def test_without_a_usable_answer_the_gateway_is_down(requests_mock, answer):
    requests_mock.post(f"{BASE}/messages", **answer)
    with pytest.raises(GatewayDown):
        send()


def reports(mocked: Mocker, answer: object, since: str | None = None) -> DeliveryReports:
    mocked.get(f"{BASE}/deliveries", json=answer, headers=JSON)
    return gateway.deliveries(since=since)


def test_reports_come_in_order_with_the_place_to_go_on_from(requests_mock):
    items = [
        {"key": str(KEY), "state": "sent"},
        {"key": str(OTHER_KEY), "state": "failed"},
        {"key": str(KEY), "state": "delivered"},
    ]
    assert reports(requests_mock, {"items": items, "position": "e1:3"}) == DeliveryReports(
        deliveries=(
            Delivery(key=KEY, state=DeliveryState.SENT),
            Delivery(key=OTHER_KEY, state=DeliveryState.FAILED),
            Delivery(key=KEY, state=DeliveryState.DELIVERED),
        ),
        position="e1:3",
    )


def test_the_first_question_has_no_position(requests_mock):
    reports(requests_mock, {"items": [], "position": "e1:0"})
    assert requests_mock.last_request.qs == {}


def test_later_questions_start_where_the_last_one_ended(requests_mock):
    reports(requests_mock, {"items": [], "position": "e1:3"}, since="e1:3")
    assert requests_mock.last_request.qs == {"since": ["e1:3"]}


@pytest.mark.parametrize(
    "item",
    [
        None,
        "sent",
        {},
        {"key": str(KEY)},
        {"key": str(KEY), "state": "queued"},
        {"key": str(KEY), "state": "SENT"},
        {"key": str(KEY), "state": []},
        {"key": "of somebody else", "state": "sent"},
        {"key": 7, "state": "sent"},
    ],
)
def test_a_report_that_cannot_be_read_does_not_stop_the_others(requests_mock, caplog, item):
    readable = {"key": str(KEY), "state": "delivered"}
    answer = reports(requests_mock, {"items": [item, readable], "position": "e1:2"})
    assert answer.deliveries == (Delivery(key=KEY, state=DeliveryState.DELIVERED),)
    assert "1 delivery reports could not be read" in caplog.text


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"items": []},
        {"position": "e1:0"},
        {"items": {}, "position": "e1:0"},
        {"items": None, "position": "e1:0"},
        {"items": [], "position": 3},
        {"items": [], "position": ""},
        {"items": [], "position": "e1:\0"},
        {"items": [], "position": "\ud800"},
        {"items": [], "position": "1" * 1000},
    ],
)
def test_a_feed_without_its_shape_is_down(requests_mock, answer):
    with pytest.raises(GatewayDown):
        reports(requests_mock, answer)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["key", "state", "items", "position", "id"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@given(json_values)
def test_whatever_comes_back_is_a_report_or_a_named_error(answer):
    with Mocker() as mocked:
        try:
            reports(mocked, answer)
        except GatewayDown:
            return
        assert isinstance(answer["items"], list)
