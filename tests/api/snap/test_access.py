"""Who a bank must show to be: tokens, headers and signatures."""

from datetime import timedelta

import pytest

from sandbox.clock import written
from tests.api.snap.calls import SERVICES, ask
from tests.banks import OTHER_BANK, calling
from tests.fakes import NOON, FixedClock


def test_a_bank_gets_a_token(bank):
    answer = bank.ask_token()
    assert (answer.status, answer.code) == (200, "2007300")
    assert answer.body.keys() == {
        "responseCode",
        "responseMessage",
        "accessToken",
        "tokenType",
        "expiresIn",
    }
    assert (answer.body["tokenType"], answer.body["expiresIn"]) == ("Bearer", "900")


@pytest.mark.parametrize(
    ("headers", "fields", "code"),
    [
        ({}, {"grantType": None}, "4007302"),
        ({}, {"grantType": ""}, "4007302"),
        ({}, {"grantType": "password"}, "4007301"),
        ({}, {"grantType": 1}, "4007301"),
        ({"X-CLIENT-KEY": None}, {}, "4007302"),
        ({"X-CLIENT-KEY": "nobody"}, {}, "4017300"),
        ({"X-TIMESTAMP": None}, {}, "4007302"),
        ({"X-TIMESTAMP": "yesterday"}, {}, "4007301"),
        ({"X-TIMESTAMP": written(NOON + timedelta(minutes=6))}, {}, "4017300"),
        ({"X-SIGNATURE": None}, {}, "4017300"),
        ({"X-SIGNATURE": "é"}, {}, "4017300"),
    ],
)
def test_a_token_is_refused_in_snaps_words(bank, headers, fields, code):
    answer = bank.ask_token(headers=headers, fields=fields)
    assert answer.code == code
    assert str(answer.status) == code[:3]


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(
    ("header", "value", "case"),
    [
        ("Authorization", None, "40101"),
        ("Authorization", "Basic eDp5", "40101"),
        ("Authorization", "Bearer x.y.z", "40101"),
        ("X-PARTNER-ID", None, "40002"),
        ("X-PARTNER-ID", OTHER_BANK.partner_id, "40101"),
        ("X-TIMESTAMP", None, "40002"),
        ("X-TIMESTAMP", "22-11-2026", "40001"),
        ("X-TIMESTAMP", written(NOON + timedelta(seconds=1)), "40100"),
        ("X-SIGNATURE", None, "40100"),
        ("X-SIGNATURE", "bm8=", "40100"),
        ("X-EXTERNAL-ID", None, "40002"),
        ("X-EXTERNAL-ID", "seven", "40001"),
        ("X-EXTERNAL-ID", "1" * 37, "40001"),
        ("X-EXTERNAL-ID", "٧", "40001"),
        ("CHANNEL-ID", None, "40002"),
        ("CHANNEL-ID", "a b", "40001"),
    ],
)
def test_headers_are_refused_in_snaps_words(bank, number, service, header, value, case):
    bank.token()
    sent = value.encode().decode("latin-1") if value else value
    answer = ask(bank, service, number, headers={header: sent})
    assert answer.code == case[:3] + SERVICES[service] + case[3:]
    assert str(answer.status) == case[:3]


@pytest.mark.parametrize("service", SERVICES)
def test_whoever_shows_no_token_of_ours_is_not_told_what_else_is_wrong(bank, number, service):
    wrong = {"Authorization": "Bearer x.y.z", "X-PARTNER-ID": None, "X-TIMESTAMP": "yesterday"}
    answer = ask(bank, service, number, headers=wrong)
    assert (answer.status, answer.code) == (401, f"401{SERVICES[service]}01")


def test_an_old_signature_is_refused(bank, web, clock, number):
    token = bank.token()
    clock.advance(minutes=6)
    late = calling(web, FixedClock(NOON), token=token)
    assert late.inquiry(number).code == "4012400"


def test_the_path_is_signed_as_it_was_called(bank, web, clock, number):
    """A proxy in front may have cut off a part, which then stands in SCRIPT_NAME."""
    outside = calling(web, clock, path="/outer/snap/v1.0", token=bank.token(), cut_off="/outer")
    assert outside.inquiry(number).code == "2002400"
    inside = calling(web, clock, token=bank.token(), script_name="/outer")
    assert inside.inquiry(number).code == "4012400"
