"""Whoever tries what the description shows gets an answer, not a fault."""

from __future__ import annotations

from datetime import date

import pytest

from api.app import create_app
from api.openapi import describe, operations
from models.values.nik import Nik
from models.values.sex import Sex
from services.transactions import DatabaseTransactions
from tests.api.joining import bearing, phone_token
from tests.fakes import FixedClock
from tests.installation import DEVELOPMENT, fake_ports
from tests.reference import loaded

# The example of a thing that only its maker knows cannot be anybody's.
NOT_FOR_TRYING = {"/v1/phone-verifications/{verification_id}"}


def public_reads():
    description = describe(create_app(None, None))
    for path, method, operation in operations(description):
        if method == "get" and not operation.get("security") and path not in NOT_FOR_TRYING:
            shared = description["paths"][path].get("parameters", [])
            yield path, [*shared, *operation.get("parameters", [])]


READS = dict(public_reads())


@pytest.fixture(scope="module")
def ports(migrated, tmp_path_factory):
    with loaded(migrated, tmp_path_factory.mktemp("areas")) as engine:
        yield fake_ports(DatabaseTransactions(engine, lambda: None), FixedClock())


@pytest.fixture(scope="module")
def client(ports):
    return create_app(DEVELOPMENT, ports).test_client()


def examples(parameters, place):
    return {
        each["name"]: each["schema"]["examples"][0]
        for each in parameters
        if each["in"] == place and "examples" in each["schema"]
    }


@pytest.mark.parametrize("path", READS)
def test_the_examples_of_a_public_read_are_answered(client, path):
    parameters = READS[path]
    address = path.format(**examples(parameters, "path"))
    answer = client.get(address, query_string=examples(parameters, "query"))
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("path", READS)
def test_what_is_required_has_an_example(path):
    assert [
        each["name"]
        for each in READS[path]
        if each.get("required") and "examples" not in each["schema"]
    ] == []


def test_the_example_of_a_registration_is_accepted(client, ports):
    description = describe(create_app(None, None))
    body = description["paths"]["/v1/registrations"]["post"]["requestBody"]["content"]
    form = body["application/json"]["example"]
    headers = bearing(phone_token(client, ports))
    answer = client.post("/v1/registrations", json=form, headers=headers)
    assert answer.status_code == 201, answer.text
    assert ports.areas.notes_on(Nik(form["nik"]), date(1993, 7, 5), Sex.FEMALE) == ()
