"""Jaring's own adapters, speaking to the sandbox over real HTTP."""

from __future__ import annotations

import threading
from datetime import date
from uuid import uuid4

import pytest
import requests
from werkzeug.serving import make_server

from models.values.channel import Channel, DeliveryState
from models.values.identity import Element, Finding
from models.values.nik import Nik
from models.values.phone import PhoneNumber
from models.values.sex import Sex
from sandbox.factory import create_app
from services.adapters.dukcapil import DukcapilAccount, DukcapilRegistry
from services.adapters.gateway import HttpGateway, authorised_by
from services.adapters.http import JsonClient, Patience
from services.outages import (
    GatewayDown,
    IdentityRegistryDown,
    IdentityRegistryMisconfigured,
    MessageRefused,
)
from services.ports import Person

ACCOUNT = {"user_id": "jaring", "password": "a password", "institution": "JARING"}
PATIENT, IMPATIENT = Patience(), Patience(read=0.3)


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
def misbehave(address):
    def make(service, mode):
        asked = {"service": service, "mode": mode}
        assert requests.put(f"{address}/faults", json=asked, timeout=30).ok

    yield make
    for service in ("dukcapil", "gateway"):
        make(service, "ok")


@pytest.fixture
def registry(address):
    return registry_of(address)


def registry_of(address, patience=PATIENT, **account):
    return DukcapilRegistry(
        client=JsonClient(base_url=address, unavailable=IdentityRegistryDown, patience=patience),
        account=DukcapilAccount(**ACCOUNT | account),
        threshold=85,
    )


@pytest.fixture
def gateway(address):
    return gateway_of(address)


def gateway_of(address, patience=PATIENT):
    return HttpGateway(
        JsonClient(
            base_url=address,
            unavailable=GatewayDown,
            headers=authorised_by("a token"),
            patience=patience,
        )
    )


def patience_with(mode):
    """Only what never comes is not waited for."""
    return IMPATIENT if mode == "slow" else PATIENT


def person(nik="3273014107900001"):
    return Person(
        nik=Nik(nik),
        full_name="Siti Aminah",
        birth_date=date(1990, 7, 1),
        sex=Sex.FEMALE,
        mother_maiden_name="Kartini",
    )


def test_somebody_matches(registry):
    answer = registry.compare(person())
    assert answer.finding is Finding.FOUND
    assert set(answer.scores.values()) == {100}
    assert Element.BIRTH_PLACE not in answer.scores


@pytest.mark.parametrize(
    ("serial", "finding"),
    [
        ("9011", Finding.DECEASED),
        ("9012", Finding.DUPLICATE),
        ("9013", Finding.NOT_FOUND),
        ("9014", Finding.INACTIVE),
    ],
)
def test_the_documented_serials_give_every_finding(registry, serial, finding):
    assert registry.compare(person("327301410790" + serial)).finding is finding


@pytest.mark.parametrize(
    ("serial", "element"), [("9021", Element.NAME), ("9022", Element.BIRTH_DATE)]
)
def test_the_documented_serials_disagree_in_one_element(registry, serial, element):
    scores = registry.compare(person("327301410790" + serial)).scores
    assert [each for each, score in scores.items() if score == 0] == [element]


@pytest.mark.parametrize("mode", ["down", "slow", "quota"])
def test_a_registry_in_trouble_is_down(address, misbehave, mode):
    misbehave("dukcapil", mode)
    with pytest.raises(IdentityRegistryDown):
        registry_of(address, patience_with(mode)).compare(person())


def test_every_kind_of_garbage_is_down(registry, misbehave):
    misbehave("dukcapil", "garbage")
    for _ in range(7):
        with pytest.raises(IdentityRegistryDown):
            registry.compare(person())


def test_a_wrong_password_is_for_an_operator_to_mend(address):
    with pytest.raises(IdentityRegistryMisconfigured):
        registry_of(address, password="another").compare(person())


def test_a_message_is_sent_once_per_key_and_reported(gateway):
    key = uuid4()
    for _ in range(2):
        gateway.send(PhoneNumber("+6281234567890"), "Kode", channel=Channel.SMS, key=key)
    reports = gateway.deliveries(since=None)
    assert [(each.key, each.state) for each in reports.deliveries] == [
        (key, DeliveryState.SENT),
        (key, DeliveryState.DELIVERED),
    ]
    assert gateway.deliveries(since=reports.position).deliveries == ()


def test_a_refused_number_is_refused(gateway):
    with pytest.raises(MessageRefused):
        gateway.send(PhoneNumber("+6281234567999"), "Kode", channel=Channel.SMS, key=uuid4())


@pytest.mark.parametrize("mode", ["down", "slow", "quota", "garbage"])
def test_a_gateway_in_trouble_is_down_and_the_same_call_works_later(
    address, gateway, misbehave, mode
):
    key, phone = uuid4(), PhoneNumber("+6281234567890")
    misbehave("gateway", mode)
    with pytest.raises(GatewayDown):
        gateway_of(address, patience_with(mode)).send(phone, "Kode", channel=Channel.SMS, key=key)
    misbehave("gateway", "ok")
    gateway.send(phone, "Kode", channel=Channel.SMS, key=key)
    assert len(gateway.deliveries(since=None).deliveries) == 2
