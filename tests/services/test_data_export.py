"""The copy is complete: whoever adds a table or a column sees to it that it is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from typing import Any

import pytest
from sqlalchemy import select

from models.values.identity import Finding
from models.values.nik import Nik
from models.values.rupiah import Rupiah
from schemas.data_export import DataExportSchema
from schemas.fields import written
from services.data_export import SECTIONS
from services.ports import Comparison
from tests.api.joining import ANOTHER_NIK, ANOTHER_PHONE, NIK, join
from tests.banks import with_banks
from tests.whole_lives import FORMER_PHONE, GIVEN, Life, about_workers, live, pay_for

# Tables whose rows name a worker, but do not tell of one: each with its reason.
NOT_EXPORTED: dict[str, str] = {
    "audit_event": "what an officer did, by name; who saw the worker's data is told by role",
    "partner_posting": "a partner's money; the months that it paid for are told as paid months",
}
NOT_TOLD = {
    "bank_call.bank": "how the bank signs in with us is between it and us",
    "payment.bank": "the same",
    "enrolment.sent_sealed": "it may be a stranger's, and is gone once it has been judged",
    "enrolment.sent_digest": "the same, in a form by which it is known again",
    "bank_call.called_on": "the day of called_at",
    "bank_call.spends_external_id": "bookkeeping between the bank and us",
    "bank_call.decides": "the same",
    "phone_change_request.phone_sealed": "it may be a stranger's, and is told masked",
    "privacy_request.note": "how an officer knew that it was them, for our auditor",
    "privacy_request.done_note": "the same",
    "privacy_request.entered_by": "staff are told of by their role, in the access log",
    "privacy_request.exported_by": "the same",
    "privacy_request.done_by": "the same",
    "review.record": "stands for what was judged",
    "review.claimed_by": "who of our staff is at it",
    "review.claimed_until": "the same",
    "review.first_decision": "may come to nothing; told once another officer has confirmed it",
    "review.first_by": "the same",
    "review.first_at": "the same",
    "review.first_note": "may tell of somebody else who claims the NIK (article 33)",
    "review.note": "the same",
    "review.displaces": "is somebody else",
    "review.decided_by": "staff are told of by their role, in the access log",
    "phone_verification.prefix": "the beginning of the number",
    "phone_verification.phone_sealed": "the number on record, by which they are found",
    "worker_occupation.position": "the order in which they stand",
}


@pytest.fixture
def ports(ports):
    return with_banks(ports)


@pytest.fixture
def life(client, ports, clock):
    return live(client, ports, clock)


def export(client, life):
    headers = life.headers(**{"X-Phone-Token": life.verify_phone(client)})
    answer = client.get("/v1/me/data-export", headers=headers)
    assert answer.status_code == 200, answer.json
    return answer.json


def test_every_table_that_tells_of_a_worker_is_in_it():
    exported = {table.__tablename__ for each in SECTIONS.values() for table in each.tables}
    assert {table.name for table in about_workers()} - exported == NOT_EXPORTED.keys()


def test_every_section_is_described():
    described = set(DataExportSchema().fields)
    assert described == {"schema_version", "made_at", *SECTIONS}


def test_every_value_that_is_held_is_told(client, ports, clock, life, connection):
    clock.advance(hours=1)
    # So that there is one which was called off.
    client.post("/v1/me/invoices", json={"months": 1}, headers=life.headers())
    body = {"phone_token": life.verify_phone(client)}
    client.post("/v1/me/erasure-requests", json=body, headers=life.headers())
    copy = export(client, life)
    untold = set()
    for name, section in SECTIONS.items():
        told = set(map(str, leaves(copy[name])))
        values = held(connection, life, section)
        untold |= {place for place, value in values if str(value) not in told}
    assert untold == set()


def held(connection, life, section) -> Iterator[tuple[str, Any]]:
    """Where every value that a section tells of is, and how it looks on the wire, but for ids and
    what they are found by. What a partner paid at its bank is the partner's."""
    vault = life.ports.vault
    for table in (table.__table__ for table in section.tables):
        mine = [table.c.worker_id == life.worker_id] if "worker_id" in table.c else []
        rows = connection.execute(select(table).where(*mine)).mappings().all()
        assert rows, f"the life of the tests has nothing in {table.name}"
        for row in rows:
            for name, value in row.items():
                place = f"{table.name}.{name}"
                if value is None or place in NOT_TOLD or name.endswith(("id", "_key")):
                    continue
                if name.endswith("_sealed"):
                    value = vault.open(place.removesuffix("_sealed"), row["id"], value)
                yield from ((place, leaf) for leaf in leaves(value))


