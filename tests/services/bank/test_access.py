from datetime import timedelta

import pytest

from sandbox.snap_signing import Signer, minified
from services.bank.access import SignedCall, TokenRequest, authenticate, bank_of, grant
from services.bank.refusals import NotSigned, TokenNotGood
from services.tokens import Kind
from tests.banks import BANK, OTHER_BANK, credentials_of
from tests.fakes import NOON

TIMESTAMP = "2026-11-22T12:00:00+07:00"
FIELDS = {"a": " b"}
CALLED = "POST:/snap/v1.0/transfer-va/inquiry"
EDGE = timedelta(minutes=5)
BEYOND = EDGE + timedelta(seconds=1)


@pytest.fixture(scope="module")
def signer():
    return Signer(credentials_of(BANK))


@pytest.fixture
def token(ports):
    return ports.tokens.issue(Kind.SNAP, BANK.client_key, at=NOON, partner=BANK.partner_id)


def request(signer, **told):
    usual = {
        "client_key": BANK.client_key,
        "timestamp": TIMESTAMP,
        "sent_at": NOON,
        "signature": signer.for_token(TIMESTAMP),
    }
    return TokenRequest(**(usual | told))


def call(signer, token, **told):
    usual = {
        "called": CALLED,
        "access_token": token,
        "partner_id": BANK.partner_id,
        "timestamp": TIMESTAMP,
        "sent_at": NOON,
        "body": minified(FIELDS),
        "signature": signer.for_call(CALLED, token, FIELDS, TIMESTAMP),
    }
    return SignedCall(**(usual | told))


def test_a_bank_gets_a_token_for_fifteen_minutes(ports, clock, signer):
    granted = grant(ports, request(signer))
    assert granted.expires_in == 900
    assert bank_of(ports, granted.access_token) == BANK
    clock.advance(minutes=16)
    with pytest.raises(TokenNotGood):
        bank_of(ports, granted.access_token)


@pytest.mark.parametrize(
    "changed",
    [
        {"client_key": "nobody"},
        {"client_key": OTHER_BANK.client_key},
        {"timestamp": "2026-11-22T12:00:01+07:00"},
        {"signature": "bm90IGEgc2lnbmF0dXJl"},
        {"signature": "not base64"},
        {"signature": "é"},
        {"sent_at": NOON - BEYOND},
        {"sent_at": NOON + BEYOND},
    ],
)
def test_no_token_is_given_without_a_good_signature_at_a_good_time(ports, signer, changed):
    with pytest.raises(NotSigned):
        grant(ports, request(signer, **changed))


@pytest.mark.parametrize("skew", [-EDGE, EDGE])
def test_clocks_may_differ_by_five_minutes(ports, signer, skew):
    assert grant(ports, request(signer, sent_at=NOON + skew))


def test_a_signed_call_is_its_banks(ports, signer, token):
    assert bank_of(ports, token) == BANK
    authenticate(ports, BANK, call(signer, token))
    authenticate(ports, BANK, call(signer, token, body=b' {"a" : " b"}\n'))


@pytest.mark.parametrize(
    "changed",
    [
        {"called": "POST:/v1.0/transfer-va/inquiry"},
        {"called": "PUT:/snap/v1.0/transfer-va/inquiry"},
        {"timestamp": "2026-11-22T12:00:01+07:00"},
        {"body": b'{"a":"b"}'},
        {"signature": ""},
        {"signature": "é"},
        {"sent_at": NOON - BEYOND},
        {"sent_at": NOON + BEYOND},
    ],
)
def test_whatever_is_signed_counts(ports, signer, token, changed):
    with pytest.raises(NotSigned):
        authenticate(ports, BANK, call(signer, token, **changed))


def test_a_token_belongs_to_its_client_and_partner(ports, signer, token):
    with pytest.raises(TokenNotGood):
        authenticate(ports, BANK, call(signer, token, partner_id=OTHER_BANK.partner_id))
    mixed = ports.tokens.issue(Kind.SNAP, BANK.client_key, at=NOON, partner=OTHER_BANK.partner_id)
    with pytest.raises(TokenNotGood):
        bank_of(ports, mixed)


@pytest.mark.parametrize("kind", [Kind.WORKER, Kind.PHONE, Kind.REFRESH])
def test_no_other_kind_of_token_will_do(ports, kind):
    token = ports.tokens.issue(kind, BANK.client_key, at=NOON, partner=BANK.partner_id)
    with pytest.raises(TokenNotGood):
        bank_of(ports, token)


def test_the_token_of_a_bank_that_left_is_no_good(ports):
    token = ports.tokens.issue(Kind.SNAP, "gone", at=NOON, partner=BANK.partner_id)
    with pytest.raises(TokenNotGood):
        bank_of(ports, token)
