"""How the bank signs, checked by somebody who read the rules separately."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from flask import Flask, request
from werkzeug.serving import make_server

from sandbox.clock import Clock
from sandbox.snap_client import NoAnswer, SnapClient
from tests.sandbox.partner import CREDENTIALS, SNAP

ACCOUNT = "88899123456789012"


@pytest.fixture
def bank(partner):
    return SnapClient(f"http://jaring.test{SNAP}", CREDENTIALS, send=partner.send)


def test_it_gets_a_token_once_and_uses_it_until_it_expires(bank, partner):
    assert bank.token() == bank.token() == "token-1"
    assert len(partner.called("/access-token/b2b")) == 1


def test_it_gets_another_token_when_told_to_forget(bank, partner):
    bank.token()
    bank.forget_token()
    partner.token = "token-2"
    assert bank.token() == "token-2"


def test_an_inquiry_is_signed_and_names_the_account(bank, partner):
    answer = bank.inquiry(ACCOUNT)
    assert (answer.status, answer.code) == (200, "2002400")
    (asked,) = partner.called("/transfer-va/inquiry")
    assert asked["partnerServiceId"] == "   88899"
    assert asked["customerNo"] == "123456789012"
    assert asked["virtualAccountNo"] == "   88899123456789012"
    assert set(asked) >= {"inquiryRequestId", "channelCode", "trxDateInit"}


def test_padding_before_the_number_changes_nothing(bank, partner):
    bank.inquiry("   88899123456789012")
    assert partner.called("/transfer-va/inquiry")[0]["customerNo"] == "123456789012"


def test_a_payment_is_signed_and_says_how_much(bank, partner):
    answer = bank.payment(ACCOUNT, 33600, payment_request_id="7", trx_date_time="soon")
    assert answer.code == "2002500"
    (paid,) = partner.called("/transfer-va/payment")
    assert paid["paidAmount"] == paid["totalAmount"] == {"value": "33600.00", "currency": "IDR"}
    assert (paid["paymentRequestId"], paid["trxDateTime"]) == ("7", "soon")
    assert paid["flagAdvise"] == "N"
    assert paid["referenceNo"].isdigit()


def test_a_status_is_asked_by_payment(bank, partner):
    partner.answers["/transfer-va/status"] = (200, {"responseCode": "2002600"})
    assert bank.status(ACCOUNT, "7").code == "2002600"
    assert partner.called("/transfer-va/status")[0]["paymentRequestId"] == "7"


def test_every_call_has_an_external_id_of_its_own(bank, partner):
    bank.inquiry(ACCOUNT)
    bank.inquiry(ACCOUNT)
    first, second = (each["X-EXTERNAL-ID"] for each in partner.headers_of("/transfer-va/inquiry"))
    assert first != second
    assert first.isdigit()
    assert second.isdigit()


def test_fields_can_be_changed_and_are_signed_as_changed(bank, partner):
    answer = bank.payment(ACCOUNT, "1.50", fields={"referenceNo": None, "note": "lunas – é"})
    assert answer.code == "2002500"
    (paid,) = partner.called("/transfer-va/payment")
    assert "referenceNo" not in paid
    assert paid["note"] == "lunas – é"
    assert paid["paidAmount"]["value"] == "1.50"


def test_headers_can_be_changed_to_see_them_refused(bank, partner):
    assert bank.inquiry(ACCOUNT, headers={"X-SIGNATURE": "wrong"}).code == "4012400"
    bank.inquiry(ACCOUNT, external_id="5", headers={"CHANNEL-ID": None})
    sent = partner.headers_of("/transfer-va/inquiry")[1]
    assert sent["X-EXTERNAL-ID"] == "5"
    assert "CHANNEL-ID" not in sent


def test_it_tells_the_time_of_its_clock(partner):
    moved = Clock(timedelta(days=400))
    client = SnapClient(f"http://x{SNAP}", CREDENTIALS, send=partner.send, now=moved.now)
    client.inquiry(ACCOUNT)
    timestamp = partner.headers_of("/transfer-va/inquiry")[0]["X-TIMESTAMP"]
    assert timestamp[:10] == f"{moved.now():%Y-%m-%d}"
    assert timestamp.endswith("+07:00")


@pytest.mark.parametrize("answer", [(502, b"<html>"), (200, []), (200, b"")])
def test_an_answer_that_is_not_snap_is_no_answer(bank, partner, answer):
    partner.answers["/transfer-va/inquiry"] = answer
    with pytest.raises(NoAnswer) as raised:
        bank.inquiry(ACCOUNT)
    assert raised.value.status == answer[0]


def test_without_a_token_there_is_no_answer(bank, partner):
    partner.answers["/access-token/b2b"] = (401, {"responseCode": "4017300"})
    with pytest.raises(NoAnswer):
        bank.inquiry(ACCOUNT)


def test_its_secrets_are_never_shown():
    assert CREDENTIALS.client_secret not in repr(CREDENTIALS)
    assert "PRIVATE KEY" not in repr(CREDENTIALS)


def test_it_speaks_real_http(partner):
    jaring = Flask("jaring")

    @jaring.post("/snap/v1.0/<path:called>")
    def serve(called):
        status, headers, body = partner.send(
            request.method, request.path, request.headers, request.get_data()
        )
        return body, status, headers

    server = make_server("127.0.0.1", 0, jaring, threaded=True)
    serving = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    serving.start()
    try:
        client = SnapClient(f"http://127.0.0.1:{server.server_port}{SNAP}", CREDENTIALS)
        assert client.payment(ACCOUNT, 33600).code == "2002500"
    finally:
        server.shutdown()
        serving.join(5)
        server.server_close()
    with pytest.raises(NoAnswer):
        client.inquiry(ACCOUNT)