def leaves(value: Any) -> Iterator[Any]:
    """What a value consists of, as it looks on the wire."""
    if isinstance(value, dict):
        # Scores are told as a list of names and numbers.
        yield from (leaf for each in value.items() for inner in each for leaf in leaves(inner))
    elif isinstance(value, list):
        yield from (leaf for each in value for leaf in leaves(each))
    elif isinstance(value, datetime):
        yield written(value)
    elif isinstance(value, date):
        yield value.isoformat()
    elif isinstance(value, Enum):
        yield value.value
    else:
        yield value.amount if isinstance(value, Rupiah) else value


def test_the_record_is_in_clear(client, ports, life):
    record = export(client, life)["worker"]
    assert record.items() >= GIVEN_IN_CLEAR.items()
    assert not {"nik_masked", "phone_masked"} & record.keys()


GIVEN_IN_CLEAR = {name: value for name, value in GIVEN.items() if name != "village_code"} | {
    "nik": NIK,
    "phone": "+6281234567890",
}


def test_messages_say_to_which_other_number_they_went(client, ports, life):
    messages = export(client, life)["messages"]
    assert [each["recipient"] for each in messages if each["kind"] == "phone_changed"] == [
        FORMER_PHONE.e164
    ]


def test_the_status_of_an_invoice_is_that_of_now(client, ports, clock, life):
    client.post("/v1/me/invoices", json={"months": 1}, headers=life.headers())
    clock.advance(hours=25)
    statuses = [each["status"] for each in export(client, life)["invoices"]]
    assert statuses == ["expired", "paid", "paid"]


def test_what_the_registry_said_is_told_of_the_workers_own_nik_alone(client, ports):
    ports.identity.answers[Nik(ANOTHER_NIK)] = Comparison(
        finding=Finding.FOUND, scores={}, response_code="00"
    )
    life = Life.of(ports, join(client, ports, nik=ANOTHER_NIK))
    ports.jobs.work(ports)
    (before,) = checks(client, life)
    assert (before["outcome"], before["finding"]) == ("needs_correction", None)
    client.patch("/v1/me", json={"nik": NIK}, headers=life.headers())
    ports.jobs.work(ports)
    wrong, right = checks(client, life)
    assert (wrong["finding"], wrong["response_code"], wrong["scores"]) == (None, None, [])
    assert (right["finding"], right["response_code"]) == ("found", "00")
    assert {"name": "name", "score": 100} in right["scores"]


def checks(client, life):
    return export(client, life)["identity_checks"]


def test_nothing_of_anybody_else_is_in_it(client, ports, life):
    other = join(client, ports, ANOTHER_PHONE, nik=ANOTHER_NIK, full_name="Budi Santoso")
    ports.jobs.work(ports)
    copy = str(export(client, life))
    for theirs in (ANOTHER_NIK, "Budi Santoso", "81399998888", other["worker"]["id"]):
        assert theirs not in copy


def test_it_takes_as_many_statements_however_long_the_life_was(client, ports, clock, life, queries):
    def asked():
        queries.clear()
        export(client, life)
        return len(queries)

    short = asked()
    for _ in range(2):
        clock.advance(minutes=1)
        pay_for(life, client, clock, months=1)
    assert asked() == short


def test_the_worker_sees_in_the_access_log_that_a_copy_was_taken(client, clock, life):
    clock.advance(hours=1)
    export(client, life)
    [newest, *_] = client.get("/v1/me/access-log", headers=life.headers()).json["items"]
    assert (newest["viewer"], newest["reason"]) == ("worker", "own_request")
    assert newest["seen"] == ["everything"]
