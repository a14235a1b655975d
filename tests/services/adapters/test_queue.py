from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from services.adapters.queue import ProcrastinateJobs
from services.jobs import CheckIdentity, SendMessage, SendReminder

SOME_ID = UUID("0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42")
JOBS = """
SELECT queue_name, task_name, priority, lock, queueing_lock, args, status, scheduled_at, attempts
FROM procrastinate_jobs ORDER BY id
"""


def jobs(session):
    return session.execute(text(JOBS)).all()


@pytest.mark.parametrize(
    "job", [SendMessage(SOME_ID), CheckIdentity(SOME_ID), SendReminder(SOME_ID)]
)
def test_a_job_carries_its_ids_to_the_queue_that_it_belongs_to(session, job):
    ProcrastinateJobs().defer(session, job)
    (written,) = jobs(session)
    assert (written.queue_name, written.task_name) == (job.queue, job.name)
    assert written.args == {name: str(value) for name, value in vars(job).items()}
    assert (written.status, written.attempts, written.scheduled_at) == ("todo", 0, None)
    assert written.priority == job.priority


def test_many_jobs_of_one_kind_are_written_in_one_go(session):
    many = [SendReminder(uuid4()) for _ in range(3)]
    ProcrastinateJobs().defer_all(session, many)
    assert [each.args for each in jobs(session)] == [
        {"message_id": str(each.message_id)} for each in many
    ]


def test_of_no_jobs_nothing_is_written(session):
    ProcrastinateJobs().defer_all(session, [])
    assert jobs(session) == []


def test_a_job_of_a_transaction_that_failed_is_not_there(session):
    ProcrastinateJobs().defer(session, SendMessage(SOME_ID))
    session.rollback()
    assert jobs(session) == []
