"""Power cuts while somebody is being erased: afterwards they are whole, or they are gone."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import text

from models.values.phone import PhoneNumber
from services.vault import Vault
from tests.crashes.trouble import rows
from tests.phone_app import PhoneApp
from tests.stack import A_ROUND, Stack
from tests.waiting import until
from tests.whole_lives import everything

pytestmark = pytest.mark.slow

STATE = """
    select erased_at is not null, phone_key is null, birth_place is null,
        (select count(*) from sign_in where worker_id = worker.id),
        (select count(*) from worker_occupation where worker_id = worker.id),
        (select count(*) from contribution_terms where worker_id = worker.id),
        (select array_agg(status) from erasure_request where worker_id = worker.id),
        (select array_agg(status) from invoice where worker_id = worker.id)
    from worker where registration_number = :number
"""
WHOLE = (False, False, False, 1, 1, 1, ["waiting"], ["cancelled"])
GONE = (True, True, True, 0, 0, 0, ["done"], ["cancelled"])
# Nobody waits for two days, nor for the next minute.
ASKED_THREE_DAYS_AGO = """
    update erasure_request set requested_at = requested_at - interval '3 days',
        objection_until = objection_until - interval '3 days',
        not_before = not_before - interval '3 days', due_by = due_by - interval '3 days'
    where worker_id = (select id from worker where registration_number = %(number)s)
"""
ROUND = """
    insert into procrastinate_jobs (queue_name, task_name, args)
    values ('upkeep', 'erase', '{"timestamp": 0}')
"""
# Of what is erased, nearly the last.
HOLD = """
    select id from phone_verification
    where phone_key = (select phone_key from worker where registration_number = :number)
    for update
"""
HELD_UP = """
    select count(*) from pg_stat_activity
    where wait_event_type = 'Lock' and query like 'DELETE FROM phone_verification%'
"""


@pytest.fixture
def phone(jaring) -> PhoneApp:
    """Its worker has asked to be erased, three days ago."""
    phone = PhoneApp(jaring)
    phone.register()
    phone.send("PATCH", "/v1/me", {"email": email(phone)})
    phone.choose()
    access_token, phone.token = phone.token, phone.verify_phone()
    fresh, phone.token = phone.token, access_token
    phone.send("POST", "/v1/me/erasure-requests", {"phone_token": fresh})
    with jaring.postgres.superuser("jaring") as database:
        database.execute(ASKED_THREE_DAYS_AGO, {"number": phone.registration_number})
    return phone


def email(phone: PhoneApp) -> str:
    return f"rights{phone.number}@contoh.id"


def state(phone: PhoneApp) -> tuple[Any, ...]:
    (found,) = rows(phone.jaring, STATE, number=phone.registration_number)
    return found


def start_round(jaring: Stack) -> None:
    with jaring.engine().begin() as database:
        database.execute(text(ROUND))


@contextmanager
def held_up(phone: PhoneApp) -> Iterator[None]:
    """The worker cannot be erased to the end meanwhile."""
    with phone.jaring.engine().begin() as database:
        database.execute(text(HOLD), {"number": phone.registration_number})
        yield


def assert_gone(jaring: Stack, phone: PhoneApp) -> None:
    assert state(phone) == GONE
    keys = jaring.settings.keys
    vault = Vault({each.kid: each.key for each in keys.data}, keys.search)
    key = vault.search_key_of(PhoneNumber(phone.phone)).hex()
    with jaring.engine().connect() as database:
        tables = everything(database, vault)
    for trace in (phone.phone.removeprefix("+62"), key, email(phone)):
        assert [name for name, held in tables.items() if trace in held] == []


def test_one_who_dies_in_the_middle_leaves_the_worker_whole_and_the_next_one_does_it(jaring, phone):
    with held_up(phone):
        start_round(jaring)
        until(lambda: rows(jaring, HELD_UP) == [(1,)], seconds=A_ROUND)
        os.kill(jaring.processes["worker"].pid, signal.SIGKILL)
        jaring.processes["worker"].wait()
    until(lambda: rows(jaring, HELD_UP) == [(0,)])
    assert state(phone) == WHOLE
    jaring.mend()
    until(lambda: state(phone) != WHOLE, seconds=A_ROUND)
    assert_gone(jaring, phone)


@pytest.mark.parametrize("victim", ["the worker", "the database"])
def test_whatever_dies_right_after_it_it_is_done_once(jaring, phone, victim):
    pid = jaring.postgres.process.pid if victim == "the database" else None
    with jaring.dying_at("commit erasing.carry_out", victim=pid):
        start_round(jaring)
        until(lambda: jaring.failpoints.struck, seconds=A_ROUND)
    assert_gone(jaring, phone)
    again = PhoneApp(jaring, number=phone.number)
    again.become_covered()
    assert state(phone) == GONE
