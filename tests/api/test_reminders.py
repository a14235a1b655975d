"""The code in a message takes its worker to what there is to pay, and nobody else anywhere."""

import re

import pytest

from models.values.identity import IdentityStatus
from models.values.phone import PhoneNumber
from models.values.plan import Plan
from models.worker import select_worker_to_change
from services import billing, coverage, invoices, plan_choice
from services.once import Once
from services.reminders import remind
from tests.api.signing_in import bearer
from tests.models.paying import wib
from tests.payers import add_worker, pay, pay_twice

PHONE = PhoneNumber("+6281234567890")
CODE = re.compile(r"[0-9B-DF-HJ-NP-TV-Z]{4}-[0-9B-DF-HJ-NP-TV-Z]{4}")


@pytest.fixture
def worker(ports):
    worker = add_worker(ports, reminded=True, phone=PHONE)
    plan_choice.choose(ports, worker, Plan.BASIC)
    settle(ports, worker, 2)
    return worker


def settle(ports, worker, months):
    pay(ports, billing.issue(ports, worker, months, Once()))


def code_sent(ports, clock, instant):
    clock.time = instant
    remind(ports)
    ports.jobs.work(ports)
    _, words, _ = list(ports.messages.sent.values())[-1]
    return CODE.search(words).group()


@pytest.fixture
def code(ports, clock, worker):
    return code_sent(ports, clock, wib(2026, 12, 24, 9))


def ask(client, ports, worker, code, **headers):
    path = f"/v1/me/reminders/{code}/invoice"
    return client.post(path, headers=bearer(ports, worker, **headers))


def months(answer):
    return [each["month"] for each in answer.json["months"]]


def refusal(answer):
    return answer.status_code, answer.json["code"]


def test_while_cover_lasts_it_bills_the_next_month(client, ports, worker, code):
    answer = ask(client, ports, worker, code)
    assert (answer.status_code, answer.json["status"]) == (200, "open")
    assert months(answer) == ["2027-01"]
    assert answer.headers["Location"] == f"/v1/me/invoices/{answer.json['id']}"


@pytest.mark.parametrize(
    ("instant", "billed"),
    [
        (wib(2027, 1, 30, 9), ["2027-01"]),
        (wib(2027, 3, 1, 9), ["2027-01", "2027-02", "2027-03"]),
        (wib(2027, 3, 21, 9), ["2027-01", "2027-02", "2027-03"]),
    ],
)
def test_in_grace_it_bills_all_arrears_at_the_price_told(
    client, ports, clock, worker, instant, billed
):
    answer = ask(client, ports, worker, code_sent(ports, clock, instant))
    assert months(answer) == billed
    assert answer.json["amount"] == coverage.show(ports, worker).arrears.amount.amount


def test_it_goes_by_what_is_due_by_now(client, ports, clock, worker, code):
    clock.time = wib(2027, 2, 3, 9)
    assert months(ask(client, ports, worker, code)) == ["2027-01", "2027-02"]


def test_after_a_lapse_it_bills_the_current_month(client, ports, clock, worker, code):
    clock.time = wib(2027, 6, 3, 9)
    assert months(ask(client, ports, worker, code)) == ["2027-06"]


def test_the_invoice_that_is_open_is_the_one(client, ports, worker, code):
    open_invoice = billing.issue(ports, worker, 6, Once())
    for _ in range(2):
        assert ask(client, ports, worker, code).json["id"] == str(open_invoice.id)


def test_again_it_is_the_same_invoice_until_that_expires(client, ports, clock, worker, code):
    first, again = (ask(client, ports, worker, code).json["id"] for _ in range(2))
    clock.advance(hours=25)
    later = ask(client, ports, worker, code).json
    assert first == again != later["id"]


def test_with_its_key_the_first_answer_is_given_again(client, ports, worker, code):
    first, again = (ask(client, ports, worker, code, **{"Idempotency-Key": "k"}) for _ in range(2))
    assert (again.status_code, again.json) == (200, first.json)
    assert again.headers["Idempotency-Replayed"] == "true"


@pytest.mark.parametrize("written", [str.lower, lambda code: code.replace("-", " ")])
def test_it_may_be_typed_as_people_type(client, ports, worker, code, written):
    assert ask(client, ports, worker, written(code)).status_code == 200


def test_the_sms_that_follows_up_has_the_same_code(client, ports, clock, worker):
    ports.messages.refused.add(PHONE)
    code = code_sent(ports, clock, wib(2026, 12, 24, 9))
    assert ask(client, ports, worker, code).status_code == 200


def test_it_opens_nothing_for_another_worker(client, ports, worker, code):
    stranger = add_worker(ports)
    plan_choice.choose(ports, stranger, Plan.BASIC)
    assert refusal(ask(client, ports, stranger, code)) == (404, "reminder-not-found")


@pytest.mark.parametrize(
    "code", ["7KQ4-XM2P", "7KQ4", "AAAA-AAAA", "0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42", "%C3%9F" * 8]
)
def test_a_code_that_was_never_sent_is_not_there(client, ports, worker, code):
    assert refusal(ask(client, ports, worker, code)) == (404, "reminder-not-found")


def test_without_a_session_it_opens_nothing(client, code):
    answer = client.post(f"/v1/me/reminders/{code}/invoice")
    assert refusal(answer) == (401, "not-signed-in")


def test_nothing_is_due_once_it_is_paid(client, ports, worker, code):
    settle(ports, worker, 1)
    answer = ask(client, ports, worker, code, **{"Accept-Language": "en"})
    assert refusal(answer) == (409, "nothing-due")
    assert "without a code" in answer.json["detail"]


def test_an_old_code_bills_arrears_of_later(client, ports, clock, worker, code):
    settle(ports, worker, 1)
    clock.time = wib(2027, 2, 3, 9)
    assert months(ask(client, ports, worker, code)) == ["2027-02"]


def test_credit_is_used_and_may_be_enough(client, ports, clock):
    worker = add_worker(ports, reminded=True, phone=PHONE)
    plan_choice.choose(ports, worker, Plan.BASIC)
    pay_twice(ports, clock, worker)
    code = code_sent(ports, clock, wib(2026, 11, 29, 9))
    answer = ask(client, ports, worker, code)
    assert (answer.json["amount"], answer.json["credit_used"]) == (0, 8_400)
    assert answer.json["status"] == "paid"


@pytest.mark.parametrize(
    ("identity", "refused"),
    [
        (IdentityStatus.IN_REVIEW, "identity-in-review"),
        (IdentityStatus.REFUSED, "identity-refused"),
    ],
)
def test_no_money_is_asked_of_who_is_not_verified(client, ports, worker, code, identity, refused):
    with ports.transactions.begin() as session:
        row = session.scalars(select_worker_to_change(worker.worker_id)).one()
        row.identity_status = identity
    assert refusal(ask(client, ports, worker, code)) == (409, refused)


def test_without_a_required_consent_there_is_no_invoice(client, ports, worker, code):
    headers = bearer(ports, worker)
    client.post("/v1/me/consents/terms/withdrawal", headers=headers)
    assert refusal(ask(client, ports, worker, code)) == (409, "consent-missing")


def test_the_invoice_is_on_the_list_like_any_other(client, ports, worker, code):
    made = ask(client, ports, worker, code).json
    assert str(invoices.show(ports, worker, made["id"]).id) == made["id"]
