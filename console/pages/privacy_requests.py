"""What people ask about their data: the list with its clock, entering, closing, and the copy."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import orjson
from flask import Blueprint, Response, request

from console.done import done, told
from console.done_once import answered_once
from console.faults import faults_of
from console.forms import Form, form
from console.frame import render
from console.gate import page
from console.paging import page_asked
from console.reach import ports
from console.roots import ROOT
from console.typed import Typed
from console.words.privacy import ALL, CLOSE, ENTER, KIND_CHOICES, KINDS, REQUESTS
from console.worker_paths import path_of
from models.values.access import AccessReason
from models.values.faults import NOT_AN_INSTANT, FaultyValue
from models.values.jakarta import WIB
from models.values.note import read_note
from models.values.permission import Permission
from models.values.privacy import NewRequest, PrivacyRequestKind
from schemas.data_export import DataExportSchema
from services import privacy_export, privacy_requests
from services.callers import StaffCaller
from services.errors import Invalid

_AT_ONCE = 50
_PATH = f"{ROOT}/privacy-requests"
_SAID = {
    "entered": REQUESTS["said_entered"],
    "done": REQUESTS["said_done"],
    "cancelled": REQUESTS["said_cancelled"],
}
_CLOSING = {"done": "done", "cancel": "cancelled"}

blp = Blueprint("privacy_requests", __name__, url_prefix="/privacy-requests")


@blp.get("")
@page(Permission.PRIVACY)
def listed(officer: StaffCaller) -> Response:
    kind = request.args.get("kind", ALL)
    kind = kind if kind in KIND_CHOICES else ALL
    asked = page_asked(datetime, UUID, limit=_AT_ONCE)
    chosen = None if kind == ALL else PrivacyRequestKind(kind)
    return render(
        "privacy_requests.html",
        REQUESTS,
        found=privacy_requests.listed(ports(), officer, asked, kind=chosen),
        kind=kind,
        kinds=KINDS,
        kind_choices=KIND_CHOICES,
        record_of=lambda worker_id: path_of(worker_id, AccessReason.PRIVACY_REQUEST),
        now=ports().clock.now(),
        later=asked.after is not None,
        said=told(_SAID),
    )


@blp.get("/for/<uuid:worker_id>")
@page(Permission.PRIVACY)
def ask(worker_id: UUID, officer: StaffCaller) -> Response:
    return _ask(worker_id, Typed(Form()))


@blp.post("/for/<uuid:worker_id>")
@page(Permission.PRIVACY)
def enter(worker_id: UUID, officer: StaffCaller) -> Response:
    typed = Typed(form())
    kind = typed.one_of("kind", KINDS)
    note = typed.needed("note", read_note)
    requested_at = typed.maybe("requested_at", _instant)
    if kind is None or note is None or typed.faults:
        return _ask(worker_id, typed)
    new = NewRequest(worker_id=worker_id, kind=kind, note=note, requested_at=requested_at)
    try:
        return answered_once(
            officer,
            lambda once: privacy_requests.enter(ports(), officer, new, once),
            lambda _: done(_PATH, "entered"),
        )
    except Invalid as refused:
        typed.faults |= faults_of(refused)
        return _ask(worker_id, typed)


@blp.get("/<uuid:request_id>/done", defaults={"how": "done"})
@blp.get("/<uuid:request_id>/cancel", defaults={"how": "cancel"})
@page(Permission.PRIVACY)
def ask_note(request_id: UUID, how: str, officer: StaffCaller) -> Response:
    return _ask_note(request_id, how, Typed(Form()))


@blp.post("/<uuid:request_id>/done", defaults={"how": "done"})
@blp.post("/<uuid:request_id>/cancel", defaults={"how": "cancel"})
@page(Permission.PRIVACY)
def close(request_id: UUID, how: str, officer: StaffCaller) -> Response:
    typed = Typed(form())
    note = typed.needed("note", read_note)
    if note is None:
        return _ask_note(request_id, how, typed)
    carry_out = privacy_requests.done if how == "done" else privacy_requests.cancel
    carry_out(ports(), officer, request_id, note)
    return done(_PATH, _CLOSING[how])


@blp.post("/<uuid:request_id>/export")
@page(Permission.PRIVACY)
def export(request_id: UUID, officer: StaffCaller) -> Response:
    """The copy itself, to be handed over: it is kept nowhere, so it is answered at once."""
    copy = DataExportSchema().dump(privacy_export.make(ports(), officer, request_id))
    response = Response(
        orjson.dumps(copy, option=orjson.OPT_INDENT_2), content_type="application/json"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="jaring-data.json"'
    return response


def _ask(worker_id: UUID, typed: Typed) -> Response:
    return render(
        "privacy_request.html",
        ENTER,
        status=422 if typed.faults else 200,
        worker_id=worker_id,
        record_path=path_of(worker_id, AccessReason.PRIVACY_REQUEST),
        options=[(kind.value, said) for kind, said in KINDS.items()],
        typed=typed.form,
        faults=typed.faults,
    )


def _ask_note(request_id: UUID, how: str, typed: Typed) -> Response:
    return render(
        "privacy_closing.html",
        CLOSE,
        status=422 if typed.faults else 200,
        request_id=request_id,
        how=how,
        note=typed.form.text("note"),
        faults=typed.faults,
    )


def _instant(text: str) -> datetime:
    """As browsers write a day and a time: ``2026-11-22T09:00``. Jakarta's."""
    try:
        there = datetime.fromisoformat(text)
        if there.tzinfo is not None:
            raise FaultyValue(NOT_AN_INSTANT)
        return there.replace(tzinfo=WIB).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        # Also on the first morning that there is: in UTC it was the day before.
        raise FaultyValue(NOT_AN_INSTANT) from error
