import pytest

from models.timeline.staff.sources import STAFF_HAPPENINGS
from models.values.access import StaffRole
from models.values.ids import new_id
from schemas.staff_timeline import StaffTimelineDetailsSchema
from tests.api.joining import refusal
from tests.api.signing_in import bearer as signed_in
from tests.banks import Payer, flag, paid
from tests.fakes import NOON
from tests.officers import bearer
from tests.services.timeline.staff.reading import an_officer

REASON = {"reason": "payment_missing"}


@pytest.fixture
def payer(ports):
    return Payer.of(ports)


@pytest.fixture
def headers(ports):
    return bearer(ports, an_officer(ports), **{"Accept-Language": "en"})


def path(worker_id):
    return f"/v1/staff/workers/{worker_id}/timeline"


def read(client, headers, payer, **query):
    asked = {**REASON, **query}
    answer = client.get(path(payer.caller.worker_id), query_string=asked, headers=headers)
    assert answer.status_code == 200, answer.json
    return answer.json


def test_an_officer_reads_why_it_says_unpaid(client, ports, clock, payer):
    bill = payer.billed(1)
    clock.time = bill.expires_at
    clock.advance(minutes=1)
    call = paid(bill, clock.now())
    flag(ports, call)
    headers = bearer(ports, an_officer(ports), **{"Accept-Language": "en"})
    page = read(client, headers, payer, topic="money")
    refused, expired, made, _ = page["items"]
    assert refused == {
        "at": "2026-11-23T05:01:00Z",
        "kind": "payment_refused",
        "topic": "money",
        "text": "REFUSED: a bank (bank) told us that Rp8,400 was paid on 23 November 2026, 12:01 WIB "
        f"under {bill.virtual_account_no}, reference {call.reference_no}, but the invoice had "
        "expired on 23 November 2026, 12:00 WIB. The money is still with the bank; the worker asks "
        "it back there, by that reference.",
        "details": {
            "invoice_id": str(bill.id),
            "virtual_account_no": bill.virtual_account_no,
            "status": "expired",
            "bank": "bank",
            "service": "payment",
            "answer": "inactive",
            "snap_code": "4042519",
            "bank_external_id": call.external_id,
            "payment_request_id": call.payment_request_id,
            "bank_reference": call.reference_no,
            "amount": 8_400,
            "amount_told": "8400.00",
            "due": 8_400,
            "transacted_at": "2026-11-23T05:01:00Z",
            "paid_at": "2026-11-23T05:01:00Z",
            "expires_at": "2026-11-23T05:00:00Z",
            "closed_at": None,
        },
    }
    assert (expired["kind"], made["kind"]) == ("invoice_expired", "invoice_made")
    assert page["withheld"] == []


def test_pages_are_read_on(client, payer, headers):
    first = read(client, headers, payer, limit=2)
    rest = read(client, headers, payer, cursor=first["next_cursor"])
    assert len(first["items"]) == 2
    assert rest["next_cursor"] is None
    whole = read(client, headers, payer)["items"]
    own = [each for each in whole if each["kind"] != "staff_action"]
    assert [*first["items"], *rest["items"]] == own


def test_the_worker_reads_who_looked_and_why(client, ports, payer, headers):
    read(client, headers, payer)
    log = client.get("/v1/me/access-log", headers=signed_in(ports, payer.caller)).json["items"]
    assert log[0]["text"] == (
        "Petugas kami (layanan bantuan) melihat riwayat Anda. Alasan: mencari pembayaran yang belum "
        "tercatat."
    )


def test_a_reason_is_asked_for(client, payer, headers):
    for asked in ({}, {"reason": "own_request"}):
        answer = client.get(path(payer.caller.worker_id), query_string=asked, headers=headers)
        assert answer.status_code == 422
        assert answer.json["errors"][0]["parameter"] == "reason"


def test_nobody_else_s_id_is_told_from_one_that_is_not(client, headers):
    answer = client.get(path(new_id()), query_string=REASON, headers=headers)
    assert refusal(answer) == (404, "worker-not-found")


@pytest.mark.parametrize("role", [StaffRole.OFFICER, StaffRole.AUDITOR, StaffRole.ADMIN])
def test_other_roles_see_no_worker(client, ports, payer, role):
    headers = bearer(ports, an_officer(ports, role))
    answer = client.get(path(payer.caller.worker_id), query_string=REASON, headers=headers)
    assert refusal(answer) == (403, "role-not-allowed")


@pytest.mark.parametrize("happening", STAFF_HAPPENINGS, ids=lambda each: each.kind)
def test_every_detail_that_is_published_is_described(happening):
    schema = StaffTimelineDetailsSchema()
    described = {field.data_key or name for name, field in schema.fields.items()}
    assert set(happening.published) <= described


def test_an_instant_is_the_payer_s(client, ports, payer, headers):
    flag(ports, paid(payer.billed(1), NOON))
    [received] = [
        each for each in read(client, headers, payer)["items"] if each["kind"] == "payment_received"
    ]
    assert received["details"]["snap_code"] == "2002500"
