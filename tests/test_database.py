"""The database that one test after the other commits to."""

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from tests.database import emptied

# Something is taken away, something changed, and something is new.
USE = (
    "delete from village where code = (select min(code) from village)",
    "update check_pace set spent_until = now()",
    "insert into procrastinate_jobs (queue_name, task_name) values ('queue', 'job')",
)
LOOK = (
    "select count(*) from village",
    "select * from check_pace",
    "select * from procrastinate_jobs",
    "select last_value, is_called from procrastinate_jobs_id_seq",
)


def test_whoever_comes_next_finds_it_as_it_was(migrated):
    with emptied(migrated) as database:
        engine = create_engine(database.addresses.migration_url)
        before = looked(engine)
        with engine.begin() as connection:
            for statement in USE:
                connection.execute(text(statement))
        assert not any(one == other for one, other in zip(before, looked(engine), strict=True))
        database.empty()
        engine.dispose()
        assert looked(engine) == before
        engine.dispose()


def test_whoever_is_still_in_it_is_shown_out(migrated):
    with emptied(migrated) as database:
        engine = create_engine(database.addresses.migration_url)
        staying = engine.connect()
        staying.execute(text("lock table village"))
        database.empty()
        with pytest.raises(OperationalError):
            staying.execute(text("select 1"))
        staying.close()
        engine.dispose()


def looked(engine):
    with engine.connect() as connection:
        return [connection.execute(text(question)).all() for question in LOOK]
