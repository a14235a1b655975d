"""A worker process that is killed over a month's turn or its reminders: all is told once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count, islice

import pytest
import requests
from sqlalchemy import text

from models.values.phone import PhoneNumber
from services import reminders
from services.ports import Ports
from services.wiring import build_ports
from tests.crashes.trouble import rows
from tests.fakes import NOON, FakeJobs, FixedClock
from tests.models.paying import wib
from tests.paid_lives import PaidLife
from tests.stack import Stack, stack
from tests.waiting import until

pytestmark = pytest.mark.slow

# Of those who paid up to December more than are looked at in one transaction.
DUE, LAPSING = reminders.BATCH + 20, 20
WITHOUT_WHATSAPP = PhoneNumber("+6281234568000")

# As the clock asks for it, which a test does not wait for.
ASK = """
    insert into procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args)
    select 'upkeep', name, name, name, '{"timestamp": 0}' from cast(:task as varchar) as name
    on conflict do nothing
"""
FINISHED = """
    select 1 from month_turn where month = date '2027-01-01' and event = 'coverage.lapsed'
    and finished_at is not null
"""
TOLD = "select event, month, count(*), count(distinct worker_id) from coverage_event group by 1, 2"
ROUNDS = "select count(*) from reminder_round where finished_at is not null"
WAITING = "select count(*) from message where state = 'queued'"
REMINDED = "select count(*), count(distinct worker_id) from reminder where called_off_at is null"
QUEUED = "select count(*) from reminder"


@pytest.fixture(scope="module")
def jaring(tmp_path_factory) -> Iterator[Stack]:
    """Without a worker process yet, and nobody is who they are in the other tests."""
    with stack(tmp_path_factory.mktemp("jaring")) as running:
        running.stop("worker")
        yield running


@pytest.fixture(scope="module")
def phones(jaring) -> list[PhoneNumber]:
    """Of those who are due on the last day of the year, a thousand and more."""
    numbers = (PhoneNumber(f"+628123457{n:04}") for n in count() if n % 1000 not in (0, 999))
    return [WITHOUT_WHATSAPP, *islice(numbers, DUE - 1)]


@pytest.fixture(scope="module", autouse=True)
def lives(jaring, phones) -> Iterator[None]:
    ports = build_ports(jaring.settings)
    ports = replace(ports, jobs=FakeJobs(), clock=FixedClock(datetime(2026, 9, 10, tzinfo=UTC)))
    for _ in range(LAPSING):
        PaidLife(ports).settle(1, ports.clock.now())
    _let_pay(replace(ports, clock=FixedClock(NOON)), phones)
    yield
    ports.transactions.engine.dispose()


def _let_pay(ports: Ports, phones: list[PhoneNumber]) -> None:
    for phone in phones:
        PaidLife(ports, {"reminded": True, "phone": phone}).settle(2, NOON)


def put_clock(jaring: Stack, moved_to: datetime) -> None:
    """Of the worker process, which starts with it now and whenever it has ended."""
    offset = (moved_to - datetime.now(UTC)).total_seconds()
    program = jaring.programs["worker"]
    env = {**program.env, "JARING_CLOCK_OFFSET": str(offset)}
    jaring.programs["worker"] = replace(program, env=env)
    jaring.restart("worker")


def ask_for(jaring: Stack, task: str) -> None:
    with jaring.engine().begin() as database:
        database.execute(text(ASK), {"task": task})


def ask_until(jaring: Stack, task: str, done) -> None:
    """A round that died with its process gives way to the next one."""

    def is_done():
        jaring.mend()
        ask_for(jaring, task)
        return done()

    until(is_done, seconds=120)


def number(jaring: Stack, question: str) -> int:
    return rows(jaring, question)[0][0]


def received(jaring: Stack, phone: PhoneNumber) -> list[str]:
    inbox = f"{jaring.sandbox}/messages"
    items = requests.get(inbox, params={"to": phone.e164}, timeout=10).json()["items"]
    return [each["channel"] for each in items]


def test_reminders_that_a_killed_process_planned_and_sent_arrive_once(jaring, phones):
    put_clock(jaring, wib(2026, 12, 24, 10))
    with jaring.dying_at("commit reminders.remind"):
        ask_for(jaring, "remind")
    assert number(jaring, QUEUED) == reminders.BATCH
    for place in ("call messages.send", "commit messages.send"):
        with jaring.dying_at(place):
            ask_for(jaring, "remind")
    ask_until(jaring, "remind", lambda: number(jaring, ROUNDS) and not number(jaring, WAITING))
    assert rows(jaring, REMINDED) == [(DUE, DUE)]
    until(lambda: received(jaring, WITHOUT_WHATSAPP))
    for phone in phones:
        expected = ["sms"] if phone == WITHOUT_WHATSAPP else ["whatsapp"]
        assert received(jaring, phone) == expected, phone.e164


def test_a_month_whose_turn_is_killed_again_and_again_is_told_of_once(jaring):
    put_clock(jaring, wib(2027, 1, 1, 0, 20))
    for _ in range(3):
        with jaring.dying_at("commit month_turn.turn"):
            ask_until(jaring, "turn_month", lambda: jaring.failpoints.victim)
    ask_until(jaring, "turn_month", lambda: rows(jaring, FINISHED))
    told = {(event, str(month)): counts for event, month, *counts in rows(jaring, TOLD)}
    assert told == {
        ("coverage.activated", "2026-09-01"): [LAPSING] * 2,
        ("coverage.activated", "2026-11-01"): [DUE] * 2,
        ("coverage.grace", "2026-10-01"): [LAPSING] * 2,
        ("coverage.lapsed", "2027-01-01"): [LAPSING] * 2,
        ("coverage.grace", "2027-01-01"): [DUE] * 2,
    }
