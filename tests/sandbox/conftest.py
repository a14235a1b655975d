from datetime import timedelta

import pytest

from sandbox.clock import Clock
from sandbox.config import Config
from sandbox.dukcapil import RegistryAccount
from sandbox.factory import create_app
from tests.sandbox.partner import CREDENTIALS, Partner


@pytest.fixture
def config():
    return Config(
        snap_url="http://jaring.test/snap/v1.0",
        bank=CREDENTIALS,
        dukcapil=RegistryAccount(user_id="jaring", password="a password", institution="JARING"),
        gateway_token="a token",
        clock=Clock(timedelta(days=100)),
        slowness=timedelta(seconds=20),
    )


@pytest.fixture
def partner():
    return Partner()


@pytest.fixture
def world(config, partner):
    """The sandbox as callers see it, with Jaring's SNAP endpoints behind it."""
    return create_app(config, send=partner.send).test_client()


@pytest.fixture
def trouble(world):
    """Makes a service misbehave."""

    def make(service, mode, **more):
        asked = {"service": service, "mode": mode, **more}
        assert world.put("/faults", json=asked).status_code == 200

    return make
