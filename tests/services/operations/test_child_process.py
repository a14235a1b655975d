import os
import signal
import subprocess
import sys

import pytest

from services.operations.child_process import Account, start, stop
from tests.processes import has_ended
from tests.waiting import until

LOOK = "import os, sys; sys.exit(not os.access(sys.argv[1], os.X_OK))"
UID = "import os; print(os.getuid(), os.getgid(), os.getgroups())"


@pytest.fixture
def account() -> Account | None:
    """Whom root becomes. Anybody else stays who they are."""
    return Account.nobody() if os.geteuid() == 0 else None


def test_a_program_in_a_closed_home_is_found_by_access_too(tmp_path, account):
    program = tmp_path / "home" / "program"
    program.parent.mkdir(mode=0o700)
    program.touch(mode=0o700)
    looking = start([sys.executable, "-c", LOOK, program], account=account, paths=[program])
    assert looking.wait(30) == 0


def test_root_is_left_behind_with_its_groups(tmp_path, account):
    with (tmp_path / "out").open("w+b") as output:
        command = [sys.executable, "-c", UID]
        start(command, account=account, output=output, paths=[tmp_path]).wait(30)
        output.seek(0)
        said = output.read().decode().split(maxsplit=2)
    assert said[0] == str(account.uid if account else os.getuid())
    if account:
        assert said[1:] == [str(account.gid), "[]\n"]


def test_what_does_not_listen_is_ended_in_the_end(tmp_path):
    deaf = (
        "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "print('deaf', flush=True); signal.pause()"
    )
    said = tmp_path / "said"
    with said.open("wb") as output:
        process = start([sys.executable, "-c", deaf], output=output)
    until(said.read_text)
    stop(process, signal.SIGTERM, patience=0.2)
    assert process.returncode == -signal.SIGKILL


def test_ctrl_c_reaches_only_us():
    process = start([sys.executable, "-c", "import signal; signal.pause()"])
    assert os.getsid(process.pid) == process.pid
    stop(process, signal.SIGTERM, patience=10)


@pytest.mark.slow
def test_a_program_ends_with_whoever_started_it():
    script = (
        "import sys; from services.operations.child_process import start\n"
        "child = start([sys.executable, '-c', 'import signal; signal.pause()'])\n"
        "print(child.pid, flush=True); child.wait()\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as starter:
        child = int(starter.stdout.readline())
        starter.kill()
    until(lambda: has_ended(child))
