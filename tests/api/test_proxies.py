"""Whose address counts, and whether the connection is safe, behind proxies and without."""

from dataclasses import replace

import pytest

from api.app import create_app
from tests.installation import DEVELOPMENT

PATH = "/v1/phone-verifications"


@pytest.fixture
def ports(ports):
    return replace(ports, starts_per_source_and_hour=1)


@pytest.fixture
def behind(ports):
    def client(proxies):
        settings = replace(DEVELOPMENT, trusted_proxies=proxies)
        return create_app(settings, ports).test_client()

    return client


def start(client, phone, forwarded_for, connecting="10.0.0.1"):
    return client.post(
        PATH,
        json={"phone": phone, "channel": "sms"},
        headers={"X-Forwarded-For": forwarded_for},
        environ_base={"REMOTE_ADDR": connecting},
    ).status_code


def test_without_proxies_nobody_is_believed(behind):
    client = behind(0)
    assert start(client, "081200000001", "203.0.113.1") == 202
    assert start(client, "081200000002", "203.0.113.2") == 429


def test_behind_a_proxy_the_address_that_it_saw_counts(behind):
    client = behind(1)
    assert start(client, "081200000001", "203.0.113.1") == 202
    assert start(client, "081200000002", "203.0.113.2") == 202
    assert start(client, "081200000003", "203.0.113.1") == 429


def test_what_the_caller_claims_before_the_proxies_does_not_count(behind):
    client = behind(2)
    assert start(client, "081200000001", "198.51.100.1, 203.0.113.1, 10.0.0.2") == 202
    assert start(client, "081200000002", "198.51.100.2, 203.0.113.1, 10.0.0.3") == 429


def test_a_line_with_ipv6_has_one_allowance(behind):
    client = behind(1)
    assert start(client, "081200000001", "2001:db8:1:2::1") == 202
    assert start(client, "081200000002", "2001:db8:1:2:ffff::9") == 429
    assert start(client, "081200000003", "2001:db8:1:3::1") == 202


@pytest.mark.parametrize(("proxies", "told"), [(0, False), (1, True)])
def test_browsers_are_held_to_https_when_the_proxy_was_reached_by_it(behind, proxies, told):
    answer = behind(proxies).get("/healthz", headers={"X-Forwarded-Proto": "https"})
    assert ("Strict-Transport-Security" in answer.headers) == told
