"""What a thief of the database could read."""

import pytest
from sqlalchemy import select, update

from models.base import Model
from models.phone_verification import PhoneVerification
from models.worker import Worker
from services import phone_verification, profile
from services.callers import SignedIn
from services.vault import SealBroken
from tests.api.joining import (
    ANOTHER_NIK,
    ANOTHER_PHONE,
    NIK,
    bearing,
    join,
    phone_token,
    register,
)
from tests.api.phone_changing import (
    NEW,
    OLD,
    THIRD,
    THIRD_PHONE,
    ask_from,
    change,
    join_verified,
)

SECRETS = {
    "nik": NIK,
    "a corrected nik": ANOTHER_NIK,
    "phone": "81234567890",
    "mother": "Ratna",
    "address": "Kenanga",
    "email": "siti@contoh.id",
}
SEALED = ["nik_sealed", "phone_sealed", "mother_maiden_name_sealed", "address_sealed"]


def everything(connection):
    """All values of all rows of all tables that belong to somebody."""
    reference = {"village", "district", "regency", "province", "listed_region", "occupation"}
    for table in Model.metadata.sorted_tables:
        if table.name not in reference:
            for row in connection.execute(select(table)):
                yield from ((table.name, value) for value in row)


def bytes_of(value):
    return value if isinstance(value, bytes) else str(value).encode()


def worker_id(registered):
    return registered["worker"]["id"]


def test_no_table_holds_what_is_to_be_sealed(client, ports, connection):
    token = register(
        client, phone_token(client, ports), email=SECRETS["email"], Idempotency_Key="k"
    ).json["access_token"]
    ports.jobs.work(ports)
    client.put("/v1/me/plan", json={"plan": "basic"}, headers=bearing(token))
    client.post("/v1/me/invoices", json={"months": 3}, headers=bearing(token, Idempotency_Key="k"))
    join(client, ports, ANOTHER_PHONE, nik=ANOTHER_NIK)
    values = [(table, bytes_of(value)) for table, value in everything(connection)]
    assert {table for table, _ in values} >= {
        "worker",
        "phone_verification",
        "message",
        "kept_answer",
        "identity_check",
        "invoice",
    }
    leaks = {
        (table, name)
        for table, value in values
        for name, secret in SECRETS.items()
        if secret.encode().lower() in value.lower()
    }
    assert leaks == set()


def test_no_table_holds_a_number_that_is_asked_for_or_was_replaced(client, ports, connection):
    token = join_verified(client, ports)["access_token"]
    ask_from(client, ports)
    change(client, token, phone_token(client, ports, THIRD_PHONE))
    values = [(table, bytes_of(value)) for table, value in everything(connection)]
    assert {table for table, _ in values} >= {"phone_change", "phone_change_request"}
    numbers = [each.e164[3:].encode() for each in (OLD, NEW, THIRD)]
    assert [table for table, value in values for each in numbers if each in value] == []


def test_equal_values_of_two_workers_do_not_look_equal(client, ports, connection):
    join(client, ports)
    join(client, ports, ANOTHER_PHONE)
    rows = connection.execute(select(*(getattr(Worker, name) for name in SEALED))).all()
    for first, second in zip(*rows, strict=True):
        assert first != second


@pytest.mark.parametrize("column", SEALED[:2] + SEALED[3:])
def test_a_value_moved_to_another_worker_does_not_open(client, ports, connection, column):
    mine, other = join(client, ports), join(client, ports, ANOTHER_PHONE)
    stolen = connection.scalar(select(getattr(Worker, column)).where(Worker.id == worker_id(other)))
    connection.execute(update(Worker).where(Worker.id == worker_id(mine)).values({column: stolen}))
    with pytest.raises(SealBroken):
        profile.show(ports, SignedIn(worker_id(mine), worker_id(mine)))


def test_a_value_moved_to_another_column_does_not_open(client, ports, connection):
    mine = join(client, ports)
    connection.execute(update(Worker).values(email_sealed=Worker.mother_maiden_name_sealed))
    with pytest.raises(SealBroken):
        profile.show(ports, SignedIn(worker_id(mine), worker_id(mine)))


def test_a_phone_moved_to_another_verification_does_not_open(client, ports, connection):
    phone_token(client, ports)
    phone_token(client, ports, ANOTHER_PHONE)
    first, second = connection.execute(select(PhoneVerification.__table__)).all()
    connection.execute(
        update(PhoneVerification)
        .where(PhoneVerification.id == first.id)
        .values(phone_sealed=second.phone_sealed)
    )
    with pytest.raises(SealBroken):
        phone_verification.show(ports, first.id)
