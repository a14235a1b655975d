"""What is tried again, when, and what waits for what."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.jobs import Job as QueuedJob
from sqlalchemy import NullPool, create_engine, text

from services.background import IDENTITY_PAUSES, LANES, MESSAGE_PAUSES, Growing, build_worker
from services.jobs import DrainBatches, Job

FAILED_JOBS = """
    insert into procrastinate_jobs (queue_name, task_name, queueing_lock, status) values
    ('identity', 'check_identity', null, 'failed'),
    ('identity', 'from_the_future', null, 'failed'),
    ('upkeep', 'forget', 'forget', 'failed')
"""
STATES = "select task_name, status from procrastinate_jobs"


def test_a_short_outage_of_the_registry_is_over_quickly_and_a_long_one_is_not_hammered():
    assert pauses(IDENTITY_PAUSES, 8) == [3, 6, 12, 24, 48, 96, 192, 300]
    assert pauses(IDENTITY_PAUSES, 1_000)[-1] == 300


def test_a_code_is_tried_often_enough_to_be_of_use_within_its_five_minutes():
    assert pauses(MESSAGE_PAUSES, 5) == [2, 4, 8, 15, 15]


@pytest.mark.parametrize("job", [job for job in Job.__subclasses__() if job is not DrainBatches])
def test_every_job_has_a_lane_and_a_task(ports, job):
    task = build_worker(ports, "postgresql://nobody@nowhere/nothing").tasks[job.name]
    assert task.queue == job.queue
    assert job.queue in {lane.queue for lane in LANES}


def test_every_task_that_there_is_has_a_lane(ports):
    tasks = build_worker(ports, "postgresql://nobody@nowhere/nothing").tasks.values()
    assert {task.queue for task in tasks} - {"builtin"} == {lane.queue for lane in LANES}


def test_whatever_goes_wrong_is_tried_again_after_the_pause_of_its_attempt():
    failed_twice = tried(attempts=1)
    before = datetime.now(UTC)
    decision = Growing(IDENTITY_PAUSES).get_retry_decision(exception=OSError(), job=failed_twice)
    pause = decision.retry_at - before
    assert timedelta(seconds=6) <= pause < timedelta(seconds=8)


def test_what_an_older_worker_did_not_know_is_done_by_a_newer_one(ports, committed_database):
    app = build_worker(ports, committed_database.url)

    async def round_of_rescue():
        async with app.open_async():
            await app.tasks["retry_failed"].func(None, timestamp=0)

    engine = create_engine(committed_database.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as database:
        database.execute(text(FAILED_JOBS))
        asyncio.run(round_of_rescue())
        states = dict(tuple(row) for row in database.execute(text(STATES)))
    assert states == {"check_identity": "todo", "forget": "failed", "from_the_future": "failed"}


def pauses(policy, attempts) -> list[float]:
    """In seconds, after each attempt."""
    return [policy.after(attempt + 1).total_seconds() for attempt in range(attempts)]


def tried(*, attempts) -> QueuedJob:
    """As the queue holds it while it fails once more; the present attempt is not yet counted."""
    return QueuedJob(
        id=1, queue="any", lock=None, queueing_lock=None, task_name="any", attempts=attempts
    )


def test_nothing_is_given_up_however_often_it_was_tried():
    growing = Growing(IDENTITY_PAUSES)
    assert growing.get_retry_decision(exception=OSError(), job=tried(attempts=100_000))


@pytest.mark.parametrize(
    ("task", "sent"),
    [
        ("check_ledger", "FROM ledger_posting"),
        ("forget", "DELETE FROM kept_answer"),
        ("erase", "FROM erasure_request"),
        ("watch_spending", "GROUP BY phone_verification.prefix"),
        ("collect_deliveries", "FROM gateway_position"),
        ("turn_month", "FROM month_turn"),
        ("remind", "FROM reminder_round"),
        ("route_events", "FROM partner_event"),
    ],
)
def test_what_the_clock_asks_for_is_done(ports, queries, task, sent):
    tasks = build_worker(ports, "postgresql://nobody@nowhere/nothing").tasks
    tasks[task].func(timestamp=0)
    assert any(sent in sql for sql in queries)
