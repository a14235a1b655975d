"""A partner enrols one driver, and asks what a file of many looks like."""

import csv
import io

import polars as pl
import pytest
from sqlalchemy import select

from models.driver import COLUMNS
from models.driver_columns import ABOUT, EXAMPLE
from models.driver_form import Known, read_driver
from models.enrolment import Enrolment
from models.region import Village
from models.values.scope import Scope
from models.values.text import readable
from models.worker import Worker
from tests.partners import bearer, partner

PATH = "/v1/partner/workers"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DRIVER = {**EXAMPLE, "monthly_income": 3_500_000}


@pytest.fixture
def platform(ports, sessions):
    with sessions.begin() as session:
        return partner(ports, session)


def enrol(client, ports, platform, *, plan="basic", headers=None, **changes):
    body = {name: value for name, value in (DRIVER | changes).items() if value is not ...}
    sent = bearer(ports, platform, **(headers or {}))
    return client.post(PATH, query_string={"plan": plan}, json=body, headers=sent)


def told(response):
    assert response.status_code == 422, response.text
    return {
        each.get("pointer") or each.get("parameter"): each["code"]
        for each in response.json["errors"]
    }


def test_one_driver_is_enrolled_at_once(client, ports, platform, session):
    response = enrol(client, ports, platform)
    assert response.status_code == 201
    assert response.json["outcome"] == "accepted"
    assert response.json["external_id"] == DRIVER["external_id"]
    assert response.json["ignored"] == []
    assert response.headers["Location"] == f"{PATH}/{response.json['worker_id']}"
    enrolment = session.scalars(select(Enrolment)).one()
    assert str(enrolment.id) == response.json["worker_id"]
    assert (enrolment.partner_id, enrolment.batch_id) == (platform.id, None)
    # Whoever paces the checks takes it up from here.
    assert enrolment.identity_asked_at is None


def test_the_same_driver_again_is_unchanged(client, ports, platform):
    first, again = (enrol(client, ports, platform) for _ in range(2))
    assert (again.status_code, again.json) == (201, first.json | {"outcome": "unchanged"})


def test_a_request_sent_again_with_its_key_is_answered_as_before(client, ports, platform):
    key = {"Idempotency-Key": "k-1"}
    first, again = (enrol(client, ports, platform, headers=key) for _ in range(2))
    assert (again.status_code, again.json) == (201, first.json)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.headers["Location"] == first.headers["Location"]
    other = enrol(client, ports, platform, headers=key, plan="complete")
    assert (other.status_code, other.json["code"]) == (422, "idempotency-key-reused")


def test_what_a_partner_need_not_know_may_be_left_out(client, ports, platform):
    left_out = {"birth_place": ..., "mother_maiden_name": None, "address": ""}
    assert enrol(client, ports, platform, **left_out).status_code == 201


def test_every_fault_is_told_at_its_place_in_one_answer(client, ports, platform, session):
    response = enrol(
        client,
        ports,
        platform,
        plan="gold",
        nik=3171074507930001,
        full_name=...,
        phone="6281355550123.0",
        birth_date="05/07/1993",
        village_code="31.71.07.9999",
        address=["x"],
        monthly_income="Rp 1.500.000",
        row=1,
    )
    assert told(response) == {
        "/nik": "nik-as-number",
        "/full_name": "required",
        "/phone": "phone-spreadsheet-number",
        "/birth_date": "date-not-year-first",
        "/village_code": "unknown-village",
        "/address": "not-text",
        "/monthly_income": "income-with-separators",
        "/row": "unknown",
        "plan": "not-a-choice",
    }
    assert session.scalars(select(Worker)).all() == []


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("nik", "3.27E+15", "nik-spreadsheet-number"),
        ("sex", "P", "sex-not-m-or-f"),
        ("village_code", "31.71.07.1006\x00", "unprintable-character"),
        ("consent_version", "2026-10", "unknown-document"),
        ("consented_at", "2027-01-01", "in-the-future"),
        ("monthly_income", 3_500_000.5, "income-with-decimals"),
        ("monthly_income", 10**30, "too-large"),
        ("monthly_income", -1, "too-small"),
        ("monthly_income", True, "not-text"),
        ("external_id", None, "null"),
        ("external_id", " ", "required"),
    ],
)
def test_one_driver_is_judged_by_the_rules_for_files(client, ports, platform, name, value, code):
    assert told(enrol(client, ports, platform, **{name: value})) == {f"/{name}": code}


def test_what_contradicts_an_earlier_link_is_told_where_it_stands(client, ports, platform):
    enrol(client, ports, platform)
    other_nik = enrol(client, ports, platform, nik="3171074507930002")
    assert told(other_nik) == {"/external_id": "external-id-taken"}
    other_id = enrol(client, ports, platform, external_id="DRV-9")
    assert told(other_id) == {"/nik": "nik-under-other-id"}


def test_words_follow_the_callers_language(client, ports, platform):
    said = [
        enrol(client, ports, platform, sex="P", headers={"Accept-Language": language}).json
        for language in ("id", "en")
    ]
    details = [each["errors"][0]["detail"] for each in said]
    assert details[0].startswith("Tulis M")
    assert details[1].startswith("Write M")


def test_enrolling_needs_a_partner_and_the_scope(client, ports, platform):
    assert client.post(PATH, query_string={"plan": "basic"}, json=DRIVER).status_code == 401
    reading = bearer(ports, platform, frozenset({Scope.READ}))
    for answer in (
        client.post(PATH, query_string={"plan": "basic"}, json=DRIVER, headers=reading),
        client.get("/v1/partner/batch-template", headers=reading),
    ):
        assert (answer.status_code, answer.json["code"]) == (403, "scope-missing")


def template(client, ports, platform, accept):
    headers = bearer(ports, platform, Accept=accept)
    return client.get("/v1/partner/batch-template", headers=headers)


def test_the_template_names_the_columns_and_gives_a_row(client, ports, platform):
    response = template(client, ports, platform, "text/csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="drivers.csv"'
    header, example = csv.reader(io.StringIO(response.text))
    assert header == list(COLUMNS)
    assert dict(zip(header, example, strict=True)) == EXAMPLE


def test_the_template_as_a_workbook_holds_texts_and_an_explanation(client, ports, platform):
    response = template(client, ports, platform, XLSX)
    assert response.headers["Content-Type"] == XLSX
    drivers = pl.read_excel(io.BytesIO(response.data), sheet_name="drivers")
    assert set(drivers.dtypes) == {pl.String()}
    assert drivers.row(0, named=True) == EXAMPLE
    explained = pl.read_excel(io.BytesIO(response.data), sheet_id=2)
    assert explained["kolom / column"].to_list() == list(COLUMNS)


def test_a_template_in_another_form_is_not_to_be_had(client, ports, platform):
    assert template(client, ports, platform, "application/json").status_code == 406


def test_the_example_is_accepted_by_the_rules(ports, session):
    villages = frozenset(session.scalars(select(Village.code)))
    known = Known.at(ports.clock.now(), villages, ports.occupations, ports.consents)
    assert read_driver(EXAMPLE, known).external_id == EXAMPLE["external_id"]


def test_every_column_is_explained():
    assert set(ABOUT) == set(EXAMPLE) == set(COLUMNS)
    assert all(readable(words.id) and readable(words.en) for words in ABOUT.values())
