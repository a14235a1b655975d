"""Trouble on demand."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from sandbox.faults import Faults, Mode, Service
from tests.waiting import until, waits_in


def test_everything_is_well_at_first(world):
    fine = {"mode": "ok", "delay_ms": 20_000}
    assert world.get("/faults").json == {"dukcapil": fine, "gateway": fine, "bank": fine}


def test_one_service_is_made_to_misbehave(world):
    changed = world.put("/faults", json={"service": "bank", "mode": "slow", "delay_ms": 5})
    assert changed.json["bank"] == {"mode": "slow", "delay_ms": 5}
    assert world.get("/faults").json == changed.json


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"service": "bank"},
        {"service": "post", "mode": "down"},
        {"service": "bank", "mode": "odd"},
        {"service": ["bank"], "mode": "down"},
        {"service": "bank", "mode": "slow", "delay_ms": -1},
        {"service": "bank", "mode": "slow", "delay_ms": True},
        {"service": "bank", "mode": "slow", "delay_ms": 300_001},
    ],
)
def test_trouble_that_does_not_exist_is_refused(world, asked):
    assert world.put("/faults", json=asked).status_code == 422


@pytest.mark.parametrize("body", ["", "[]", "{", "null"])
def test_trouble_comes_as_a_json_object(world, body):
    assert world.put("/faults", data=body).status_code == 400


def test_mending_a_slow_service_ends_the_wait():
    faults = Faults(timedelta(minutes=5))
    faults.set(Service.GATEWAY, Mode.SLOW)
    waiting = threading.Thread(target=faults.linger, args=(Service.GATEWAY,))
    waiting.start()
    until(lambda: waits_in(waiting, Faults.linger))
    faults.set(Service.GATEWAY, Mode.OK)
    waiting.join(30)
    assert not waiting.is_alive()
