"""Signing in, registering, checking and a partner's files, all about one person at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select

from api.app import create_app
from models.enrolment import Enrolment
from models.identity_check import IdentityCheck
from models.values.identity import IdentityStatus
from models.worker import Worker
from services import identity, ledger
from services.jobs import CheckEnrolment, CheckIdentity
from services.links import check_pacing
from tests.api.joining import NIK, PHONE, bearing, phone_token, register
from tests.enrolled import enrol, pay_for
from tests.installation import DEVELOPMENT
from tests.races.test_joining import at_once, statuses
from tests.ties import add_partner

pytestmark = pytest.mark.slow
VERIFIED = IdentityStatus.VERIFIED


def nik(number):
    return f"317101450793{number:04}"


def phone(number):
    return f"0812-3456-7{number:03}"


def check_jobs(ports):
    kinds = CheckIdentity | CheckEnrolment
    return [job for job in ports.jobs.waiting if isinstance(job, kinds)]


def read(engine, statement):
    with engine.connect() as connection:
        return connection.execute(statement).all()


@dataclass
class Meanwhile:
    """A vault; the first time that something is sealed, something else happens."""

    vault: Any
    happens: Any

    def __getattr__(self, name):
        return getattr(self.vault, name)

    def seal(self, *args):
        happens, self.happens = self.happens, lambda: None
        happens()
        return self.vault.seal(*args)


def test_a_row_of_a_file_that_comes_between_looking_and_writing_is_taken_over(ports, engine):
    ojek = add_partner(ports)
    slow = replace(ports, vault=Meanwhile(ports.vault, lambda: enrol(ports, ojek)))
    client = create_app(DEVELOPMENT, ports).test_client()
    token = phone_token(client, ports)
    late = create_app(DEVELOPMENT, slow).test_client()
    assert register(late, token).status_code == 201
    ((number, claimed),) = read(engine, select(func.count(), func.min(Worker.claimed_at)))
    assert (number, claimed) == (1, ports.clock.now())


def test_so_is_the_same_person_who_was_quicker_on_another_line(ports, engine):
    client = create_app(DEVELOPMENT, ports).test_client()
    tokens = [phone_token(client, ports) for _ in range(2)]
    first = replace(
        ports, vault=Meanwhile(ports.vault, lambda: register(client, tokens[0]).status_code)
    )
    late = create_app(DEVELOPMENT, first).test_client()
    assert register(late, tokens[1]).status_code == 409


def test_one_record_is_taken_over_once(app, client, ports, engine):
    new = enrol(ports, add_partner(ports))
    # Three a phone and hour.
    tokens = [phone_token(client, ports, PHONE) for _ in range(3)]
    answers = at_once(lambda token: register(app.test_client(), token), tokens)
    assert statuses(answers) == {201: 1, 409: 2}
    assert new.worker.claimed_at is not None


def test_signing_in_and_being_checked_meet_in_any_order(app, client, ports, engine):
    ojek = add_partner(ports)
    people = [enrol(ports, ojek, nik(each), phone(each)) for each in range(1, 21)]
    tokens = [phone_token(client, ports, phone(each)) for each in range(1, 21)]
    check_pacing.pace(ports)

    def sign_in(number):
        body = {"nik": nik(number + 1)}
        return app.test_client().post("/v1/sessions", json=body, headers=bearing(tokens[number]))

    todo = [lambda job=job: identity.check(ports, job.check_id) for job in check_jobs(ports)]
    todo += [lambda number=number: sign_in(number) for number in range(20)]
    Random(1).shuffle(todo)
    at_once(lambda each: each(), todo)
    ports.jobs.work(ports)
    for person in people:
        assert person.worker.claimed_at is not None
        assert person.worker.identity_status is VERIFIED
        assert person.events == ["worker.identity_verified"]


def test_any_number_of_processes_spend_the_quota_once(ports, engine):
    ports = replace(ports, registry_checks_per_day=30)
    for number, name in enumerate(["Ojek", "Kurir"]):
        partner = add_partner(ports, name, checks_per_day=9)
        for each in range(12):
            enrol(ports, partner, nik(each + 1 + 100 * number), phone(each + 100 * number))
    for _ in range(4):
        at_once(lambda _: check_pacing.pace(ports), range(12))
    asked = read(
        engine, select(Enrolment.partner_id).where(Enrolment.identity_asked_at.is_not(None))
    )
    assert len(asked) == 15
    assert max(Counter(asked).values()) <= 9
    assert read(engine, select(func.count()).select_from(IdentityCheck)) == [(15,)]


@pytest.mark.parametrize("seed", range(6))
def test_of_many_records_of_one_person_there_is_one_holder_in_the_end(
    app, client, ports, engine, seed
):
    """Four platforms with four phones, and two people who register from phones of their own; one
    platform has paid."""
    enrolled = [
        enrol(ports, add_partner(ports, f"P{each}"), NIK, phone(each)) for each in range(1, 5)
    ]
    check_pacing.pace(ports)
    first, *others = check_jobs(ports)
    identity.check(ports, first.check_id)
    (paid,) = read(engine, select(Worker.id).where(Worker.identity_status == VERIFIED))
    pay_for(ports, paid.id, months=2)
    for each in (50, 51):
        name = {"full_name": "Siti Aminah"}
        assert register(client, phone_token(client, ports, phone(each)), **name).status_code == 201
    own = [job for job in check_jobs(ports) if isinstance(job, CheckIdentity)]
    todo = list(chain(others, own))
    Random(seed).shuffle(todo)
    at_once(lambda job: identity.check(ports, job.check_id), todo)
    (holder,) = read(engine, select(Worker).where(Worker.identity_status == VERIFIED, _alive()))
    assert holder.claimed_at is not None
    assert {each.worker.id for each in enrolled} == {holder.id}
    assert str(holder.paid_through) == "2026-12"
    left = read(engine, select(Worker.identity_status).where(_alive(), Worker.id != holder.id))
    assert left == [(IdentityStatus.IN_REVIEW,)]
    assert ledger.unbalanced(ports) == []


def _alive():
    return Worker.erased_at.is_(None)
