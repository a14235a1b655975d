"""What an officer does for a worker: reveals masked data, and has a message sent again."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response

from console.done import done
from console.done_once import answered_once
from console.faults import faults_of
from console.forms import Form, form
from console.frame import render
from console.gate import page
from console.reach import ports
from console.speech import Said
from console.typed import Typed
from console.words.reveal import REVEAL
from console.worker_paths import path_of, reason_in
from models.timeline.staff.topic import Topic
from models.values.access import AccessReason
from models.values.channel import Channel
from models.values.faults import NOT_A_CHOICE, FaultyValue
from models.values.note import read_note
from models.values.permission import Permission
from models.values.staff_fields import Sight
from services import resending
from services.audit.words import REASONS
from services.callers import StaffCaller
from services.errors import Invalid
from services.lookup import revealing
from services.lookup.field_words import FIELDS

blp = Blueprint("worker_deeds", __name__, url_prefix="/workers")


@blp.get("/<uuid:worker_id>/<reason>/reveal")
@page(Permission.LOOK_UP)
def ask(worker_id: UUID, reason: str, officer: StaffCaller) -> Response:
    return _ask(worker_id, reason_in(reason), officer, Typed(Form()))


@blp.post("/<uuid:worker_id>/<reason>/reveal")
@page(Permission.LOOK_UP)
def reveal(worker_id: UUID, reason: str, officer: StaffCaller) -> Response:
    """Answered with the page itself: what is in clear stands under no address."""
    why, typed = reason_in(reason), Typed(form())
    fields = typed.some_of("fields", list(FIELDS))
    note = typed.maybe("note", read_note)
    if typed.faults:
        return _ask(worker_id, why, officer, typed)
    try:
        shown = revealing.reveal(ports(), officer, worker_id, fields, why, note)
    except Invalid as refused:
        typed.faults |= faults_of(refused)
        return _ask(worker_id, why, officer, typed)
    return render(
        "revealed.html",
        REVEAL,
        shown=shown.fields,
        names=FIELDS,
        why=REASONS[why],
        path=path_of(worker_id, why),
        at=ports().clock.now(),
    )


@blp.post("/<uuid:worker_id>/<reason>/messages/<uuid:message_id>/resend")
@page(Permission.RESEND)
def resend(worker_id: UUID, reason: str, message_id: UUID, officer: StaffCaller) -> Response:
    why, typed = reason_in(reason), Typed(form())
    channel = typed.maybe("channel", _channel)
    return answered_once(
        officer,
        lambda once: resending.resend(ports(), officer, worker_id, message_id, channel, once=once),
        lambda _: done(f"{path_of(worker_id, why)}/{Topic.MESSAGES}", "resent"),
    )


def _channel(text: str) -> Channel:
    if text not in list(Channel):
        raise FaultyValue(NOT_A_CHOICE, choices=", ".join(Channel))
    return Channel(text)


def _ask(worker_id: UUID, why: AccessReason, officer: StaffCaller, typed: Typed) -> Response:
    return render(
        "reveal.html",
        REVEAL,
        status=422 if typed.faults else 200,
        r=Said(REVEAL),
        path=path_of(worker_id, why),
        options=[(each.value, FIELDS[each]) for each in Sight(officer.role, why).revealable],
        ticked=typed.form.all("fields"),
        note=typed.form.text("note"),
        faults=typed.faults,
    )
