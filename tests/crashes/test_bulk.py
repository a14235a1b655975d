"""Files of drivers, while the bulk worker or the database dies, and while others do the same."""

import os
import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from uuid import UUID

import pytest
from sqlalchemy import text

from bench.drivers import lines, villages
from models.driver import COLUMNS
from models.enrolment_batch import BatchChunk
from models.partner import Partner
from models.row_shapes import TOO_FEW_CELLS, TOO_MANY_CELLS
from services.enrolment import outcomes
from services.enrolment.repeats import SeenNiks
from services.wiring import build_ports
from tests.batches import framed, received
from tests.partners import partner
from tests.waiting import NEVER, until

pytestmark = pytest.mark.slow

ROWS, CHUNK = 20_000, 160
DEATHS = 10
# In seconds: from the last death until all is done, on a busy machine.
SOON = 90
PLACES = villages("31")
_firsts = count(step=1_000_000)
_names = count(1)

COUNTS = """
    select sum(rows), sum(accepted), sum(unchanged), sum(rejected), sum(not_processed)
    from batch_chunk where batch_id = :batch
"""
TIES = """
    select count(*), count(distinct nik_key), count(distinct worker_id),
        count(distinct batch_row) from enrolment where batch_id = :batch
"""
PARTS = """
    select count(*) from {table} where worker_id in
        (select worker_id from enrolment where batch_id = :batch)
"""
TOLD = "select count(*) from partner_event where about = :batch and event = 'batch.completed'"
DEADLOCKS = "select sum(deadlocks) from pg_stat_database"


@dataclass(frozen=True)
class People:
    """A file in chunks, and how many of its rows are to be accepted."""

    frames: list
    good: int
    rows: int


def people(rows=ROWS):
    """With every kind of fault in some of the rows."""
    written = list(lines(rows, places=PLACES, first=next(_firsts)))
    seen = SeenNiks()
    parts = [written[at : at + CHUNK] for at in range(0, rows, CHUNK)]
    frames = [seen.marked(_frame(part)) for part in parts]
    return People(frames, sum(line.good for line in written), rows)


def _frame(part):
    shapes = {
        place: TOO_FEW_CELLS if len(line.cells) < len(COLUMNS) else TOO_MANY_CELLS
        for place, line in enumerate(part)
        if len(line.cells) != len(COLUMNS)
    }
    rows = [
        {name: cell or None for name, cell in zip(COLUMNS, line.cells, strict=False)}
        for line in part
    ]
    return framed(rows, shapes=shapes)


@pytest.fixture
def ports(jaring):
    ports = build_ports(jaring.settings)
    yield ports
    ports.transactions.engine.dispose()


@pytest.fixture
def database(jaring):
    def asked(statement, **parameters):
        with jaring.engine().connect() as connection:
            return connection.execute(text(statement), parameters).one()

    return asked


@contextmanager
def uploaded(ports, *files: tuple[Partner, People]) -> Iterator[list[UUID]]:
    """All of them at once."""
    with ports.transactions.begin() as session:
        ids = [received(ports, session, whose, *who.frames) for whose, who in files]
    yield ids


def new_partner(ports):
    with ports.transactions.begin() as session:
        return partner(ports, session, f"Ojek {next(_names)}")


def done(database, batch_id):
    statement = "select status from enrolment_batch where id = :batch"
    return database(statement, batch=batch_id)[0] == "completed"


def progress(database, batch_id):
    """How many chunks are done, and how often one was begun."""
    statement = """
        select count(*) filter (where state = 'done'), sum(tries)
        from batch_chunk where batch_id = :batch
    """
    return tuple(database(statement, batch=batch_id))


def wait_until_done(jaring, database, *batch_ids):
    until(lambda: jaring.mend() or all(done(database, each) for each in batch_ids), seconds=SOON)


def wait_until_at_work(jaring, database, batch_id):
    """Until it has begun another chunk, or nothing is left."""
    before = progress(database, batch_id)
    until(
        lambda: jaring.mend() or progress(database, batch_id) != before or done(database, batch_id),
        seconds=SOON,
    )


