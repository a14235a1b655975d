import http.client
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import psycopg
import pytest

from services.operations import running
from services.operations.socket_directory import APP_ROLE, embedded_url
from tests.processes import alive, child_of, command_of, descendants_of
from tests.stack import environ_for
from tests.waiting import until

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_over_however_it_ends(supervisor, number):
    family = descendants_of(supervisor.pid)
    commands = " ".join(map(command_of, family))
    assert "unix-socket-directories" in commands
    assert "make_server" in commands
    supervisor.send_signal(number)
    assert supervisor.wait(30) == (-number if number == signal.SIGKILL else 0)
    until(lambda: not any(alive(process) for process in family))


def test_what_ends_is_started_again_whatever_its_exit_code(supervisor, environ):
    mortals = {words: found(supervisor, words) for words in ("make_server", "subprocess.Popen")}
    for process in mortals.values():
        process.kill()
    leaver = {"signal.alarm": found(supervisor, "signal.alarm")}
    for words, process in (mortals | leaver).items():
        until(lambda w=words, p=process: (now := find(supervisor, w)) and now != p)
    until(lambda: answers(environ))


def test_what_a_killed_program_left_behind_is_ended_with_it(supervisor):
    parent = found(supervisor, "subprocess.Popen")
    child = until(parent.children)[0]
    parent.kill()
    until(lambda: not alive(child))


def test_a_killed_database_is_started_again(supervisor):
    postmaster = found(supervisor, "unix-socket-directories")
    postmaster.kill()
    again = until(
        lambda: (now := find(supervisor, "unix-socket-directories")) and now != postmaster and now
    )
    assert again.is_running()


def test_a_database_that_is_killed_while_it_comes_back_is_started_once_more(supervisor, environ):
    killed = [found(supervisor, "unix-socket-directories")]
    killed[0].kill()
    again = until(lambda: another_database(supervisor, killed))
    again.kill()
    killed.append(again)
    until(lambda: another_database(supervisor, killed))
    until(lambda: connects(environ))
    assert supervisor.poll() is None


@pytest.mark.parametrize("preparation", ["a statement", "what fails on its way out"])
def test_who_is_told_to_stop_ends_well_whatever_was_interrupted(environ, preparation):
    with start(environ, preparation) as process:
        assert process.stdout.readline() == "preparing\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0


def test_stopping_after_an_error_is_not_interrupted_either(environ):
    with start(environ, "nothing", "by an error") as process:
        assert process.stdout.readline() == "asked\n"
        family = descendants_of(process.pid)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 1
        until(lambda: not any(alive(each) for each in family))


def test_a_second_one_on_the_same_data_directory_is_refused(supervisor, environ):
    with start({**environ, "JARING_PORT": str(free_port())}) as second:
        assert "Jaring is already running on" in second.communicate(timeout=30)[1]
    assert second.returncode != 0


def test_a_port_that_is_taken_is_named_with_its_setting(environ):
    port = environ["JARING_PORT"]
    with socket.create_server(("127.0.0.1", int(port))), start(environ) as process:
        assert f"Port {port} is taken; set JARING_PORT" in process.communicate(timeout=60)[1]
    assert process.returncode != 0


def test_all_processes_live_at_the_moved_time(environ):
    with start({**environ, "JARING_NOW": "2100-01-01T00:00:00+07:00"}) as process:
        assert process.stdout.readline() == "ready\n"
        first = answers(environ)
        assert float(first) > 0
        found(process, "make_server").kill()
        until(lambda: answers(environ) == first)
        process.terminate()


def test_a_command_beside_it_finds_its_settings_without_being_told(supervisor, environ):
    beside = running.environment({"JARING_DATA_DIR": environ["JARING_DATA_DIR"]})
    assert beside["JARING_ENV"] == "development"
    assert beside["JARING_PORT"] == environ["JARING_PORT"]
    supervisor.terminate()
    supervisor.wait(30)
    alone = {"JARING_DATA_DIR": environ["JARING_DATA_DIR"]}
    assert running.environment(alone) == alone


def start(environ, *manner) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.services.operations.stand_in", *manner],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def found(supervisor, words) -> psutil.Process:
    return until(lambda: find(supervisor, words))


def find(supervisor, words) -> psutil.Process | None:
    return child_of(supervisor.pid, words)


def another_database(supervisor, killed) -> psutil.Process | None:
    found = find(supervisor, "unix-socket-directories")
    return None if found in killed else found


def connects(environ) -> bool:
    address = embedded_url(Path(environ["JARING_DATA_DIR"]), APP_ROLE)
    try:
        with psycopg.connect(address.replace("+psycopg", "")):
            return True
    except psycopg.OperationalError:
        return False


def answers(environ) -> bytes | None:
    connection = http.client.HTTPConnection("127.0.0.1", int(environ["JARING_PORT"]), timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().read()
    except OSError:
        return None
    finally:
        connection.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@pytest.fixture
def environ(tmp_path) -> dict[str, str]:
    return environ_for(tmp_path / "var", {})


@pytest.fixture
def supervisor(environ):
    with start(environ) as process:
        assert process.stdout.readline() == "ready\n", process.stderr.read()
        yield process
        process.terminate()
        process.wait(30)
