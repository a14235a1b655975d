"""Staff open a worker's record over HTTP."""

import pytest

from models.audit_pace import REVEALS, VIEWS
from models.values.access import StaffRole
from models.values.ids import new_id
from models.values.plan import Plan
from models.values.staff_fields import revealable_by_anybody
from schemas.staff_record import RevealedFieldsSchema
from services import billing, plan_choice
from services.once import Once
from tests.api.joining import FORM, NIK, bearing, faults, join, refusal
from tests.officers import bearer, officer
from tests.payers import add_worker, pay
from tests.ties import add_partner, tie

UNREAD = [
    ("GET", "", {}),
    ("POST", "/reveal", {"fields": ["phone"]}),
]


def path(worker_id, below=""):
    return f"/v1/staff/workers/{worker_id}{below}"


@pytest.fixture
def headers(ports, session):
    return bearer(ports, officer(ports, session))


@pytest.fixture
def reviewer(ports, session):
    return bearer(ports, officer(ports, session, StaffRole.REVIEWER))


@pytest.fixture
def show(client, headers):
    def show(worker_id, reason="caller_asks", **query):
        answer = client.get(
            path(worker_id), query_string={"reason": reason, **query}, headers=headers
        )
        assert answer.headers["Cache-Control"] == "no-store"
        return answer

    return show


@pytest.fixture
def reveal(client, headers):
    def reveal(worker_id, *fields, sent_with=headers, reason="caller_asks", **body):
        said = {"fields": list(fields), "reason": reason, **body}
        answer = client.post(path(worker_id, "/reveal"), json=said, headers=sent_with)
        assert answer.headers["Cache-Control"] == "no-store"
        return answer

    return reveal


@pytest.fixture
def joined(client, ports):
    return join(client, ports)


@pytest.fixture
def worker_id(joined):
    return joined["worker"]["id"]


def test_the_record_has_what_an_officer_needs_and_no_number_in_clear(ports, show):
    caller = add_worker(ports)
    plan_choice.choose(ports, caller, Plan.BASIC)
    pay(ports, billing.issue(ports, caller, 1, Once()))
    tie(ports, add_partner(ports), caller, "OK-1")
    bill = billing.issue(ports, caller, 1, Once())
    answer = show(caller.worker_id)
    record = answer.json
    assert record["standing"] == "registered"
    assert record["cover"]["status"] == "active"
    assert record["cover"]["explanation"].startswith("Anda terlindungi sampai 30 November 2026")
    assert record["open_invoice"]["id"] == str(bill.id)
    assert record["partner_links"][0]["name"] == "Ojek Kita"
    assert record["next_step"] == "wait_for_payment"
    assert record["messages"] == dict.fromkeys(("state", "sent_at", "delivered_at", "failed_at"))
    assert record["open_cases"] == []
    for secret in (
        "81234567890",
        "3171034507",
        bill.virtual_account_no,
        "Ratna",
        "Kenanga",
        "900000",
    ):
        assert secret not in answer.text


def test_what_is_not_needed_for_the_reason_is_left_out_and_named(show, worker_id):
    record = show(worker_id, "phone_change").json
    assert {"arrears", "credit", "open_invoice", "plan", "occupations"} <= set(record["withheld"])
    assert not set(record["withheld"]) & set(record)
    assert record["revealable"] == []
    assert {"full_name", "phone_masked", "cover"} <= set(record)


def test_what_may_be_revealed_is_named_and_given(show, reveal, worker_id):
    for reason in ("caller_asks", "payment_missing", "identity_case"):
        revealable = show(worker_id, reason).json["revealable"]
        told = reveal(worker_id, *revealable, reason=reason)
        assert set(told.json["fields"]) == set(revealable)


def test_fields_in_clear(reveal, worker_id):
    assert reveal(worker_id, "phone", "address", "monthly_income").json == {
        "worker_id": worker_id,
        "fields": {
            "phone": "+6281234567890",
            "address": FORM["address"],
            "monthly_income": FORM["monthly_income"],
        },
    }


def test_a_reviewer_of_an_identity_case_sees_the_mothers_name(reveal, reviewer, worker_id):
    fields = ("nik", "birth_date", "mother_maiden_name")
    told = reveal(worker_id, *fields, sent_with=reviewer, reason="identity_case")
    assert told.json["fields"] == {
        "nik": NIK,
        "birth_date": "1993-07-05",
        "mother_maiden_name": FORM["mother_maiden_name"],
    }


