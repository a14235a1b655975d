"""How the steps of the demonstration look in a terminal, and to a program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click

from sandbox.demo_step import Step

_MARGIN, _NAMES, _DETAILS = 2, 12, 15


def title(url: str) -> str:
    return f"\n{' ' * _MARGIN}{click.style('From a new phone to cover', bold=True)}, at {url}\n"


def lapse_title() -> str:
    said = click.style("Grace, lapse and return", bold=True)
    return f"\n{' ' * _MARGIN}{said}, in a Jaring of its own that is started at three times"


def chapter(named: str) -> str:
    return f"\n{' ' * _MARGIN}{click.style(named, bold=True)}\n"


def shown(step: Step) -> str:
    """Two columns; what says more stands indented below."""
    return "\n".join(_rows(step))


def ending(steps: Sequence[Step]) -> str:
    *_, covered = (step for step in steps if "covered_until" in step.facts)
    said = click.style(f"Covered {covered.sentence}.", fg="green", bold=True)
    return f"\n{' ' * _MARGIN}{said}\n"


def as_document(steps: Sequence[Step]) -> dict[str, Any]:
    """What came of it, and each step in order."""
    facts = {name: value for step in steps for name, value in step.facts.items()}
    return {
        "covered_until": facts["covered_until"],
        "member_number": facts["member_number"],
        "steps": [{"step": step.name, "sentence": step.sentence, **step.facts} for step in steps],
    }


def _rows(step: Step) -> Iterator[str]:
    yield f"{' ' * _MARGIN}{click.style(step.name.ljust(_NAMES), dim=True)}{step.sentence}"
    for name, value in step.lines:
        yield f"{' ' * (_MARGIN + _NAMES)}{click.style(name.ljust(_DETAILS), dim=True)} {value}"
