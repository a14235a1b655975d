"""Partners' files: how far they are, what was wrong with them, and letting one go on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request

from console.done import done, told
from console.faults import Faults
from console.forms import form
from console.frame import render
from console.gate import page
from console.paging import page_asked
from console.reach import ports
from console.roots import ROOT
from console.typed import Typed
from console.words.batches import (
    BATCH,
    BATCHES,
    PLANS,
    STATUS_KINDS,
    STATUSES,
    TRIAL_KINDS,
    TRIALS,
)
from models.enrolment_batch import BatchStatus
from models.values.note import read_note
from models.values.permission import Permission, may
from services import batches_for_staff
from services.callers import StaffCaller

_AT_ONCE = 50
# What may be chosen to see, by its name in the address.
_SHOWN: Mapping[str, Mapping[str, Any]] = {
    "all": {},
    "paused": {"paused": True},
    "processing": {"status": BatchStatus.PROCESSING},
    "failed": {"status": BatchStatus.FAILED},
}
_SAID = {"resumed": BATCH["resumed"]}

blp = Blueprint("batches", __name__, url_prefix="/batches")


@blp.get("")
@page(Permission.BATCHES)
def listed(officer: StaffCaller) -> Response:
    show = request.args.get("show", "")
    show = show if show in _SHOWN else "all"
    asked = page_asked(datetime, UUID, limit=_AT_ONCE)
    return render(
        "batches.html",
        BATCHES,
        found=batches_for_staff.listed(ports(), officer, asked, **_SHOWN[show]),
        show=show,
        choices=_SHOWN,
        later=asked.after is not None,
        **_STATES,
    )


@blp.get("/<uuid:batch_id>")
@page(Permission.BATCHES)
def one(batch_id: UUID, officer: StaffCaller) -> Response:
    return _shown(batch_id, officer)


@blp.post("/<uuid:batch_id>/resume")
@page(Permission.RESUME_BATCH)
def resume(batch_id: UUID, officer: StaffCaller) -> Response:
    typed = Typed(form())
    note = typed.needed("note", read_note)
    if note is None:
        return _shown(batch_id, officer, note=typed.form.text("note"), faults=typed.faults)
    batches_for_staff.resume(ports(), officer, batch_id, note)
    return done(f"{ROOT}/batches/{batch_id}", "resumed")


_STATES: Mapping[str, Any] = {
    "statuses": STATUSES,
    "status_kinds": STATUS_KINDS,
    "trials": TRIALS,
    "trial_kinds": TRIAL_KINDS,
    "plans": PLANS,
}


def _shown(
    batch_id: UUID, officer: StaffCaller, *, note: str = "", faults: Faults | None = None
) -> Response:
    inspected = batches_for_staff.one(ports(), officer, batch_id)
    return render(
        "batch.html",
        BATCH,
        status=422 if faults else 200,
        batch=inspected.batch,
        wrong=inspected.faults,
        may_resume=may(officer.role, Permission.RESUME_BATCH),
        said=told(_SAID),
        note=note,
        faults=faults or {},
        **_STATES,
    )