def assert_every_row_has_one_outcome(ports, database, batch_id, who):
    rows, accepted, unchanged, rejected, not_processed = database(COUNTS, batch=batch_id)
    assert (rows, accepted, unchanged) == (who.rows, who.good, 0)
    assert (rejected, not_processed) == (who.rows - who.good, 0)
    assert tuple(database(TIES, batch=batch_id)) == (who.good,) * 4
    for table in ("worker_occupation", "contribution_terms"):
        assert database(PARTS.format(table=table), batch=batch_id)[0] == who.good
    assert database(TOLD, batch=batch_id)[0] == 1
    with ports.transactions.begin() as session:
        for number, frame in enumerate(who.frames):
            chunk = session.get_one(BatchChunk, (batch_id, number))
            assert len(outcomes.read(chunk.outcomes)) == frame.height


def test_the_bulk_worker_dies_ten_times_in_the_middle(jaring, ports, database):
    who, moments = people(), random.Random(1)
    with uploaded(ports, (new_partner(ports), who)) as (batch_id,):
        for _ in range(DEATHS):
            wait_until_at_work(jaring, database, batch_id)
            NEVER.wait(moments.random() / 10)
            assert not done(database, batch_id)
            os.kill(jaring.processes["bulk"].pid, signal.SIGKILL)
        wait_until_done(jaring, database, batch_id)
    assert_every_row_has_one_outcome(ports, database, batch_id, who)


def test_the_database_dies_ten_times_in_the_middle(jaring, ports, database):
    who, moments = people(), random.Random(2)
    with uploaded(ports, (new_partner(ports), who)) as (batch_id,):
        for _ in range(DEATHS):
            wait_until_at_work(jaring, database, batch_id)
            NEVER.wait(moments.random() / 10)
            assert not done(database, batch_id)
            os.kill(jaring.postgres.process.pid, signal.SIGKILL)
            until(lambda: not jaring.postgres.running)
            jaring.mend()
        wait_until_done(jaring, database, batch_id)
    jaring.wait_until_ready()
    assert_every_row_has_one_outcome(ports, database, batch_id, who)


@contextmanager
def two_bulk_workers(jaring):
    jaring.programs["bulk-2"] = replace(jaring.programs["bulk"], name="bulk-2")
    jaring.start("bulk-2")
    try:
        yield
    finally:
        jaring.stop("bulk-2")
        del jaring.programs["bulk-2"]


def test_two_work_on_the_same_people_from_two_partners(jaring, ports, database):
    jaring.wait_until_ready()
    before, who = database(DEADLOCKS)[0], people()
    one, other = new_partner(ports), new_partner(ports)
    with two_bulk_workers(jaring), uploaded(ports, (one, who), (other, who)) as ids:
        wait_until_done(jaring, database, *ids)
    for batch_id in ids:
        assert_every_row_has_one_outcome_of_its_own(database, batch_id, who)
    same = """
        select count(distinct worker_id) - count(distinct nik_key)
        from enrolment where batch_id = any(:ids)
    """
    assert database(same, ids=list(ids))[0] == 0
    assert database(DEADLOCKS)[0] == before


def assert_every_row_has_one_outcome_of_its_own(database, batch_id, who):
    rows, accepted, unchanged, rejected, left = database(COUNTS, batch=batch_id)
    assert (rows, accepted, unchanged, left) == (who.rows, who.good, 0, 0)
    assert rejected == who.rows - who.good


def test_the_same_file_twice_at_once_enrols_each_driver_once(jaring, ports, database):
    jaring.wait_until_ready()
    who, whose = people(), new_partner(ports)
    with two_bulk_workers(jaring), uploaded(ports, (whose, who), (whose, who)) as ids:
        wait_until_done(jaring, database, *ids)
    counts = [database(COUNTS, batch=each) for each in ids]
    assert [row[1] + row[2] for row in counts] == [who.good, who.good]
    assert sum(row[1] for row in counts) == who.good
    ties = "select count(*), count(distinct nik_key) from enrolment where partner_id = :partner"
    assert tuple(database(ties, partner=whose.id)) == (who.good, who.good)
