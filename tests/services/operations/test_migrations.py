from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from procrastinate.schema import SchemaManager
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from services.operations.child_process import CannotStart
from services.operations.migrate import FOREIGN_TABLES, MIGRATIONS, tables, upgrade
from tests.database import database

COLUMNS = """
    SELECT table_name, column_name, data_type, is_nullable, column_default
    FROM information_schema.columns WHERE table_name LIKE 'procrastinate%' ORDER BY 1, 2
"""
FUNCTIONS = """
    SELECT proname, pg_get_functiondef(oid) FROM pg_proc
    WHERE proname LIKE 'procrastinate%' ORDER BY 1, 2
"""
INDEXES = "SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'procrastinate%' ORDER BY 1"


def test_migrations_from_nothing_make_the_tables_that_the_models_describe(connection):
    context = MigrationContext.configure(connection, opts={"include_object": ours})
    assert compare_metadata(context, tables()) == []


@pytest.mark.slow
def test_two_migrations_at_once_do_the_work_once(server):
    with database(server, "template1") as addresses:
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
            list(processes.map(upgrade, [addresses, addresses]))
        assert revision(addresses.url) == newest()


def test_one_role_may_do_everything_in_development(server):
    with database(server, "template1") as addresses:
        alone = type(addresses)(url=addresses.owner_url, owner_url=None, embedded=False)
        upgrade(alone)
        assert revision(alone.url) == newest()


def test_a_database_that_a_newer_program_has_been_at_is_left_to_that(fresh_database):
    with psycopg.connect(plain(fresh_database.owner_url)) as owner:
        owner.execute("UPDATE alembic_version SET version_num = '9999_later'")
    with pytest.raises(CannotStart, match="newer version of Jaring"):
        upgrade(fresh_database)
    assert revision(fresh_database.url) == "9999_later"


def test_the_queue_is_the_one_that_the_installed_procrastinate_expects(server, fresh_database):
    with (
        database(server, "template1") as plain_queue,
        psycopg.connect(plain(plain_queue.owner_url)) as expected,
        psycopg.connect(plain(fresh_database.owner_url)) as found,
    ):
        expected.execute(SchemaManager.get_schema())
        for query in (COLUMNS, FUNCTIONS, INDEXES):
            assert found.execute(query).fetchall() == expected.execute(query).fetchall()


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "DROP TABLE procrastinate_jobs",
        "ALTER TABLE procrastinate_jobs ADD COLUMN mine int",
        "TRUNCATE procrastinate_jobs",
        "DELETE FROM alembic_version",
        "SET ROLE jaring_owner",
        "CREATE ROLE another",
        "DELETE FROM ledger_posting",
        "UPDATE payment SET amount = 1",
        "UPDATE invoice SET amount = 1",
        "UPDATE invoice_month SET amount = 1",
        "UPDATE bank_call SET outcome = 'accepted'",
        "UPDATE ledger_posting SET credit = 1",
        "DELETE FROM invoice",
        "DELETE FROM identity_check",
        "UPDATE contribution SET settled_at = now()",
        "UPDATE contribution SET amount = 1",
        "UPDATE refund_case SET amount = 1",
        "DELETE FROM refund_case",
        "DELETE FROM bank_call",
        "DELETE FROM worker_consent",
        "DELETE FROM worker",
        "UPDATE phone_change SET changed_at = now()",
        "DELETE FROM phone_change",
        "UPDATE phone_change_request SET hold_until = now()",
        "DELETE FROM phone_change_request",
        "UPDATE data_access SET name = 'admin'",
        "DELETE FROM data_access",
        "DELETE FROM contribution_terms",
        "DELETE FROM erasure_request",
        "UPDATE erasure_request SET requested_at = now()",
        "UPDATE partner_invoice SET amount = 1",
        "DELETE FROM partner_invoice",
        "UPDATE partner_invoice_line SET amount = 1",
        "DELETE FROM partner_invoice_line",
        "DELETE FROM partner_invoice_left_out",
        "UPDATE partner_posting SET credit = 1",
        "DELETE FROM partner_posting",
        "UPDATE coverage_event SET happened_at = now()",
        "DELETE FROM coverage_event",
        "DELETE FROM check_pace",
        "DELETE FROM partner_checks",
        "DELETE FROM batch_checks",
    ],
)
def test_the_role_of_the_application_may_not(connection, statement):
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        connection.execute(text(statement))


def test_the_role_of_the_application_may_use_every_table_made_later(fresh_database):
    with psycopg.connect(plain(fresh_database.owner_url)) as owner:
        owner.execute("CREATE TABLE later (id int GENERATED ALWAYS AS IDENTITY, name text)")
    with psycopg.connect(plain(fresh_database.url)) as app:
        app.execute("INSERT INTO later (name) VALUES ('a')")
        app.execute("UPDATE later SET name = 'b'")
        assert app.execute("DELETE FROM later RETURNING id, name").fetchall() == [(1, "b")]


def revision(url: str) -> str:
    with psycopg.connect(plain(url)) as connection:
        return connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]


def newest() -> str:
    return ScriptDirectory(MIGRATIONS).get_current_head()


def plain(url: str) -> str:
    return url.replace("+psycopg", "")


def ours(_object, name, kind, *_) -> bool:
    return kind != "table" or not name.startswith(FOREIGN_TABLES)
