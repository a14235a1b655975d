"""Somebody pays at the counter."""

from __future__ import annotations

import csv
import threading

import pytest

from sandbox.faults import Faults
from tests.waiting import until, waits_in

ACCOUNT = "88899123456789012"


@pytest.fixture
def pay(world):
    def paying(**order):
        return world.post("/bank/payments", json={"virtual_account_no": ACCOUNT, **order})

    return paying


@pytest.fixture
def statement(world):
    def reading(day=None):
        answer = world.get("/bank/statement", query_string={"date": day} if day else {})
        assert answer.content_type == "text/csv; charset=utf-8"
        return list(csv.DictReader(answer.text.splitlines()))

    return reading


def test_the_bank_inquires_and_pays_what_is_due(pay, partner):
    answer = pay()
    assert answer.status_code == 200
    assert answer.json["inquiry"]["responseCode"] == "2002400"
    assert answer.json["payment"]["responseCode"] == "2002500"
    assert "repeats" not in answer.json
    (paid,) = partner.called("/transfer-va/payment")
    assert paid["paidAmount"]["value"] == "33600.00"


@pytest.mark.parametrize("amount", [10_000, "10000.00"])
def test_somebody_may_pay_another_amount(pay, partner, amount):
    pay(amount=amount)
    assert partner.called("/transfer-va/payment")[0]["paidAmount"]["value"] == "10000.00"


def test_what_is_refused_at_inquiry_is_not_paid(pay, partner, statement):
    partner.answers["/transfer-va/inquiry"] = (404, {"responseCode": "4042412"})
    assert pay().json == {"inquiry": {"responseCode": "4042412"}, "payment": None}
    assert partner.called("/transfer-va/payment") == []
    assert statement() == []


def test_an_amount_that_is_named_is_paid_even_if_the_inquiry_was_refused(pay, partner, statement):
    partner.answers["/transfer-va/inquiry"] = (404, {"responseCode": "4042414"})
    partner.answers["/transfer-va/payment"] = (404, {"responseCode": "4042514"})
    answer = pay(amount=33_600).json
    assert answer["inquiry"] == {"responseCode": "4042414"}
    assert answer["payment"] == {"responseCode": "4042514"}
    assert statement() == []


def test_a_bank_may_flag_without_having_inquired(pay, partner):
    answer = pay(skip_inquiry=True, amount=33_600).json
    assert answer["inquiry"] is None
    assert answer["payment"]["responseCode"] == "2002500"
    assert partner.called("/transfer-va/inquiry") == []


def test_ids_and_the_time_can_be_given_and_are_told(pay, partner):
    given = {
        "external_id": "41",
        "payment_request_id": "42",
        "reference_no": "43",
        "trx_date_time": "2026-11-22T23:59:59+07:00",
    }
    assert pay(**given).json["sent"] == given
    (paid,) = partner.called("/transfer-va/payment")
    assert partner.headers_of("/transfer-va/payment")[0]["X-EXTERNAL-ID"] == "41"
    assert paid["paymentRequestId"] == "42"
    assert paid["referenceNo"] == "43"
    assert paid["trxDateTime"] == "2026-11-22T23:59:59+07:00"


def test_one_payment_can_be_flagged_many_times_at_once(pay, partner, statement):
    answer = pay(repeat=10).json
    assert len(answer["repeats"]) == 9
    assert len(partner.called("/transfer-va/payment")) == 10
    assert len({paid["paymentRequestId"] for paid in partner.called("/transfer-va/payment")}) == 1
    assert len({h["X-EXTERNAL-ID"] for h in partner.headers_of("/transfer-va/payment")}) == 1
    assert len(statement()) == 1


