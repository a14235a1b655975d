"""Several enrol the same people at once: really committed, from several threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from random import Random
from threading import Barrier

import pytest
from sqlalchemy import func, select

from models.driver import COLUMNS
from models.enrolment import Enrolment
from models.values.ids import new_id
from models.values.nik import Nik
from models.values.phone import PhoneNumber
from models.values.registration_number import RegistrationNumber
from models.values.rupiah import Rupiah
from models.values.sex import Sex
from models.worker import Worker
from services.constraints import constraint_raises
from services.enrolment.outcomes import RowOutcome
from services.errors import AlreadyRegistered
from services.ports import Ports
from services.profile import sealed
from tests.enrolling import driver, send, words
from tests.partners import partner

MANY = 300
ROUNDS = 3


@pytest.fixture
def ports(committed_ports) -> Ports:
    return committed_ports


@pytest.fixture
def ojek(ports):
    return new_partner(ports, "Ojek Kita")


@pytest.fixture
def kurir(ports):
    return new_partner(ports, "Kurir Cepat")


def new_partner(ports, name):
    with ports.transactions.begin() as session:
        return partner(ports, session, name)


def at_once(ports, *senders: Callable[..., list[RowOutcome]]) -> list[list[RowOutcome]]:
    ready = Barrier(len(senders), timeout=10)

    def run(sender):
        with ports.transactions.begin() as session:
            ready.wait()
            return sender(session)

    with ThreadPoolExecutor(len(senders)) as threads:
        return [each.result(timeout=60) for each in [threads.submit(run, s) for s in senders]]


def shuffled(rows, seed):
    return Random(seed).sample(rows, len(rows))


def sending(ports, partner, people, *, seed):
    return lambda session: send(ports, session, partner, *shuffled(people, seed))


def count(ports, model):
    with ports.transactions.reading() as session:
        return session.scalar(select(func.count()).select_from(model))


def test_two_partners_with_the_same_people_wait_for_each_other_only_once(ports, ojek, kurir):
    for number in range(ROUNDS):
        people = [driver(number * MANY + each) for each in range(1, MANY + 1)]
        both = at_once(
            ports, sending(ports, ojek, people, seed=1), sending(ports, kurir, people, seed=2)
        )
        assert [set(words(each)) for each in both] == [{"accepted"}, {"accepted"}]
    assert count(ports, Worker) == ROUNDS * MANY
    assert count(ports, Enrolment) == 2 * ROUNDS * MANY


def test_the_same_rows_twice_at_once_are_taken_once(ports, ojek):
    people = [driver(each) for each in range(1, MANY + 1)]
    one, other = at_once(
        ports, sending(ports, ojek, people, seed=1), sending(ports, ojek, people, seed=2)
    )
    assert sorted([*set(words(one)), *set(words(other))]) == ["accepted", "unchanged"]
    assert {each.enrolment_id for each in one} == {each.enrolment_id for each in other}
    assert count(ports, Worker) == count(ports, Enrolment) == MANY


def test_two_that_want_each_others_ids_both_end(ports, ojek):
    """Each waits for an id that the other has: the database refuses one, which looks again."""
    there = [driver(each) for each in range(1, MANY + 1)]
    crossed = [
        driver(MANY + each, external_id=f"D-{MANY + 1 - each}") for each in range(1, MANY + 1)
    ]
    one, other = at_once(
        ports,
        lambda session: send(ports, session, ojek, *there),
        lambda session: send(ports, session, ojek, *crossed),
    )
    assert sorted([*set(words(one)), *set(words(other))]) == ["accepted", "rejected"]
    assert count(ports, Enrolment) == MANY


def test_changed_rows_twice_at_once_are_taken_in_turn(ports, ojek):
    people = [driver(each) for each in range(1, MANY + 1)]
    with ports.transactions.begin() as session:
        send(ports, session, ojek, *people)
    names = ("Budi Satu", "Budi Dua")
    changed = [[driver(n, full_name=name) for n in range(1, MANY + 1)] for name in names]
    both = at_once(
        ports, sending(ports, ojek, changed[0], seed=1), sending(ports, ojek, changed[1], seed=2)
    )
    assert [set(words(each)) for each in both] == [{"accepted"}, {"accepted"}]
    with ports.transactions.reading() as session:
        assert len(set(session.scalars(select(Worker.full_name)))) == 1


def registered(ports, session, number):
    """Somebody who registers by themself, with the NIK and the phone of a driver."""
    row = dict(zip(COLUMNS, driver(number), strict=True))
    worker_id, now = new_id(), ports.clock.now()
    texts = {"nik": row["nik"], "phone": row["phone"]}
    return Worker(
        id=worker_id,
        registration_number=RegistrationNumber.draw().digits,
        registered_at=now,
        claimed_at=now,
        nik_key=ports.vault.search_key_of(Nik(row["nik"])),
        phone_key=ports.vault.search_key_of(PhoneNumber(row["phone"])),
        full_name="Sendiri",
        birth_date=row["birth_date"],
        sex=Sex.MALE,
        village_code=row["village_code"],
        monthly_income=Rupiah(0),
        language="en",
        **sealed(ports.vault, worker_id, **texts),
    )


def test_who_registers_by_themself_meanwhile_keeps_their_record(ports, ojek):
    people = [driver(each) for each in range(1, MANY + 1)]
    ready = Barrier(2, timeout=10)

    def register():
        ready.wait()
        kept = 0
        for number in range(1, MANY + 1, 7):
            with (
                suppress(AlreadyRegistered),
                constraint_raises("uq_worker_nik_key_phone_key", AlreadyRegistered),
                ports.transactions.begin() as session,
            ):
                session.add(registered(ports, session, number))
                session.flush()
                kept += 1
        return kept

    def enrol_all():
        with ports.transactions.begin() as session:
            ready.wait()
            return send(ports, session, ojek, *people)

    with ThreadPoolExecutor(2) as threads:
        begun = [threads.submit(each) for each in (register, enrol_all)]
        kept, outcomes = (each.result(timeout=60) for each in begun)
    assert set(words(outcomes)) == {"accepted"}
    assert count(ports, Worker) == count(ports, Enrolment) == MANY
    beside = select(func.count()).where(Enrolment.sent_sealed.is_not(None))
    own = select(func.count()).where(Worker.full_name == "Sendiri")
    with ports.transactions.reading() as session:
        assert session.scalar(beside) == session.scalar(own) == kept
