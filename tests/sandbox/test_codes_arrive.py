"""From asking for a code to holding it, with our adapter and the sandbox's gateway between."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
import requests
from werkzeug.serving import make_server

from models.values.channel import Channel, DeliveryState
from models.values.phone import PhoneNumber
from models.values.words import Language
from sandbox.factory import create_app
from services import messages, phone_verification
from services.adapters.gateway import HttpGateway, authorised_by
from services.adapters.http import JsonClient, Patience
from services.outages import GatewayDown
from services.phone_verification import Start
from tests.waiting import until

ORDINARY = PhoneNumber("+6281234567891")
WITHOUT_WHATSAPP = PhoneNumber("+6281234567000")
REFUSED = PhoneNumber("+6281234567999")


@pytest.fixture
def address(config, partner):
    server = make_server("127.0.0.1", 0, create_app(config, send=partner.send), threaded=True)
    serving = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join(5)
    server.server_close()


@pytest.fixture
def ports(ports, address):
    return with_gateway(ports, address, Patience())


def with_gateway(ports, address, patience):
    client = JsonClient(
        base_url=address,
        unavailable=GatewayDown,
        headers=authorised_by("a token"),
        patience=patience,
    )
    return replace(ports, messages=HttpGateway(client))


def ask_for_a_code(ports, phone):
    request = Start(phone=phone, channel=Channel.WHATSAPP, language=Language.INDONESIAN, source="")
    return phone_verification.start(ports, request).verification.id


def deliver(ports):
    """What the worker does, until nothing is left to do."""
    ports.jobs.work(ports)
    messages.collect_deliveries(ports)
    ports.jobs.work(ports)
    messages.collect_deliveries(ports)


def received(address, phone):
    answer = requests.get(f"{address}/messages", params={"to": phone.e164}, timeout=30)
    return [(each["channel"], each["body"][:6]) for each in answer.json()["items"]]


def make_gateway(address, mode):
    asked = {"service": "gateway", "mode": mode}
    requests.put(f"{address}/faults", json=asked, timeout=30).raise_for_status()


def test_a_code_arrives_on_whatsapp(ports, address):
    verification_id = ask_for_a_code(ports, ORDINARY)
    deliver(ports)
    code = phone_verification.code_of(ports, verification_id)
    assert received(address, ORDINARY) == [("whatsapp", code)]
    shown = phone_verification.show(ports, verification_id)
    assert shown.delivery is DeliveryState.DELIVERED


def test_without_whatsapp_the_same_code_arrives_by_sms(ports, address):
    verification_id = ask_for_a_code(ports, WITHOUT_WHATSAPP)
    deliver(ports)
    code = phone_verification.code_of(ports, verification_id)
    assert received(address, WITHOUT_WHATSAPP) == [("sms", code)]
    shown = phone_verification.show(ports, verification_id)
    assert (shown.delivery, shown.verification.channel) == (DeliveryState.DELIVERED, Channel.SMS)


def test_a_number_that_is_refused_everywhere_is_told_as_failed(ports, address):
    verification_id = ask_for_a_code(ports, REFUSED)
    deliver(ports)
    assert received(address, REFUSED) == []
    assert phone_verification.show(ports, verification_id).delivery is DeliveryState.FAILED


def test_a_gateway_that_is_too_slow_to_answer_sends_one_message(ports, address):
    ask_for_a_code(ports, ORDINARY)
    [job] = ports.jobs.waiting
    make_gateway(address, "slow")
    with pytest.raises(GatewayDown):
        messages.send(with_gateway(ports, address, Patience(read=0.3)), job.message_id)
    until(lambda: received(address, ORDINARY))
    make_gateway(address, "ok")
    deliver(ports)
    assert len(received(address, ORDINARY)) == 1
