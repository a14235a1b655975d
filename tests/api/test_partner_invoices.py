"""Collective invoices over HTTP, and that they are nobody's but the partner's."""

import pytest

from models.enrolment import EndedBy, end_ties_of, forget_what_was_sent_of
from models.values.ids import new_id
from models.values.scope import Scope
from tests.api.joining import faults
from tests.banks import with_banks
from tests.fleets import Fleet
from tests.partners import bearer

PATH = "/v1/partner/invoices"


@pytest.fixture
def ports(ports):
    return with_banks(ports)


@pytest.fixture
def fleet(ports):
    return Fleet.of(ports, 3)


@pytest.fixture
def headers(ports, fleet):
    return bearer(ports, fleet.partner)


def made(client, headers, **body):
    asked = {"month": "2026-11", "all": True} | body
    return client.post(PATH, json=asked, headers=headers)


def test_an_invoice_as_it_is_answered(client, headers):
    body = {"all": False, "external_ids": ["D-1", "D-9"]}
    answer = made(client, headers, **body)
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"{PATH}/{answer.json['id']}"
    assert answer.json == {
        "id": answer.json["id"],
        "virtual_account_no": answer.json["virtual_account_no"],
        "month": "2026-11",
        "status": "open",
        "lines": 1,
        "left_out_count": 1,
        "left_out": [{"external_id": "D-9", "code": "not-payable-now"}],
        "more": False,
        "amount": 8_400,
        "credit_used": 0,
        "credited": 0,
        "rates_version": "2025-12",
        "bank_reference": None,
        "created_at": "2026-11-22T05:00:00Z",
        "expires_at": "2026-11-23T05:00:00Z",
        "expires_in": 86_400,
        "paid_at": None,
        "posted_at": None,
    }


def test_its_lines_page_by_page(client, headers, fleet, ports):
    invoice = made(client, headers).json
    fleet.pay(fleet.show(Known(invoice)))
    first = client.get(f"{PATH}/{invoice['id']}/lines?limit=2", headers=headers).json
    cursor = first["next_cursor"]
    second = client.get(f"{PATH}/{invoice['id']}/lines?cursor={cursor}", headers=headers).json
    lines = first["items"] + second["items"]
    assert (len(first["items"]), second["next_cursor"]) == (2, None)
    assert [each["external_id"] for each in lines] == ["D-1", "D-2", "D-3"]
    workers = {str(driver.worker_id) for driver in fleet.drivers.values()}
    assert workers.isdisjoint(each.pop("worker_id") for each in lines)
    assert lines[0] == {
        "external_id": "D-1",
        "month": "2026-11",
        "amount": 8_400,
        "status": "paid",
    }


class Known:
    def __init__(self, invoice):
        self.id = invoice["id"]


def test_whom_it_leaves_out_page_by_page(client, headers):
    names = [f"N-{number}" for number in range(5)]
    invoice = made(client, headers, all=False, external_ids=names).json
    path = f"{PATH}/{invoice['id']}/left-out"
    first = client.get(f"{path}?limit=3", headers=headers).json
    rest = client.get(f"{path}?limit=3&cursor={first['next_cursor']}", headers=headers).json
    assert [each["external_id"] for each in first["items"] + rest["items"]] == names
    assert rest["next_cursor"] is None


def test_the_list_is_newest_first(client, clock, headers):
    ids = []
    for name in ("D-1", "D-2"):
        ids.append(made(client, headers, all=False, external_ids=[name]).json["id"])
        clock.advance(minutes=1)
    listed = client.get(PATH, headers=headers).json["items"]
    assert [each["id"] for each in listed] == ids[::-1]
    assert "left_out" not in listed[0]


def test_a_list_takes_as_many_statements_however_long_it_is(client, clock, headers, queries):
    def asked():
        queries.clear()
        client.get(PATH, headers=headers)
        return len(queries)

    made(client, headers, all=False, external_ids=["D-1"])
    short = asked()
    made(client, headers, all=False, external_ids=["D-2"])
    assert asked() == short


