"""The command line: ``jaring``."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

import click

from api import metrics as metrics_server
from api.app import create_app
from api.openapi import to_yaml
from commands.answering import Jaring, command_of, mention, say
from commands.audit import audit
from commands.batches import batches
from commands.installation import ports_here
from commands.partners import partners
from commands.staff import CannotChangeStaff, staff
from commands.upload import upload
from sandbox import demo_lapse, demo_page
from sandbox.demo import phone_app, walk
from sandbox.demo_connection import CannotGoOn
from sandbox.demo_step import Step
from services import logs, reconciliation
from services.bank_statement import NotAStatement
from services.database_settings import DatabaseSettings, data_dir
from services.environ import BadSettings, Environ
from services.ledger import unbalanced, unbalanced_partners
from services.links.batch_trial import NotPaused
from services.operations import reference_data, running
from services.operations.child_process import CannotStart
from services.operations.development_keys import ensure_development_keys
from services.operations.embedded_postgres import at_hand
from services.operations.listening import PortsTaken, with_free_metrics_port
from services.operations.lock import AlreadyRunning
from services.operations.migrate import upgrade
from services.operations.own_jaring import own_jaring
from services.operations.programs import programs
from services.operations.supervisor import Supervisor
from services.partners.accounts import CannotChangeAccount
from services.ports import Ports
from services.reconciliation import UnknownBank
from services.reconciliation_report import as_document, as_text
from services.settings import Settings
from services.wiring import build_ports

OPENAPI = Path(__file__).with_name("openapi.yaml")


class OutOfStep(Exception):
    """A file that is made from the code is older than the code."""


class OutOfBalance(Exception):
    """Somebody's money does not add up."""


EXPECTED = (
    AlreadyRunning,
    BadSettings,
    CannotChangeAccount,
    CannotChangeStaff,
    CannotGoOn,
    CannotStart,
    NotAStatement,
    NotPaused,
    OutOfBalance,
    OutOfStep,
    PortsTaken,
    UnknownBank,
)
# Workers whose money does not add up that are named one by one.
MOST_NAMED = 20


@click.group(cls=Jaring, expected=EXPECTED)
def main() -> None:
    """Registers informal workers with BPJS Ketenagakerjaan, and keeps them covered."""


@main.group()
def ledger() -> None:
    """The money of all workers."""


main.add_command(audit)
main.add_command(batches)
main.add_command(partners)
main.add_command(staff)
command = command_of(main)
command(upload)


@command
def run() -> None:
    """Start everything on this machine, and keep it running until Ctrl-C."""
    environ = Environ(os.environ)
    if environ.production:
        environ.fault("JARING_ENV is not development: in production start web and worker each")
    environ.finish()
    directory = data_dir(environ)
    # Before the keys are drawn: of two first starts at once only one may.
    with running.alone(directory):
        ensure_development_keys(directory / "keys")
        _supervise(with_free_metrics_port(Settings.read(os.environ), os.environ))


def _supervise(settings: Settings) -> None:
    logs.set_up("supervisor")

    def prepare() -> None:
        mention("Preparing the database: tables, areas, occupations …")
        upgrade(settings.database)
        reference_data.load(settings.database.migration_url)

    Supervisor(
        settings,
        os.environ,
        programs(settings, os.environ),
        prepare=prepare,
        ready=lambda: _say_addresses(settings),
    ).run()
    mention(f"Jaring has stopped; its data is kept under {settings.data_dir}.")


def _say_addresses(settings: Settings) -> None:
    api = f"http://{settings.host}:{settings.port}"
    addresses = {
        "api": f"{api}/v1",
        "docs": f"{api}/docs",
        "console": f"{api}/console",
        "sandbox": f"http://127.0.0.1:{settings.sandbox_port}",
        "metrics": f"http://127.0.0.1:{settings.metrics_port}/metrics",
    }
    lines = [f"  {name:<8} {address}" for name, address in addresses.items()]
    say(addresses, "\n".join(["", "Jaring is up:", *lines, "Ctrl-C stops it.", ""]))


