"""The ears that the other tests rely upon, and a use case that dies with somebody's data in hand."""

import logging
from base64 import b64encode
from dataclasses import dataclass, replace
from urllib.parse import quote_plus

import pytest

from api.app import create_app
from tests.canary import KENARI, Listener
from tests.installation import DEVELOPMENT

NAME = KENARI.texts[0]


@dataclass
class DyingTransactions:
    """Dies with what the database might say."""

    def begin(self):
        raise ValueError(f"Failing row contains ({KENARI.nik}, {KENARI.phone}, {NAME})")

    reading = begin


@pytest.fixture
def ear():
    """Hears nobody but us."""
    return Listener(KENARI)


@pytest.mark.parametrize(
    "line",
    [
        KENARI.nik,
        f"to={KENARI.phone}",
        f"to=0{KENARI.phone[3:]}",
        f"0{KENARI.phone[3:6]}-{KENARI.phone[6:10]}-{KENARI.phone[10:]}",
        f"**{KENARI.nik[2:-2]}**",
        f"?q={quote_plus(NAME)}",
        NAME.upper(),
        b64encode(NAME.encode() + b" and more").decode(),
        f"\\x{NAME.encode().hex()}",
    ],
)
def test_she_is_known_however_she_is_spelled(line):
    assert KENARI.traces.search(line)


def test_masked_numbers_are_nobody():
    masked = f"{'*' * 14}{KENARI.nik[-2:]} +62{'*' * 7}{KENARI.phone[-3:]}"
    assert not KENARI.traces.search(masked)


def test_a_line_that_tells_of_her_is_overheard(ear):
    told = {"name": "services.x", "msg": "checked %s", "args": (KENARI.nik,)}
    ear.emit(logging.makeLogRecord(told))
    assert ear.overheard == [("services.x", "checked %s")]


def test_what_a_use_case_dies_of_is_in_no_answer_and_no_line(ports, caplog):
    client = create_app(DEVELOPMENT, replace(ports, transactions=DyingTransactions())).test_client()
    asked = {"phone": KENARI.phone, "channel": "sms"}
    answer = client.post("/v1/phone-verifications", json=asked)
    assert (answer.status_code, answer.json["code"]) == (500, "internal-error")
    assert not KENARI.traces.search(f"{answer.headers}{answer.text}")
    # How the line is written is heard by ``conftest.py``, which ends the run if it tells of her.
    assert "unexpected error" in caplog.text
