"""What a bank is told of bills and payments."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sandbox.clock import written
from services import invoices
from tests.api.snap.calls import SERVICES, ask
from tests.banks import BANK, Payer
from tests.fakes import NOON


def test_an_inquiry_shows_the_bill(bank, number):
    answer = bank.inquiry(number, fields={"inquiryRequestId": "I1"})
    assert (answer.status, answer.code) == (200, "2002400")
    assert answer.data["virtualAccountName"] == "S*** A***"
    assert answer.data["totalAmount"] == {"value": "33600.00", "currency": "IDR"}
    assert [each["billAmount"]["value"] for each in answer.data["billDetails"]] == [
        "8400.00",
        "8400.00",
        "16800.00",
    ]
    assert answer.data["freeTexts"][0].keys() == {"english", "indonesia"}
    assert answer.data["inquiryStatus"] == "00"
    assert answer.data["inquiryReason"] == {"english": "Success", "indonesia": "Sukses"}
    assert answer.data["inquiryRequestId"] == "I1"


def test_ids_are_echoed_exactly_as_received(bank, number):
    service, customer = BANK.partner_service_id, number.removeprefix(BANK.partner_service_id)
    for padded in (service, service.rjust(8)):
        ids = {
            "partnerServiceId": padded,
            "customerNo": customer,
            "virtualAccountNo": padded + customer,
        }
        answer = bank.inquiry(number, fields=ids)
        assert {name: answer.data[name] for name in ids} == ids


def test_a_payment_is_flagged(bank, number):
    answer = bank.payment(
        number,
        "33600",
        payment_request_id="P 1",
        reference_no="R1",
        trx_date_time="2026-11-22T05:00:00Z",
    )
    assert (answer.status, answer.code) == (200, "2002500")
    expected = {
        "virtualAccountName": "S*** A***",
        "paymentRequestId": "P 1",
        "paidAmount": {"value": "33600.00", "currency": "IDR"},
        "totalAmount": {"value": "33600.00", "currency": "IDR"},
        "trxDateTime": "2026-11-22T12:00:00+07:00",
        "referenceNo": "R1",
        "flagAdvise": "N",
        "paymentFlagStatus": "00",
        "paymentFlagReason": {"english": "Success", "indonesia": "Sukses"},
    }
    assert expected.items() <= answer.data.items()


def test_only_what_is_needed_must_be_said(bank, number):
    spare = dict.fromkeys(("channelCode", "totalAmount", "flagAdvise"))
    assert bank.payment(number, 33_600, fields=spare).code == "2002500"


@pytest.mark.parametrize("empty", ["", {}, {"value": "", "currency": "IDR"}])
def test_an_amount_that_need_not_be_said_may_be_empty(bank, number, empty):
    assert bank.payment(number, 33_600, fields={"totalAmount": empty}).code == "2002500"


def test_what_we_do_not_know_is_left_alone(bank, number):
    more = {"additionalInfo": {"deep": [1]}, "subCompany": "", "flagAdvise": "", "language": None}
    assert bank.payment(number, 33_600, fields=more).code == "2002500"


def test_a_repeat_carries_the_first_result(bank, number):
    ids = {"external_id": "1", "payment_request_id": "P1"}
    first = bank.payment(number, 33_600, reference_no="R1", **ids)
    again = bank.payment(number, 33_600, reference_no="R2", **ids)
    assert (again.status, again.code) == (404, "4042518")
    assert again.data == first.data
    advised = bank.payment(number, 33_600, payment_request_id="P1", fields={"flagAdvise": "Y"})
    assert advised.code == "2002500"
    assert advised.data == first.data | {"flagAdvise": "Y"}


def test_a_payment_told_of_another_bill_does_not_say_that_one_is_paid(bank, ports, number):
    bank.payment(number, 33_600, payment_request_id="P1")
    theirs = Payer.of(ports).billed(3).virtual_account_no
    answer = bank.payment(theirs, 33_600, payment_request_id="P1")
    assert (answer.status, answer.code) == (404, "4042518")
    assert answer.data["virtualAccountNo"].strip() == theirs
    assert answer.data["paymentFlagStatus"] == "01"
    assert "virtualAccountName" not in answer.data
    assert bank.inquiry(theirs).code == "2002400"


def test_status_tells_what_became_of_a_payment(bank, number):
    bank.payment(number, 33_600, payment_request_id="P1", reference_no="R1")
    answer = bank.status(number, "P1")
    assert answer.code == "2002600"
    assert (answer.data["paymentFlagStatus"], answer.data["referenceNo"]) == ("00", "R1")
    bank.payment(number, 1, payment_request_id="P2")
    assert bank.status(number, "P2").data["paymentFlagStatus"] == "01"
    unknown = bank.status(number, "P3")
    assert (unknown.code, unknown.data["paymentFlagStatus"]) == ("4042612", "01")


@pytest.mark.parametrize("service", ["inquiry", "payment", "status"])
def test_an_unknown_bill_is_12(bank, service, number):
    answer = ask(bank, service, number[:-1] + str((int(number[-1]) + 1) % 10))
    assert (answer.status, answer.code) == (404, f"404{SERVICES[service]}12")


def test_another_amount_is_13(bank, number):
    for amount in (33_599, "33600.01", "0"):
        answer = bank.payment(number, amount)
        assert (answer.code, answer.data["paymentFlagStatus"]) == ("4042513", "01")


def test_a_paid_bill_is_14(bank, number):
    bank.payment(number, 33_600)
    assert bank.payment(number, 33_600).code == "4042514"
    answer = bank.inquiry(number)
    assert (answer.code, answer.data["inquiryStatus"]) == ("4042414", "01")
    assert "virtualAccountName" not in answer.data


def test_a_cancelled_bill_is_19(bank, ports, payer, bill, number):
    invoices.cancel(ports, payer.caller, bill.id)
    assert bank.inquiry(number).code == "4042419"
    assert bank.payment(number, 33_600).code == "4042519"


def test_an_expired_bill_is_19(bank, clock, bill, number):
    clock.time = bill.expires_at + timedelta(seconds=1)
    assert bank.inquiry(number).code == "4042419"
    assert bank.payment(number, 33_600).code == "4042519"
    assert bank.payment(number, 33_600, trx_date_time=written(NOON)).code == "2002500"


def test_a_used_external_id_is_a_conflict(bank, number):
    bank.inquiry(number, external_id="7")
    for service, digits in SERVICES.items():
        answer = ask(bank, service, number, external_id="7")
        assert (answer.status, answer.code) == (409, f"409{digits}00")
        assert answer.body.keys() == {"responseCode", "responseMessage"}


def test_a_fault_of_ours_is_500_and_not_remembered(bank, web, ports, number):
    class Broken:
        def begin(self):
            raise ZeroDivisionError

    bank.token()
    extensions = web.application.extensions
    extensions["ports"] = replace(ports, transactions=Broken())
    answer = bank.payment(number, 33_600, external_id="7", payment_request_id="P1")
    assert (answer.status, answer.code) == (500, "5002500")
    extensions["ports"] = ports
    assert bank.payment(number, 33_600, external_id="7", payment_request_id="P1").code == "2002500"