@command
@click.option("--url", help="The server's; of the one that runs here if left out.")
@click.option("--sandbox", "sandbox_url", help="The sandbox's, likewise.")
@click.option(
    "--lapse", is_flag=True, help="Go on to grace, lapse and return, in a Jaring of its own."
)
def demo(url: str | None, sandbox_url: str | None, lapse: bool) -> None:
    """Walk a worker's whole journey against the running server."""
    if lapse:
        if url or sandbox_url:
            raise click.UsageError("--lapse moves the time, so it starts a Jaring of its own")
        _demonstrate_lapse()
        return
    environ = Environ(running.environment(os.environ))
    api = url or f"http://127.0.0.1:{environ.port('JARING_PORT', 8080)}"
    outside = sandbox_url or f"http://127.0.0.1:{environ.port('JARING_SANDBOX_PORT', 8081)}"
    environ.finish()
    mention(demo_page.title(api))
    steps: list[Step] = []
    for step in walk(phone_app(api, outside)):
        mention(demo_page.shown(step))
        steps.append(step)
    say(demo_page.as_document(steps), demo_page.ending(steps))


def _demonstrate_lapse() -> None:
    mention(demo_page.lapse_title())
    steps: list[Step] = []
    with own_jaring(os.environ) as jaring:
        app = phone_app(jaring.api, jaring.sandbox)
        for chapter in demo_lapse.CHAPTERS:
            moment = chapter.starts_at(app)
            mention(demo_page.chapter(chapter.named(moment)))
            with jaring.running_at(moment):
                for take in chapter.steps:
                    steps.append(take(app))
                    mention(demo_page.shown(steps[-1]))
    say(demo_page.as_document(steps), demo_page.ending(steps))


@command
def migrate() -> None:
    """Bring the database's tables, areas and occupations up to date."""
    variables = running.environment(os.environ)
    database = DatabaseSettings.for_migrating(variables)
    embedded = at_hand(data_dir(Environ(variables))) if database.embedded else nullcontext()
    with embedded:
        upgrade(database)
        reference_data.load(database.migration_url)
    say({"migrated": True}, "The database is up to date.")


@command
@click.option("--check", is_flag=True, help="Write nothing; fail if the file is out of step.")
@click.option("--output", type=click.Path(path_type=Path), default=OPENAPI)
def openapi(check: bool, output: Path) -> None:
    """Write openapi.yaml from the running code."""
    with tempfile.TemporaryDirectory() as directory:
        app = create_app(*_without_an_installation(Path(directory)))
        text = to_yaml(app)
    if not check:
        output.write_text(text, encoding="utf-8")
    elif not output.exists() or output.read_text(encoding="utf-8") != text:
        raise OutOfStep(f"{output.name} is not what the code says: run `make openapi`")
    say({"file": str(output), "written": not check}, f"{output.name} is in step with the code.")


def _without_an_installation(directory: Path) -> tuple[Settings, Ports]:
    """Enough to build the application and ask it what it offers; nothing is called."""
    ensure_development_keys(directory / "keys")
    settings = Settings.read({"JARING_ENV": "development", "JARING_DATA_DIR": str(directory)})
    return settings, build_ports(settings)


@command_of(ledger)
def verify() -> None:
    """Prove that what every worker and partner paid is settled months, credit, and what is owed."""
    with ports_here() as ports:
        found, of_partners = unbalanced(ports), unbalanced_partners(ports)
    if of_partners:
        named = ", ".join(str(each.partner_id) for each in of_partners[:MOST_NAMED])
        raise OutOfBalance(f"The money of {len(of_partners)} partners does not add up: {named}")
    if found:
        workers = ", ".join(str(each.worker_id) for each in found[:MOST_NAMED])
        raise OutOfBalance(f"The money of {len(found)} workers does not add up: {workers}")
    say({"balanced": True}, "The books balance.")


@command
@click.argument("file", type=click.Path(allow_dash=True))
@click.option("--bank", help="The client key under which the bank calls us, if several do.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Of which day the statement is.")
def reconcile(file: str, bank: str | None, day: datetime | None) -> None:
    """Compare a bank's daily statement, a CSV file or -, with our books."""
    with click.open_file(file, "rb") as statement, ports_here() as ports:
        report = reconciliation.reconcile(
            ports, statement, bank=bank, day=day.date() if day else None
        )
    say(as_document(report), as_text(report))
    if not report.agrees:
        click.get_current_context().exit(1)


@command
def metrics() -> None:
    """Answer /metrics for the web processes of this machine."""
    settings = Settings.read(os.environ)
    try:
        metrics_server.serve(settings.data_dir, settings.metrics_port)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise PortsTaken(
            f"Something else listens on port {settings.metrics_port}, perhaps the metrics of a Jaring "
            "that runs here: set JARING_METRICS_PORT."
        ) from None


if __name__ == "__main__":
    main()
