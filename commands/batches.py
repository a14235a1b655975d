"""``jaring batches``: files of drivers that partners have sent."""

from __future__ import annotations

from uuid import UUID

import click

from commands.answering import command_of, say
from commands.installation import ports_here
from services.links import batch_trial


@click.group()
def batches() -> None:
    """Files of drivers that partners have sent."""


command = command_of(batches)


@command
@click.argument("batch_id", type=click.UUID)
def resume(batch_id: UUID) -> None:
    """Have the rest of a file checked whose checks were paused."""
    with ports_here() as ports:
        batch_trial.resume(ports, batch_id)
    say({"resumed": str(batch_id)}, "The rest of the batch will be checked.")