def test_the_same_request_again_makes_no_second_invoice(client, headers):
    keyed = {**headers, "Idempotency-Key": "november"}
    first, again = made(client, keyed), made(client, keyed)
    assert again.json == first.json
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(client.get(PATH, headers=headers).json["items"]) == 1


def test_it_is_called_off_once(client, headers):
    path = f"{PATH}/{made(client, headers).json['id']}"
    assert client.post(f"{path}/cancel", headers=headers).json["status"] == "cancelled"
    again = client.post(f"{path}/cancel", headers=headers)
    assert (again.status_code, again.json["code"]) == (409, "invoice-not-open")


def test_a_line_of_somebody_who_has_been_erased_names_them_no_more(client, headers, fleet, ports):
    invoice = made(client, headers).json
    erased = fleet.drivers["D-1"].worker_id
    with ports.transactions.begin() as session:
        session.execute(end_ties_of(erased, EndedBy.WORKER, ports.clock.now()))
        session.execute(forget_what_was_sent_of(erased))
    lines = client.get(f"{PATH}/{invoice['id']}/lines", headers=headers).json["items"]
    assert [each["external_id"] for each in lines] == [None, "D-2", "D-3"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/{id}"),
        ("get", "/{id}/lines"),
        ("get", "/{id}/left-out"),
        ("post", "/{id}/cancel"),
    ],
)
def test_what_is_another_partner_s_is_not_there(client, ports, headers, method, path):
    invoice = made(client, headers).json["id"]
    stranger = bearer(ports, Fleet.of(ports, 1).partner)
    for asked in (invoice, new_id()):
        call = PATH + path.format(id=asked)
        answer = client.open(call, method=method.upper(), headers=stranger)
        assert (answer.status_code, answer.json["code"]) == (404, "invoice-not-found")
    assert client.get(f"{PATH}/{invoice}", headers=headers).json["status"] == "open"


def test_another_partner_s_list_and_drivers_are_its_own(client, ports, headers):
    made(client, headers)
    stranger = bearer(ports, Fleet.of(ports, 1).partner)
    assert client.get(PATH, headers=stranger).json["items"] == []
    theirs = made(client, stranger, all=False, external_ids=["D-2"]).json
    assert (theirs["lines"], theirs["left_out_count"]) == (0, 1)


@pytest.mark.parametrize("path", ["", "/{id}", "/{id}/lines", "/{id}/left-out"])
def test_a_token_without_the_scope_reads_nothing(client, ports, fleet, headers, path):
    invoice = made(client, headers).json["id"]
    others = bearer(ports, fleet.partner, frozenset(Scope) - {Scope.PAY})
    answer = client.get(PATH + path.format(id=invoice), headers=others)
    assert (answer.status_code, answer.json["code"]) == (403, "scope-missing")
    assert made(client, others).status_code == 403
    assert client.post(f"{PATH}/{invoice}/cancel", headers=others).status_code == 403


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"all": False}, "/external_ids", "one-of-two"),
        ({"external_ids": ["D-1"]}, "/external_ids", "one-of-two"),
        ({"all": False, "external_ids": []}, "/external_ids", "too-few"),
        ({"all": False, "external_ids": ["x"] * 10_001}, "/external_ids", "too-many"),
        ({"all": "yes"}, "/all", None),
        ({"month": "2026-13"}, "/month", None),
        ({"month": "2027-12"}, "/month", "too-far-ahead"),
    ],
)
def test_what_cannot_be_asked_for(client, headers, body, pointer, code):
    answer = made(client, headers, **body)
    assert answer.status_code == 422
    (error,) = answer.json["errors"]
    assert error["pointer"] == pointer
    assert code in (None, error["code"])


def test_ten_thousand_can_be_named_however_they_are_written(client, headers):
    names = [f"{number:é>64}" for number in range(10_000)]
    answer = made(client, headers, all=False, external_ids=names)
    assert (answer.status_code, answer.json["left_out_count"]) == (201, 10_000)
    refused = made(client, headers, all=False, external_ids=[*names, "D-1"])
    assert faults(refused) == {"/external_ids": "too-many"}
