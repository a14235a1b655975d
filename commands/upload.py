"""``jaring upload``: a file of drivers, from the partner's own machine over HTTP.

It needs no settings of an installation, only where the server is and who the partner is.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import update_wrapper
from pathlib import Path
from typing import IO, Any, TypeVar, cast
from urllib.parse import urlsplit
from uuid import uuid4

import click

from commands.answering import in_json, refuse, say
from models.values.plan import Plan
from services.environ import BadSettings, Environ
from services.operations import running
from services.wiring import clock_here
from upload.batch import Batch
from upload.connection import Connection
from upload.course import see_through, send_file, try_out
from upload.credentials import Credentials
from upload.driver_file import looked_at
from upload.known import known_at
from upload.page import Report, TrialReport
from upload.refusals import CannotUpload

Command = TypeVar("Command", bound=Callable[..., Any])
NOT_DONE = 2
STOPPED = (
    "Stopped here. With what it has received the server goes on: run the same command again to see."
)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def told_by_exit_code(command: Command) -> Command:
    """0: all is well. 1: rows were rejected. 2: whatever else, a bug of ours among it: who reads a 1
    may trust that the file was seen through."""

    def wrapper(*args: Any, **options: Any) -> None:
        context = click.get_current_context()
        try:
            command(*args, **options)
        except (CannotUpload, BadSettings) as error:
            refuse(context, str(error), NOT_DONE)
        except KeyboardInterrupt:
            refuse(context, STOPPED, NOT_DONE)
        except (click.exceptions.Exit, click.ClickException):
            raise
        except Exception:
            click.echo(traceback.format_exc(), err=True, nl=False)
            context.exit(NOT_DONE)

    return cast(Command, update_wrapper(wrapper, command))


@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--wait", is_flag=True, help="Wait until all rows are done, and show what is wrong.")
@click.option(
    "--plan",
    type=click.Choice([plan.value for plan in Plan]),
    default=Plan.BASIC.value,
    show_default=True,
    help="The plan that the drivers are enrolled with.",
)
@click.option(
    "--results",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to put rejected rows; beside FILE if left out.",
)
@click.option(
    "--url", envvar="JARING_URL", help="The server's; of the one that runs here if left out."
)
@click.option(
    "--client-id",
    envvar="JARING_CLIENT_ID",
    help="Which client the partner is: it was given with the secret.",
)
@click.option(
    "--client-secret-file",
    type=click.File("r"),
    help="A file with the secret, or -. If left out: JARING_CLIENT_SECRET, or it is asked for.",
)
@click.option(
    "--dry-run", is_flag=True, help="Judge all rows here, by the same rules, and send nothing."
)
@click.option("--again", is_flag=True, help="Send it as a new batch, even if it was sent today.")
@told_by_exit_code
def upload(
    file: Path,
    wait: bool,
    dry_run: bool,
    plan: str,
    results: Path | None,
    url: str | None,
    client_id: str | None,
    client_secret_file: IO[str] | None,
    again: bool,
) -> None:
    """Send a file of drivers: CSV, NDJSON (either perhaps gzipped) or XLSX.

    Ends with 0 when all is well, 1 when rows were rejected, 2 when not all was done.
    """
    if dry_run:
        known = known_at(clock_here().now())
        _say(try_out(looked_at(file), known, results, quiet=in_json()))
        return
    address = _address(url)
    credentials = _credentials(client_id, client_secret_file)
    drivers = looked_at(file)
    with _connected(address, credentials) as connection:
        batch = send_file(
            connection,
            drivers,
            plan,
            another=uuid4().hex if again else "",
            quiet=in_json(),
        )
        if not wait:
            _say_sent(batch)
            return
        report = see_through(connection, batch, file, results, quiet=in_json())
    _say(report)


def _say_sent(batch: Batch) -> None:
    before = " It was sent before: nothing is done twice." if batch.replayed else ""
    say(
        {"id": batch.id, "status": batch.status, "sent_before": batch.replayed},
        f"The server has the file, as batch {batch.id}.{before} The same command with --wait shows "
        "what becomes of it.",
    )


def _say(report: Report | TrialReport) -> None:
    say(report.as_document(), report.as_text())
    click.get_current_context().exit(report.exit_code)


@contextmanager
def _connected(address: str, credentials: Credentials) -> Iterator[Connection]:
    connection = Connection(address, credentials)
    try:
        yield connection
    finally:
        connection.close()


def _address(url: str | None) -> str:
    """:raises CannotUpload: drivers' data and the secret would go over an open line."""
    if url is None:
        environ = Environ(running.environment(os.environ))
        port = environ.port("JARING_PORT", 8080)
        environ.finish()
        return f"http://127.0.0.1:{port}"
    if not _is_safe(url):
        raise CannotUpload("--url must begin with https://: drivers' data goes there.")
    return url.rstrip("/").removesuffix("/v1")


def _is_safe(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" or parts.hostname in _LOOPBACK
    except ValueError:
        return False


def _credentials(client_id: str | None, secret_file: IO[str] | None) -> Credentials:
    """The secret never stands on the command line: there every user of the machine reads it."""
    if not client_id:
        raise CannotUpload("Give --client-id, or set JARING_CLIENT_ID.")
    secret = secret_file.read().strip() if secret_file else os.environ.get("JARING_CLIENT_SECRET")
    if secret is None and sys.stdin.isatty():
        secret = str(click.prompt("client_secret", hide_input=True, err=True))
    if not secret:
        raise CannotUpload("Set JARING_CLIENT_SECRET, or give --client-secret-file.")
    return Credentials(client_id, secret)
