"""Bodies that cannot be accepted, and calls that lead nowhere."""

import orjson
import pytest

from tests.api.snap.calls import BASE, SERVICES, ask, headers_for

MANDATORY = {
    "inquiry": ["partnerServiceId", "customerNo", "virtualAccountNo", "inquiryRequestId"],
    "payment": [
        "partnerServiceId",
        "customerNo",
        "virtualAccountNo",
        "paymentRequestId",
        "paidAmount",
        "trxDateTime",
        "referenceNo",
    ],
    "status": ["partnerServiceId", "customerNo", "virtualAccountNo"],
}


@pytest.mark.parametrize(
    ("service", "field"),
    [(service, field) for service in MANDATORY for field in MANDATORY[service]],
)
def test_a_missing_field_is_02(bank, number, service, field):
    answer = ask(bank, service, number, fields={field: None})
    assert answer.code == f"400{SERVICES[service]}02"
    assert answer.body["responseMessage"] == f"Invalid Mandatory Field {field}"


@pytest.mark.parametrize(
    ("field", "value", "case"),
    [
        ("partnerServiceId", "", "02 partnerServiceId"),
        ("partnerServiceId", 88712, "01 partnerServiceId"),
        ("partnerServiceId", "123456789", "01 partnerServiceId"),
        ("customerNo", "12x", "01 customerNo"),
        ("customerNo", "1" * 21, "01 customerNo"),
        ("customerNo", "1", "01 virtualAccountNo"),
        ("virtualAccountNo", "1", "01 virtualAccountNo"),
        ("virtualAccountNo", ["1"], "01 virtualAccountNo"),
        ("paymentRequestId", "x" * 129, "01 paymentRequestId"),
        ("paymentRequestId", "a\x00b", "01 paymentRequestId"),
        ("paymentRequestId", {}, "01 paymentRequestId"),
        ("paidAmount", "33600", "01 paidAmount"),
        ("paidAmount", {}, "02 paidAmount.value"),
        ("paidAmount", {"value": "33600.00"}, "02 paidAmount.currency"),
        ("paidAmount", {"value": 33600, "currency": "IDR"}, "01 paidAmount.value"),
        ("paidAmount", {"value": "33,600", "currency": "IDR"}, "01 paidAmount.value"),
        ("paidAmount", {"value": "-1.00", "currency": "IDR"}, "01 paidAmount.value"),
        ("paidAmount", {"value": "1e9", "currency": "IDR"}, "01 paidAmount.value"),
        ("paidAmount", {"value": "9" * 17, "currency": "IDR"}, "01 paidAmount.value"),
        ("paidAmount", {"value": "33600.00", "currency": "USD"}, "01 paidAmount.currency"),
        ("paidAmount", {"value": "33600.00", "currency": []}, "01 paidAmount.currency"),
        ("totalAmount", {"value": "x", "currency": "IDR"}, "01 totalAmount.value"),
        ("trxDateTime", "2026-11-22", "01 trxDateTime"),
        ("trxDateTime", "2026-11-22T12:00:00", "01 trxDateTime"),
        ("trxDateTime", "2026-13-22T12:00:00+07:00", "01 trxDateTime"),
        ("trxDateTime", "0001-01-01T00:00:00+23:59", "01 trxDateTime"),
        ("trxDateTime", 20261122, "01 trxDateTime"),
        ("channelCode", "6011; drop", "01 channelCode"),
        ("channelCode", 1.5, "01 channelCode"),
        ("flagAdvise", "y", "01 flagAdvise"),
    ],
)
def test_a_field_of_the_wrong_form_is_01(bank, number, field, value, case):
    answer = bank.payment(number, 33_600, fields={field: value})
    digits, name = case.split()
    assert answer.code == f"40025{digits}"
    assert answer.body["responseMessage"].endswith(name)


def test_a_refused_form_spends_no_external_id(bank, number):
    bank.payment(number, 33_600, external_id="7", fields={"referenceNo": None})
    assert bank.payment(number, 33_600, external_id="7").code == "2002500"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"null",
        b"\xff\xfe",
        b'{"a": NaN}',
        b'{"a": "\\ud800"}',
        b"[" * 20_000,
        b'{"a":' * 2_000 + b"1" + b"}" * 2_000,
    ],
)
def test_what_is_no_json_object_is_malformed(bank, web, body):
    for service, digits in SERVICES.items():
        answer = web.post(
            f"{BASE}/transfer-va/{service}", headers=headers_for(bank, service, body), data=body
        )
        assert answer.json["responseCode"] == f"400{digits}00", body[:20]
        assert answer.status_code == 400


@pytest.mark.parametrize("number", ["9" * 5_000, "1" + "0" * 400, "1e400"])
def test_huge_numbers_are_answered(bank, web, number):
    body = b'{"partnerServiceId":' + number.encode() + b"}"
    answer = web.post(
        f"{BASE}/transfer-va/inquiry", headers=headers_for(bank, "inquiry", body), data=body
    )
    assert answer.status_code == 400
    assert answer.json["responseCode"].startswith("40024")


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("POST", "/snap", "4040000"),
        ("POST", "/snap/", "4040000"),
        ("GET", "/snap/v1.0/", "4040000"),
        ("POST", "/snap/v1.0/transfer-va/inquiry/", "4040000"),
        ("POST", "/snap/v1.0//transfer-va/inquiry", "4040000"),
        ("POST", "/snap/v1.0/%0a%00%ff", "4040000"),
        ("POST", "/snap/v2.0/access-token/b2b", "4040000"),
        ("GET", "/snap/v1.0/access-token/b2b", "4057300"),
        ("GET", "/snap/v1.0/transfer-va/inquiry", "4052400"),
        ("PUT", "/snap/v1.0/transfer-va/payment", "4052500"),
        ("DELETE", "/snap/v1.0/transfer-va/status", "4052600"),
        ("OPTIONS", "/snap/v1.0/transfer-va/status", "4052600"),
        ("QUERY", "/snap/v1.0/transfer-va/status", "4052600"),
    ],
)
def test_strays_are_answered_in_snaps_shape(web, method, path, code):
    answer = web.open(path, method=method)
    assert answer.json["responseCode"] == code
    assert str(answer.status_code) == code[:3]
    assert answer.headers.get("Allow") == ("POST" if code.startswith("405") else None)


@pytest.mark.parametrize("service", ["access-token/b2b", "transfer-va/payment"])
def test_other_media_types_are_415(bank, web, service):
    headers = headers_for(bank, "payment", b"{}") | {"X-CLIENT-KEY": "bank"}
    for media_type in ("text/plain", "application/xml", "application/json; charset=utf-16"):
        answer = web.post(
            f"{BASE}/{service}", headers=headers | {"Content-Type": media_type}, data=b"{}"
        )
        assert answer.status_code == 415
        assert answer.json["responseCode"] in ("4157300", "4152500")


def test_a_body_that_is_too_long_is_413(bank, web):
    body = b'{"a":"' + b"x" * 70_000 + b'"}'
    answer = web.post(
        f"{BASE}/transfer-va/payment", headers=headers_for(bank, "payment", body), data=body
    )
    assert (answer.status_code, answer.json["responseCode"]) == (413, "4132500")


def test_answers_carry_nothing_that_was_sent(bank, number):
    secret = "canary-5150"
    answer = bank.payment(number, 33_600, fields={"trxDateTime": secret, "paymentRequestId": None})
    assert secret.encode() not in orjson.dumps(answer.body)
