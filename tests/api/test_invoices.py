from uuid import uuid4

import pytest

from models.values.identity import IdentityStatus
from models.values.plan import Plan
from services import plan_choice
from services.invoices import show
from tests.api.signing_in import bearer
from tests.payers import add_worker, pay
from tests.printed import printed

PATH = "/v1/me/invoices"
PDF = "application/pdf"


@pytest.fixture
def worker(ports):
    worker = add_worker(ports)
    plan_choice.choose(ports, worker, Plan.BASIC)
    return worker


def ask(client, ports, worker, months=1, **headers):
    return client.post(PATH, json={"months": months}, headers=bearer(ports, worker, **headers))


def settle(ports, worker, invoice):
    pay(ports, show(ports, worker, invoice["id"]))


def test_an_invoice_says_what_to_pay_and_until_when(client, ports, worker):
    response = ask(client, ports, worker, 3)
    assert response.status_code == 201
    invoice = response.json
    assert invoice["virtual_account_no"].startswith(ports.virtual_account_prefix)
    assert len(invoice["virtual_account_no"]) == 18
    assert (invoice["amount"], invoice["credit_used"], invoice["status"]) == (33_600, 0, "open")
    assert invoice["months"][0]["lines"][0]["rule"] == "pp50-2025-other"
    assert invoice["protected_until"] == "2027-01-31"
    assert (invoice["expires_at"], invoice["expires_in"]) == ("2026-11-23T05:00:00Z", 86_400)


def test_a_request_sent_again_with_its_key_gets_the_same_invoice(client, ports, worker):
    key = {"Idempotency-Key": "k-1"}
    first, again = (ask(client, ports, worker, 3, **key) for _ in range(2))
    assert (again.status_code, again.json) == (201, first.json)
    assert again.headers["Idempotency-Replayed"] == "true"
    other = ask(client, ports, worker, 6, **key)
    assert (other.status_code, other.json["code"]) == (422, "idempotency-key-reused")


def test_a_second_invoice_is_refused_by_naming_the_first(client, ports, worker):
    first = ask(client, ports, worker).json
    response = ask(client, ports, worker)
    assert (response.status_code, response.json["code"]) == (409, "invoice-open")
    assert response.json["invoice_id"] == first["id"]


@pytest.mark.parametrize(
    ("identity", "code"),
    [
        (IdentityStatus.PENDING, "identity-pending"),
        (IdentityStatus.NEEDS_CORRECTION, "identity-needs-correction"),
        (IdentityStatus.IN_REVIEW, "identity-in-review"),
        (IdentityStatus.REFUSED, "identity-refused"),
    ],
)
def test_a_refusal_says_where_the_identity_stands(client, ports, identity, code):
    response = ask(client, ports, add_worker(ports, identity=identity))
    assert (response.status_code, response.json["code"]) == (409, code)


def test_a_refusal_says_that_no_plan_was_chosen(client, ports):
    assert ask(client, ports, add_worker(ports)).json["code"] == "plan-missing"


def test_a_refusal_says_that_a_consent_is_missing(client, ports):
    worker = add_worker(ports, consenting=False)
    assert ask(client, ports, worker).json["code"] == "consent-missing"


def test_a_refusal_says_how_far_ahead_one_can_pay(client, ports, worker):
    settle(ports, worker, ask(client, ports, worker, 12).json)
    response = ask(client, ports, worker, 2, **{"Accept-Language": "en"})
    assert (response.status_code, response.json["code"]) == (409, "too-far-ahead")
    assert "November 2027" in response.json["detail"]


@pytest.mark.parametrize("months", [0, 4, 13, -1, 1.0, "3", True, None])
def test_only_the_periods_on_offer_can_be_asked_for(client, ports, worker, months):
    response = ask(client, ports, worker, months)
    assert response.status_code == 422
    assert [each["pointer"] for each in response.json["errors"]] == ["/months"]


def test_invoices_are_read_a_page_at_a_time(client, ports, worker, clock):
    made = []
    for _ in range(3):
        made.insert(0, ask(client, ports, worker).json["id"])
        client.post(f"{PATH}/{made[0]}/cancel", headers=bearer(ports, worker))
        clock.advance(minutes=1)
    headers = bearer(ports, worker)
    first = client.get(f"{PATH}?limit=2", headers=headers).json
    query = {"limit": 2, "cursor": first["next_cursor"]}
    second = client.get(PATH, query_string=query, headers=headers).json
    assert [item["id"] for item in first["items"] + second["items"]] == made
    assert second["next_cursor"] is None


