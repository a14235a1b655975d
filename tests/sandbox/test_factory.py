"""The sandbox as a whole."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest

from models.values.jakarta import WIB
from sandbox.clock import Clock
from sandbox.config import Config
from sandbox.people import RESIDENTS
from tests.sandbox.partner import CREDENTIALS

KEYS = {
    "bank": asdict(CREDENTIALS),
    "dukcapil": {"user_id": "u", "password": "p", "institution": "i"},
    "gateway": {"token": "t"},
}


@pytest.fixture
def variables(tmp_path):
    path = tmp_path / "keys" / "sandbox.json"
    path.parent.mkdir()
    path.write_text(json.dumps(KEYS))
    return {"JARING_DATA_DIR": str(tmp_path)}


def test_the_front_page_says_what_there_is(world):
    page = world.get("/")
    assert page.content_type == "text/plain; charset=utf-8"
    for offered in ["/messages?to=", "/bank/payments", "/faults", "9011", RESIDENTS[0].nik]:
        assert offered in page.text


def test_errors_are_plain_json(world):
    assert set(world.get("/nothing").json) == {"error"}
    assert world.delete("/faults").status_code == 405


def test_settings_come_from_the_environment_and_the_key_file(variables):
    config = Config.read(variables | {"JARING_PORT": "9000"})
    assert config.snap_url == "http://127.0.0.1:9000/snap/v1.0"
    assert config.bank == CREDENTIALS
    assert (config.dukcapil.institution, config.gateway_token) == ("i", "t")
    assert config.clock == Clock()
    assert "a client secret" not in repr(config)


def test_the_key_file_may_lie_elsewhere(variables, tmp_path):
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_text(json.dumps(KEYS))
    assert Config.read({"JARING_SANDBOX_KEYS": str(elsewhere)}).gateway_token == "t"


def test_a_bank_without_a_service_id_gets_the_usual_one(variables, tmp_path):
    bank = {name: value for name, value in KEYS["bank"].items() if name != "partner_service_id"}
    path = tmp_path / "keys" / "sandbox.json"
    path.write_text(json.dumps(KEYS | {"bank": bank}))
    assert Config.read(variables).bank.partner_service_id == "88899"


def test_without_keys_it_does_not_start(tmp_path):
    with pytest.raises(OSError, match=r"sandbox\.json"):
        Config.read({"JARING_DATA_DIR": str(tmp_path)})


@pytest.mark.parametrize("moved_to", ["2027-02-10T09:00:00+07:00", "2027-02-10T02:00:00Z"])
def test_it_can_live_at_another_time(variables, moved_to):
    now = Config.read(variables | {"JARING_NOW": moved_to}).clock.now()
    assert abs(now - datetime(2027, 2, 10, 9, tzinfo=WIB)) < timedelta(minutes=1)


def test_an_offset_that_was_worked_out_wins(variables):
    both = {"JARING_NOW": "2027-02-10T09:00:00+07:00", "JARING_CLOCK_OFFSET": "86400.5"}
    clock = Config.read(variables | both).clock
    assert clock.offset == timedelta(days=1, milliseconds=500)
    assert clock.now() - datetime.now(UTC) > timedelta(hours=23)
