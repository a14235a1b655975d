"""The page for integration engineers is true."""

from __future__ import annotations

import json
import re
import runpy
from datetime import UTC, datetime
from pathlib import Path

import pytest
from standardwebhooks.webhooks import WebhookVerificationError

from models.partner_event import PartnerEventName
from models.values.ids import new_id
from models.values.target_trouble import TargetTrouble
from models.webhook import MOST_PER_PARTNER
from models.webhook_delivery import OwnEvent
from services.webhooks.delivering import AT_ONCE
from services.webhooks.payloads import about_driver, written
from services.webhooks.signing import draw_secret, signed_headers

PAGE = (Path(__file__).parents[1] / "docs" / "webhooks.md").read_text(encoding="utf-8")
(CHECK,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
(EXAMPLE,) = re.findall(r"```json\n(.*?)\n```", PAGE, re.DOTALL)
NUMBERS = {10: "ten", 8: "eight"}


@pytest.fixture
def verified(tmp_path):
    (tmp_path / "check.py").write_text(CHECK)
    return runpy.run_path(str(tmp_path / "check.py"))["verified"]


@pytest.fixture
def sent():
    """What arrives, as of now by the clock of the machine: that is what receivers go by."""
    secret, event_id = draw_secret(), new_id()
    text = written("worker.confirmed", datetime.now(UTC), about_driver(new_id(), "D-1"))
    return text.encode(), signed_headers(event_id, text, [secret], datetime.now(UTC)), secret


def test_the_check_has_ten_lines():
    assert len([line for line in CHECK.splitlines() if line]) <= 10


def test_whoever_copies_it_takes_what_we_sign_once(verified, sent):
    body, headers, secret = sent
    seen = set()
    assert verified(body, headers, secret, seen)["type"] == "worker.confirmed"
    assert verified(body, headers, secret, seen) is None


def test_and_nothing_else(verified, sent):
    body, headers, secret = sent
    for wrong in (
        (body + b" ", headers, secret),
        (body, headers | {"webhook-id": "2"}, secret),
        (body, headers | {"webhook-timestamp": "1795323600"}, secret),
        (body, headers, draw_secret()),
    ):
        with pytest.raises(WebhookVerificationError):
            verified(*wrong, set())


def test_the_two_signatures_of_a_change_are_both_good(verified, sent):
    body, _, old = sent
    new = draw_secret()
    headers = signed_headers(new_id(), body.decode(), [new, old], datetime.now(UTC))
    assert verified(body, headers, old, set()) == verified(body, headers, new, set())


def test_every_event_and_every_reason_is_on_the_page():
    for each in (*PartnerEventName, *OwnEvent):
        assert f"| `{each}` |" in PAGE, each
    for reason in TargetTrouble:
        assert f"`{reason}`" in PAGE, reason


def test_the_example_is_written_as_we_write_it():
    shown = json.loads(EXAMPLE)
    happened_at = datetime.fromisoformat(shown["timestamp"])
    assert json.loads(written(shown["type"], happened_at, shown["data"])) == shown


def test_the_numbers_are_ours():
    assert f"Not more than {NUMBERS[AT_ONCE]} requests" in PAGE
    assert f"a partner can have {NUMBERS[MOST_PER_PARTNER]} webhooks" in PAGE
