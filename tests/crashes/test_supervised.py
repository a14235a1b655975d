"""``make run`` for real: whatever is killed under it, people get through; nothing outlives it."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
import requests
from sqlalchemy import Engine, NullPool, create_engine

from services.operations.listening import is_ready
from services.operations.programs import PROJECT
from services.settings import Settings
from tests.crashes.books import assert_all_is_there_once
from tests.phone_app import PhoneApp
from tests.processes import alive, child_of, descendants_of
from tests.stack import environ_for
from tests.waiting import until

pytestmark = pytest.mark.slow

# By what stands in their command lines.
MORTALS = {
    "the web server": "wsgi:app",
    "the worker": "worker.py",
    "the database": "unix-socket-directories",
}


@dataclass
class Supervised:
    """A running ``jaring run``; it mends itself."""

    process: subprocess.Popen[bytes]
    settings: Settings

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}"

    @property
    def sandbox(self) -> str:
        return f"http://127.0.0.1:{self.settings.sandbox_port}"

    def mend(self) -> None:
        assert self.process.poll() is None

    def engine(self) -> Engine:
        return create_engine(self.settings.database_url, poolclass=NullPool, hide_parameters=True)

    def family(self) -> list[psutil.Process]:
        return descendants_of(self.process.pid)

    def child(self, words: str) -> psutil.Process | None:
        return child_of(self.process.pid, words)


@pytest.fixture
def environ(tmp_path) -> dict[str, str]:
    return environ_for(tmp_path / "var", {})


def test_what_is_killed_comes_back_and_what_was_done_outlives_a_restart(environ):
    with running(environ) as jaring:
        phones = [covered_while_one_dies(jaring, words) for words in MORTALS.values()]
        family = jaring.family()
        jaring.process.send_signal(signal.SIGINT)
        assert jaring.process.wait(120) == 0
        until(lambda: not any(map(alive, family)))
    with running(environ) as jaring:
        for phone in phones:
            number, phone.jaring = phone.member_number, jaring
            assert phone.see_cover()["member_number"] == number
        become_covered_while_the_world_outside_ends(jaring)


def covered_while_one_dies(jaring: Supervised, words: str) -> PhoneApp:
    phone = PhoneApp(jaring)
    victim = until(lambda: jaring.child(words))
    with ThreadPoolExecutor(1) as people:
        journey = people.submit(phone.become_covered)
        until(phone.messages)
        victim.kill()
        journey.result()
    assert_all_is_there_once(phone)
    assert until(lambda: jaring.child(words)) != victim
    return phone


def become_covered_while_the_world_outside_ends(jaring: Supervised) -> None:
    """It forgets everything when it ends, so the code has been read by then."""
    phone = PhoneApp(jaring)
    phone.register()
    sandbox = until(lambda: jaring.child("sandbox.app:app"))
    sandbox.kill()
    invoice = phone.choose()
    # What the dead one had started answers for a moment more.
    until(lambda: jaring.child("sandbox.app:app") not in (None, sandbox))
    until(lambda: _answers(jaring.sandbox))
    phone.pay(invoice)
    phone.see_cover()


@contextmanager
def running(environ: Mapping[str, str]) -> Iterator[Supervised]:
    log = Path(environ["JARING_DATA_DIR"]).parent / "output.log"
    with (
        log.open("ab") as output,
        subprocess.Popen(
            [sys.executable, "-m", "cli", "run"],
            env=dict(environ),
            cwd=PROJECT,
            stdout=output,
            stderr=output,
        ) as process,
    ):
        try:
            jaring = Supervised(process, _settings(environ, process))
            until(lambda: jaring.mend() or is_ready(jaring.settings), seconds=120)
            yield jaring
        finally:
            process.terminate()


def _settings(environ: Mapping[str, str], process: subprocess.Popen[bytes]) -> Settings:
    """Readable once the process has made its keys."""
    keys = Path(environ["JARING_DATA_DIR"]) / "keys" / "keys.json"
    until(lambda: process.poll() is None and keys.exists(), seconds=60)
    return Settings.read(environ)


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).ok
    except requests.RequestException:
        return False
