"""Power cuts while the audit is sealed: afterwards the chain is whole, and nothing is missing in it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import Any

import pytest
from sqlalchemy import text

from services.operations.programs import PROJECT
from tests.crashes.trouble import rows
from tests.stack import A_ROUND, Stack
from tests.waiting import until

pytestmark = pytest.mark.slow

# More than go into one batch.
EVENTS = 2_500
HAPPEN = """
    insert into audit_event (id, at, action, source, details)
    select gen_random_uuid(), now(), 'signed_in', '10.0.0.1', '{}' from generate_series(1, :many)
"""
# Nobody waits for the next minute.
ROUND = """
    insert into procrastinate_jobs (queue_name, task_name, args)
    values ('upkeep', 'seal_audit', '{"timestamp": 0}')
"""
UNSEALED = """
    select count(*) from audit_event where not exists
    (select from audit_link where event_id = audit_event.id)
"""
# What keeps sealers apart keeps them away; then a link that is not committed makes one wait.
AWAY, BACK = "select pg_advisory_lock(7260418)", "select pg_advisory_unlock(7260418)"
IN_THE_WAY = (
    "insert into audit_link select 1000000, id, '' from audit_event order by at desc limit 1"
)
HELD_UP = """
    select count(*) from pg_stat_activity
    where wait_event_type = 'Lock' and query like 'INSERT INTO audit_link%'
"""


def test_whoever_seals_dies_in_the_middle_of_a_batch(jaring):
    with jaring.engine().connect() as database, database.begin() as way:
        database.execute(text(AWAY))
        happen(jaring)
        database.execute(text(IN_THE_WAY))
        database.execute(text(BACK))
        begin_round(jaring)
        until(lambda: rows(jaring, HELD_UP) == [(1,)], seconds=A_ROUND)
        os.kill(jaring.processes["worker"].pid, signal.SIGKILL)
        jaring.processes["worker"].wait()
        way.rollback()
    assert_all_is_sealed(jaring)


def test_whoever_seals_dies_between_two_batches(jaring):
    happen(jaring)
    with jaring.dying_at("commit audit.sealing.seal"):
        begin_round(jaring)
    assert_all_is_sealed(jaring)


def test_the_database_dies_between_two_batches(jaring):
    happen(jaring)
    with jaring.dying_at("commit audit.sealing.seal", victim=jaring.postgres.process.pid):
        begin_round(jaring)
    assert_all_is_sealed(jaring)


def happen(jaring: Stack) -> None:
    with jaring.engine().begin() as database:
        database.execute(text(HAPPEN), {"many": EVENTS})


def begin_round(jaring: Stack) -> None:
    with jaring.engine().begin() as database:
        database.execute(text(ROUND))


def assert_all_is_sealed(jaring: Stack) -> None:
    def sealed() -> bool:
        jaring.mend()
        return rows(jaring, UNSEALED) == [(0,)]

    begin_round(jaring)
    until(sealed, seconds=A_ROUND)
    told = verified(jaring)
    assert told["verified"], told
    assert rows(jaring, "select count(*) from audit_event") == [(told["events"],)]


def verified(jaring: Stack) -> dict[str, Any]:
    proof = subprocess.run(
        [sys.executable, "-m", "cli", "audit", "verify", "--json"],
        env=jaring.programs["worker"].env,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    told: dict[str, Any] = json.loads(proof.stdout)
    return told
