import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import psycopg
import pytest

from services.operations.child_process import Account
from services.operations.embedded_postgres import EmbeddedPostgres, at_hand
from services.operations.lock import AlreadyRunning
from services.operations.socket_directory import LONGEST_SOCKET_PATH, socket_directory
from tests.processes import has_ended
from tests.waiting import until

as_root = os.geteuid() == 0


def test_a_socket_path_is_never_too_long_for_the_kernel(tmp_path):
    for name in ("var", "x" * 200, "a, b'"):
        socket = socket_directory(tmp_path / name) / ".s.PGSQL.5432"
        assert len(str(socket).encode()) <= LONGEST_SOCKET_PATH


def test_neither_is_it_where_the_temporary_directory_has_a_long_name(tmp_path):
    temporary = tmp_path / ("t" * 100)
    temporary.mkdir()
    asking = (
        "from pathlib import Path\n"
        "from services.operations.socket_directory import socket_directory\n"
        "print(socket_directory(Path('x' * 200)))"
    )
    environ = {**os.environ, "TMPDIR": str(temporary)}
    told = subprocess.check_output([sys.executable, "-c", asking], env=environ, text=True)
    assert len(told.strip() + "/.s.PGSQL.5432") <= LONGEST_SOCKET_PATH


def test_two_data_directories_never_share_a_socket(tmp_path):
    names = ("x" * 200 + "1", "x" * 200 + "2", "var")
    assert len({socket_directory(tmp_path / name) for name in names}) == 3


def test_it_listens_on_no_port(server):
    with server.superuser() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_its_log_shows_no_statement_and_no_row(server):
    with server.superuser() as connection:
        connection.execute("CREATE TEMP TABLE people (nik text UNIQUE)")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO people VALUES ('canary-3171'), ('canary-3171')")
    log = server.cluster.log.read_text()
    assert "duplicate key" in log
    assert "canary" not in log


@pytest.mark.slow
def test_what_was_committed_outlives_a_killed_server(data_dir):
    with EmbeddedPostgres(data_dir, durable=False) as server:
        with connect(server) as connection:
            connection.execute("CREATE TABLE kept (id int)")
            connection.execute("INSERT INTO kept VALUES (1)")
        server.process.kill()
        server.process.wait(30)
        assert not server.running
        server.start()
        with connect(server) as connection:
            assert connection.execute("SELECT id FROM kept").fetchall() == [(1,)]


@pytest.mark.slow
def test_a_killed_server_with_a_busy_connection_is_started_again(data_dir):
    with EmbeddedPostgres(data_dir, durable=False) as server, connect(server) as busy:
        server.process.kill()
        server.process.wait(30)
        server.start()
        with pytest.raises(psycopg.OperationalError):
            busy.execute("SELECT 1")


@pytest.mark.slow
@pytest.mark.parametrize("whose", ["another program", "a zombie", "nobody"])
def test_the_note_of_a_dead_server_keeps_nobody_from_starting(data_dir, whose):
    with EmbeddedPostgres(data_dir, durable=False) as server:
        note = server.cluster.path / "postmaster.pid"
        written = note.read_text()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        if whose != "another program":
            other.kill()
            until(lambda: psutil.Process(other.pid).status() == psutil.STATUS_ZOMBIE)
        if whose == "nobody":
            other.wait()
        note.write_text(written.replace(written.split("\n", 1)[0], str(other.pid), 1))
        with EmbeddedPostgres(data_dir, durable=False) as server, server.superuser() as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        other.kill()


@pytest.mark.slow
def test_one_process_at_a_time_runs_it_and_others_may_use_it(data_dir):
    with EmbeddedPostgres(data_dir, durable=False) as server:
        with pytest.raises(AlreadyRunning, match="is in use"), EmbeddedPostgres(data_dir):
            pass
        with at_hand(data_dir):
            assert server.running
        assert server.running
    with at_hand(data_dir), connect(server) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not (data_dir / "postgres" / "postmaster.pid").exists()


@pytest.mark.slow
def test_a_server_whose_starter_was_killed_makes_way_for_the_next(data_dir):
    script = (
        "import sys; from pathlib import Path\n"
        "from services.operations.embedded_postgres import EmbeddedPostgres\n"
        "server = EmbeddedPostgres(Path(sys.argv[1])); server.start()\n"
        "print(server.process.pid, flush=True); server.process.wait()\n"
    )
    command = [sys.executable, "-c", script, str(data_dir)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as starter:
        pid = int(starter.stdout.readline())
        starter.kill()
    with EmbeddedPostgres(data_dir, durable=False) as server:
        assert server.running
        assert server.process.pid != pid
    until(lambda: has_ended(pid))


@pytest.mark.slow
def test_a_beginning_that_was_cut_short_is_begun_anew(data_dir):
    (data_dir / "postgres.new" / "base").mkdir(parents=True)
    with EmbeddedPostgres(data_dir, durable=False) as server:
        assert server.running


@pytest.mark.slow
def test_it_lives_in_a_closed_home_without_opening_it(tmp_path):
    home = tmp_path / "home, sweet home" / ("deep" * 30)
    home.mkdir(parents=True)
    home.parent.chmod(0o700)
    with EmbeddedPostgres(home / "var", durable=False) as server, connect(server) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("jaring_owner",)
    assert home.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.slow
def test_nobody_else_on_the_machine_gets_in(data_dir):
    """Root runs the server as another user, which may not enter the database either."""
    with EmbeddedPostgres(data_dir, durable=False) as server:
        assert server.cluster.sockets.stat().st_mode & 0o777 == 0o700
        rules = (server.cluster.path / "pg_ident.conf").read_text()
        assert rules.count("\n") == 1
        if as_root:
            assert server.process.pid
            assert psutil.Process(server.process.pid).uids().real == Account.nobody().uid


@pytest.mark.slow
def test_stopping_is_clean_with_connections_open(data_dir):
    server = EmbeddedPostgres(data_dir, durable=False)
    server.start()
    with connect(server):
        server.stop()
    assert "database system is shut down" in server.cluster.log.read_text()


def connect(server) -> psycopg.Connection:
    return psycopg.connect(server.url("jaring_owner").replace("+psycopg", ""))


@pytest.fixture
def data_dir():
    """Where a short path is certain, whatever the test is called."""
    with tempfile.TemporaryDirectory() as directory:
        yield Path(directory) / "var"
