"""A supervisor with small programs in place of the real ones; the tests start it as
a process of its own, for it handles signals."""

import os
import signal
import sys
from pathlib import Path
from threading import Thread

import click
from sqlalchemy import create_engine, text

from services.operations import running
from services.operations.development_keys import ensure_development_keys
from services.operations.programs import Program, shared_environment
from services.operations.supervisor import Supervisor
from services.settings import Settings
from tests.waiting import until

SLEEPER = "import signal; signal.pause()"
LEAVER = "import signal; signal.alarm(1); signal.signal(signal.SIGALRM, lambda *_: exit(0)); signal.pause()"
WEB = """
import os
from wsgiref.simple_server import make_server
def app(environ, start):
    start("200 OK", [])
    return [os.environ["JARING_CLOCK_OFFSET"].encode()]
make_server("127.0.0.1", int(os.environ["JARING_PORT"]), app).serve_forever()
"""
# Like granian: it ends its workers when it is asked to end, and not when it is killed.
PARENT = """
import signal, subprocess, sys
worker = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
signal.signal(signal.SIGTERM, lambda *_: worker.terminate())
worker.wait()
"""
DEAF = """
import os, pathlib, signal
signal.signal(signal.SIGTERM, lambda *_: print("asked", flush=True))
pathlib.Path(os.environ["JARING_DATA_DIR"], "deaf").touch()
while True:
    signal.pause()
"""
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"


def main(preparation: str = "nothing", ending: str = "when told") -> None:
    data_dir = Path(os.environ["JARING_DATA_DIR"])
    with running.alone(data_dir):
        ensure_development_keys(data_dir / "keys")
        settings = Settings.read(os.environ)
        Supervisor(
            settings,
            os.environ,
            programs(settings, deaf=ending != "when told"),
            prepare=lambda: PREPARATIONS[preparation](settings),
            ready=lambda: ENDINGS[ending](settings),
        ).run()


def programs(settings: Settings, *, deaf: bool) -> list[Program]:
    env = shared_environment(settings, os.environ)
    sources = {"sleeper": SLEEPER, "leaver": LEAVER, "parent": PARENT, "web": WEB}
    if deaf:
        sources["deaf"] = DEAF
    return [
        Program(name=name, command=(sys.executable, "-c", source), env=env, patience=1)
        for name, source in sources.items()
    ]


def wait_for_the_database(settings: Settings) -> None:
    Thread(target=tell_that_it_waits, args=(settings,), daemon=True).start()
    with create_engine(settings.database.migration_url).begin() as connection:
        connection.execute(text("SELECT pg_sleep(600)"))


def tell_that_it_waits(settings: Settings) -> None:
    """From aside: what is raised in a notice handler, which psycopg calls, would be lost."""
    # In one transaction the database would show the same picture again and again.
    engine = create_engine(settings.database.migration_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        until(lambda: connection.execute(text(WAITING)).scalar())
    click.echo("preparing")


def fail_on_the_way_out(_settings: Settings) -> None:
    click.echo("preparing")
    try:
        signal.pause()
    finally:
        raise RuntimeError


def crash(settings: Settings) -> None:
    until((settings.data_dir / "deaf").exists)
    raise RuntimeError


PREPARATIONS = {
    "nothing": lambda _settings: None,
    "a statement": wait_for_the_database,
    "what fails on its way out": fail_on_the_way_out,
}
ENDINGS = {"when told": lambda _settings: click.echo("ready"), "by an error": crash}

if __name__ == "__main__":
    main(*sys.argv[1:])