def test_a_token_that_is_no_longer_accepted_is_replaced(pay, partner):
    pay()
    partner.token = "token-2"
    assert pay().json["payment"]["responseCode"] == "2002500"
    assert len(partner.called("/access-token/b2b")) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"virtual_account_no": None},
        {"virtual_account_no": 88899},
        {"virtual_account_no": "88899x"},
        {"virtual_account_no": "8" * 29},
        {"amount": -1},
        {"amount": 1.5},
        {"amount": True},
        {"amount": "many"},
        {"repeat": 0},
        {"repeat": 51},
        {"repeat": "2"},
        {"skip_inquiry": True},
        {"external_id": 7},
        {"payment_request_id": "\ud800"},
    ],
)
def test_an_order_that_cannot_be_carried_out_is_refused(pay, partner, wrong):
    answer = pay(**wrong)
    assert answer.status_code == 422
    assert set(answer.json) == {"error"}
    assert partner.calls == []


def test_the_statement_lists_what_was_paid_on_a_day(pay, statement):
    pay(payment_request_id="42", reference_no="43", trx_date_time="2026-11-22T23:59:59+07:00")
    pay(trx_date_time="2026-11-23T00:00:00+07:00")
    assert statement("2026-11-22") == [
        {
            "date": "2026-11-22",
            "reference_no": "43",
            "payment_request_id": "42",
            "virtual_account_no": ACCOUNT,
            "amount": "33600.00",
        }
    ]


def test_the_statement_is_todays_unless_a_day_is_named(pay, statement, world):
    pay()
    assert len(statement()) == 1
    assert world.get("/bank/statement?date=yesterday").status_code == 422


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ((200, {"responseCode": "2002500"}), True),
        (
            (404, {"responseCode": "4042518", "virtualAccountData": {"paymentFlagStatus": "00"}}),
            True,
        ),
        (
            (404, {"responseCode": "4042518", "virtualAccountData": {"paymentFlagStatus": "01"}}),
            False,
        ),
        ((404, {"responseCode": "4042514"}), False),
        ((409, {"responseCode": "4092500"}), False),
        ((500, {"responseCode": "5002500"}), True),
        ((502, b"<html>"), True),
        (None, True),
    ],
)
def test_the_bank_keeps_the_money_unless_it_was_refused(pay, partner, statement, answer, kept):
    partner.answers["/transfer-va/payment"] = answer
    pay()
    assert bool(statement()) is kept


def test_when_jaring_is_silent_the_bank_says_what_it_sent(pay, partner):
    partner.answers["/transfer-va/payment"] = None
    answer = pay(payment_request_id="42")
    assert answer.status_code == 502
    assert answer.json["sent"]["payment_request_id"] == "42"


def test_when_jaring_has_no_answer_to_the_inquiry_nothing_is_paid(pay, partner, statement):
    partner.answers["/transfer-va/inquiry"] = None
    assert pay().status_code == 502
    assert statement() == []


@pytest.mark.parametrize(("mode", "status"), [("down", 503), ("quota", 429)])
def test_a_closed_bank_takes_no_money(pay, partner, trouble, mode, status):
    trouble("bank", mode)
    assert pay().status_code == status
    assert partner.calls == []


def test_a_broken_bank_signs_wrongly(pay, trouble):
    trouble("bank", "garbage")
    answer = pay(skip_inquiry=True, amount=1).json
    assert answer["payment"]["responseCode"] == "4012400"
    assert pay().json == {"inquiry": {"responseCode": "4012400"}, "payment": None}


def test_a_slow_bank_waits_between_inquiry_and_payment(pay, partner, trouble):
    trouble("bank", "slow")
    answers = []
    paying = threading.Thread(target=lambda: answers.append(pay()))
    paying.start()
    until(lambda: waits_in(paying, Faults.linger))
    assert len(partner.called("/transfer-va/inquiry")) == 1
    assert partner.called("/transfer-va/payment") == []
    trouble("bank", "ok")
    paying.join(30)
    assert answers[0].json["payment"]["responseCode"] == "2002500"
    assert len(partner.called("/transfer-va/payment")) == 1