def test_an_invoice_can_be_called_off_once(client, ports, worker):
    invoice = ask(client, ports, worker).json
    path = f"{PATH}/{invoice['id']}/cancel"
    cancelled = client.post(path, headers=bearer(ports, worker))
    assert (cancelled.status_code, cancelled.json["status"]) == (200, "cancelled")
    again = client.post(path, headers=bearer(ports, worker))
    assert (again.status_code, again.json["code"]) == (409, "invoice-not-open")


def test_a_paid_invoice_has_a_receipt(client, ports, worker):
    invoice = ask(client, ports, worker, 3).json
    path, headers = f"{PATH}/{invoice['id']}", bearer(ports, worker)
    unpaid = client.get(f"{path}/receipt", headers=headers)
    assert (unpaid.status_code, unpaid.json["code"]) == (409, "invoice-not-paid")
    settle(ports, worker, invoice)
    paid = client.get(path, headers=headers).json
    assert (paid["status"], paid["protected_until"]) == ("paid", "2027-01-31")
    receipt = client.get(f"{path}/receipt", headers=headers).json
    assert (receipt["amount"], receipt["bank_reference"]) == (33_600, "2026112200001234")
    assert receipt["nik_masked"][:14] == "*" * 14
    assert receipt["months"] == invoice["months"]


@pytest.fixture
def receipt(client, ports, worker):
    """Ask for the receipt of a paid invoice."""
    invoice = ask(client, ports, worker, 3).json
    settle(ports, worker, invoice)

    def asked(**headers):
        return client.get(
            f"{PATH}/{invoice['id']}/receipt", headers=bearer(ports, worker, **headers)
        )

    return asked


def test_a_receipt_is_a_pdf_for_whoever_asks_for_one(receipt):
    answer = receipt(Accept=PDF)
    assert (answer.status_code, answer.content_type, answer.data[:5]) == (200, PDF, b"%PDF-")
    shown = 'inline; filename="bukti-pembayaran-2026-11-22.pdf"'
    assert answer.headers["Content-Disposition"] == shown
    assert {"Accept", "Accept-Language"} <= set(answer.headers["Vary"].split(", "))
    assert answer.headers["Cache-Control"] == "no-store"
    assert receipt(Accept=PDF).data == answer.data


def test_a_printed_receipt_tells_what_json_does_in_the_caller_s_language(receipt):
    told = receipt().json
    pages = receipt(Accept=PDF, **{"Accept-Language": "en"})
    text = [piece.text for piece in printed(pages.data)]
    assert pages.headers["Content-Language"] == "en"
    assert 'filename="receipt-2026-11-22.pdf"' in pages.headers["Content-Disposition"]
    assert {"Receipt", "PAID", "Rp33,600", "31 January 2027"} <= set(text)
    for name in ("full_name", "nik_masked", "member_number", "registration_number"):
        assert told[name] in text
    for name in ("virtual_account_no", "bank_reference", "invoice_id"):
        assert told[name] in text


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("application/json;q=0.5, application/pdf", PDF),
        ("text/html, application/pdf;q=0.9, */*;q=0.8", PDF),
        ("text/html, */*;q=0.8", "application/json"),
    ],
)
def test_a_receipt_is_json_unless_a_pdf_is_liked_better(receipt, accept, media_type):
    answer = receipt(Accept=accept)
    assert (answer.status_code, answer.content_type) == (200, media_type)


def test_a_receipt_has_no_other_form(receipt):
    answer = receipt(Accept="text/html")
    assert (answer.status_code, answer.json["code"]) == (406, "not-acceptable")


def test_whoever_asks_for_a_pdf_is_still_refused_in_json(client, ports, worker):
    unpaid = ask(client, ports, worker).json["id"]
    for wanted, code in ((unpaid, "invoice-not-paid"), (uuid4(), "invoice-not-found")):
        headers = bearer(ports, worker, Accept=PDF)
        answer = client.get(f"{PATH}/{wanted}/receipt", headers=headers)
        assert answer.content_type == "application/problem+json"
        assert answer.json["code"] == code


def test_what_is_not_there_and_what_is_another_s_look_the_same(client, ports, worker):
    invoice, stranger = ask(client, ports, worker).json, add_worker(ports)
    headers = bearer(ports, stranger)
    for wanted in (invoice["id"], uuid4()):
        answers = [
            client.get(f"{PATH}/{wanted}", headers=headers),
            client.get(f"{PATH}/{wanted}/receipt", headers=headers),
            client.post(f"{PATH}/{wanted}/cancel", headers=headers),
        ]
        assert {(each.status_code, each.json["code"]) for each in answers} == {
            (404, "invoice-not-found")
        }