def test_support_never_does_and_is_told_whom_to_ask(reveal, worker_id):
    answer = reveal(worker_id, "phone", "mother_maiden_name")
    assert refusal(answer) == (403, "field-not-revealed")
    assert "pemeriksa" in answer.json["detail"]


def test_a_field_for_another_reason_is_named(reveal, worker_id):
    assert faults(reveal(worker_id, "phone", "nik")) == {"/fields/1": "not-for-this-reason"}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"fields": []}, "/fields"),
        ({"fields": ["arrears"]}, "/fields/0"),
        ({"fields": ["phone"] * 30}, "/fields"),
        ({"fields": "phone"}, "/fields"),
        ({"note": f"NIK {NIK}"}, "/note"),
        ({"reason": "sharing"}, "/reason"),
    ],
)
def test_what_cannot_be_asked_for(reveal, worker_id, body, pointer):
    said = {"fields": ["phone"], **body}
    fields = said.pop("fields")
    answer = reveal(
        worker_id, reason=said.pop("reason", "caller_asks"), **{"fields": fields, **said}
    )
    assert pointer in faults(answer)


@pytest.mark.parametrize(
    "query", [{}, {"reason": "sharing"}, {"reason": "other", "note": "Ibunya menelepon."}]
)
def test_a_record_is_opened_for_a_reason(client, headers, worker_id, query):
    answer = client.get(path(worker_id), query_string=query, headers=headers)
    assert answer.status_code == 422


def test_nobody_under_this_id(show, reveal):
    assert refusal(show(new_id())) == (404, "worker-not-found")
    assert refusal(reveal(new_id(), "phone")) == (404, "worker-not-found")


def test_the_worker_sees_that_the_record_was_opened_and_each_field(
    client, show, reveal, joined, worker_id, clock
):
    show(worker_id)
    clock.advance(seconds=1)
    reveal(worker_id, "phone", "registration_number")
    told = bearing(joined["access_token"], Accept_Language="en")
    revealed, opened = client.get("/v1/me/access-log", headers=told).json["items"]
    assert opened["seen"] == ["record"]
    assert revealed["seen"] == ["phone", "registration_number"]
    assert "saw the phone number and the registration number" in revealed["text"]


def test_records_are_opened_at_the_pace_of_calls(show, worker_id):
    for _ in range(VIEWS.value[0][0]):
        show(worker_id)
    answer = show(worker_id)
    assert refusal(answer) == (429, "too-many-views")
    assert answer.headers["Retry-After"] == "60"


def test_fields_are_revealed_at_a_slower_one(reveal, worker_id):
    for _ in range(REVEALS.value[0][0]):
        reveal(worker_id, "phone")
    assert refusal(reveal(worker_id, "phone")) == (429, "too-many-reveals")


@pytest.mark.parametrize(("method", "below", "body"), UNREAD)
@pytest.mark.parametrize("role", [StaffRole.OFFICER, StaffRole.AUDITOR, StaffRole.ADMIN])
def test_other_roles_see_nobody(client, ports, session, worker_id, role, method, below, body):
    headers = bearer(ports, officer(ports, session, role))
    told = {"query_string": {"reason": "other"}} if method == "GET" else {}
    sent = {"json": {"reason": "other", **body}} if method == "POST" else {}
    answer = client.open(path(worker_id, below), method=method, headers=headers, **told, **sent)
    assert refusal(answer) == (403, "role-not-allowed")


@pytest.mark.parametrize(("method", "below", "body"), UNREAD)
def test_a_worker_opens_no_record_not_even_their_own(
    client, joined, worker_id, method, below, body
):
    headers = bearing(joined["access_token"])
    sent = {"json": body} if method == "POST" else {}
    answer = client.open(path(worker_id, below), method=method, headers=headers, **sent)
    assert refusal(answer) == (403, "wrong-kind-of-caller")


def test_the_answer_has_a_place_for_every_field_that_may_be_revealed():
    named = {each.value for each in revealable_by_anybody()}
    assert set(RevealedFieldsSchema().fields) == named
