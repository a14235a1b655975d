"""How every command of ``jaring`` answers: a sentence for people, a document with ``--json``."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

import click

AS_JSON = "jaring.json"


class Jaring(click.Group):
    """:param expected: errors whose message is a sentence for people."""

    def __init__(
        self, *args: Any, expected: tuple[type[Exception], ...] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.expected = expected

    def invoke(self, context: click.Context) -> Any:
        """Say in a sentence what a person can mend; all else is a bug of ours, with
        its traceback."""
        try:
            return super().invoke(context)
        except self.expected as error:
            return refuse(context, str(error))
        except OSError as error:
            if error.filename is None:
                raise
            return refuse(context, f"{error.strerror}: {error.filename}")


def refuse(context: click.Context, sentence: str, exit_code: int = 1) -> NoReturn:
    """End the command with a sentence that a person can act on."""
    as_json = context.meta.get(AS_JSON)
    click.echo(json.dumps({"error": sentence}) if as_json else f"Error: {sentence}", err=True)
    context.exit(exit_code)


def command_of(
    group: click.Group, name: str | None = None
) -> Callable[[Callable[..., None]], click.Command]:
    """A command of ``jaring``. Every one takes ``--json`` and answers with ``say``.

    :param name: that of the function if left out.
    """
    as_json = click.option(
        "--json",
        is_flag=True,
        expose_value=False,
        callback=lambda context, _, chosen: context.meta.update({AS_JSON: chosen}),
        help="Answer in JSON.",
    )
    return lambda function: group.command(name)(as_json(function))


def say(document: Mapping[str, Any], sentence: str) -> None:
    click.echo(json.dumps(document) if in_json() else sentence)


def mention(sentence: str) -> None:
    """Something on the way to the answer, for people only."""
    if not in_json():
        click.echo(sentence)


def in_json() -> bool:
    chosen: bool = click.get_current_context().meta[AS_JSON]
    return chosen
