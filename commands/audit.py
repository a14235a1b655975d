"""``jaring audit``: proving that what staff did stands as it was written down."""

from __future__ import annotations

from typing import Any

import click

from commands.answering import command_of, say
from commands.installation import ports_here
from models.audit_chain import SEALED_WITHIN
from services.audit import verifying
from services.audit.breaks import Break, Fault
from services.audit.chain import START, Head, NotAHead

_MINUTES = int(SEALED_WITHIN.value.total_seconds() // 60)
_PLAIN: dict[Fault, str] = {
    Fault.EVENT_CHANGED: "Event {event_id}, sealed by link {position}, was changed.",
    Fault.EVENT_REMOVED: "Event {event_id}, sealed by link {position}, was removed.",
    Fault.LINK_CHANGED: "Link {position}, which seals event {event_id}, was changed.",
    Fault.LINK_REMOVED: "Link {position} was removed.",
    Fault.MISMATCH: "Link {position} does not seal event {event_id} as it stands: one of them was "
    "changed, exchanged or made up.",
    Fault.SEALED_TWICE: "Link {position} seals event {event_id}, which a link before it seals already.",
    Fault.OTHER_HEAD: "Link {position} is not the one that was written down: the chain was made anew.",
    Fault.SHORTENED: "Link {position} was written down, and the chain ends before it: its end was "
    "removed.",
    Fault.NEVER_SEALED: f"Events older than {_MINUTES} minutes that were never sealed: {{many}}. The "
    "oldest is {event_id}. Either no worker runs that seals them, or they were put there later.",
}


class HeadType(click.ParamType[Head]):
    name = "POSITION:DIGEST"

    def convert(self, value: Any, param: Any, ctx: Any) -> Head:
        try:
            return Head.parse(value)
        except NotAHead as error:
            self.fail(str(error), param, ctx)


@click.group()
def audit() -> None:
    """What staff did."""


command = command_of(audit)


@command
@click.option(
    "--expect",
    type=HeadType(),
    multiple=True,
    help="A head that was written down earlier, and must be in the chain. May be given repeatedly.",
)
@click.option(
    "--since",
    type=HeadType(),
    default=str(START),
    help="Take this head for good, and go on from there: what is behind a place that is broken.",
)
def verify(expect: tuple[Head, ...], since: Head) -> None:
    """Prove that nothing of the audit was changed or removed; name the first place where it was."""
    if any(head.position < since.position for head in expect):
        raise click.UsageError("a head to expect stands before the one to go on from")
    with ports_here() as ports:
        verdict = verifying.verify(ports, expect, since)
    many = verdict.head.position - since.position
    told = {"verified": verdict.broken is None, "events": many, "head": str(verdict.head)}
    if verdict.broken is None:
        say(told, f"All is well: {many} events stand as they were sealed.\nHead: {verdict.head}")
        return
    sentence = _PLAIN[verdict.broken.fault].format(**vars(verdict.broken))
    up_to = f"Up to there {many} events stand as they were sealed.\nHead there: {verdict.head}"
    say(told | _as_document(verdict.broken, sentence), f"{sentence}\n{up_to}")
    click.get_current_context().exit(1)


def _as_document(broken: Break, sentence: str) -> dict[str, Any]:
    return {
        "fault": broken.fault.value,
        "position": broken.position,
        "event_id": str(broken.event_id) if broken.event_id else None,
        "many": broken.many,
        "text": sentence,
    }
