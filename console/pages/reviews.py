"""Cases that staff decide: the queue, one of them, taking it up and deciding it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request

from console.done import done, told
from console.done_once import answered_once
from console.faults import faults_of
from console.forms import Form, form
from console.frame import go_to, render
from console.gate import page
from console.paging import page_asked
from console.reach import ports
from console.roots import ROOT
from console.ruling import Choices, choices_in, read_decision
from console.typed import Typed
from console.words import review as words
from console.words.reviews import (
    ALL,
    DECIDED,
    FINDINGS,
    KIND_CHOICES,
    KINDS,
    REASONS,
    REVIEWS,
    STATE_CHOICES,
    STATE_KINDS,
    STATES,
)
from console.words.worker import IDENTITIES, SEXES
from console.worker_paths import path_of
from models.identity_verdict import PASS_MARKS
from models.values.access import AccessReason
from models.values.permission import Permission
from models.values.review import ReviewKind, ReviewState
from services.callers import StaffCaller
from services.errors import Invalid
from services.reviews import claiming, deciding, queue
from services.reviews.errors import NikHeldByAnother
from services.reviews.words import NOTES
from services.timeline.staff.identity import ELEMENTS

_AT_ONCE = 50
_PATH = f"{ROOT}/reviews"
_SAID = {each: REVIEWS[each] for each in ("decided", "awaiting_second", "sent_back", "released")}
_WORDS: Mapping[str, Any] = {
    "kinds": KINDS,
    "states": STATES,
    "state_kinds": STATE_KINDS,
    "reasons": REASONS,
}
# For which reason the worker's record is opened from a case.
_RECORD_FOR = {
    ReviewKind.IDENTITY: AccessReason.IDENTITY_CASE,
    ReviewKind.PHONE_CHANGE: AccessReason.PHONE_CHANGE,
    ReviewKind.REFUND: AccessReason.PAYMENT_MISSING,
}

blp = Blueprint("reviews", __name__, url_prefix="/reviews")


@blp.get("")
@page(Permission.REVIEW)
def listed(officer: StaffCaller) -> Response:
    kind, state = _chosen("kind", KIND_CHOICES), _chosen("state", STATE_CHOICES)
    asked = page_asked(datetime, UUID, limit=_AT_ONCE)
    found = queue.listed(
        ports(),
        officer,
        asked,
        kind=None if kind == ALL else ReviewKind(kind),
        state=None if state == ALL else ReviewState(state),
    )
    return render(
        "reviews.html",
        REVIEWS,
        found=found,
        kind=kind,
        state=state,
        kind_choices=KIND_CHOICES,
        state_choices=STATE_CHOICES,
        later=asked.after is not None,
        now=ports().clock.now(),
        said=told(_SAID),
        **_WORDS,
    )


@blp.get("/<uuid:review_id>")
@page(Permission.REVIEW)
def one(review_id: UUID, officer: StaffCaller) -> Response:
    return _shown(review_id, officer, Typed(Form()))


@blp.post("/<uuid:review_id>/claim")
@page(Permission.REVIEW)
def claim(review_id: UUID, officer: StaffCaller) -> Response:
    claiming.claim(ports(), officer, review_id)
    return go_to(f"{_PATH}/{review_id}")


@blp.post("/<uuid:review_id>/release")
@page(Permission.REVIEW)
def release(review_id: UUID, officer: StaffCaller) -> Response:
    claiming.release(ports(), officer, review_id)
    return done(_PATH, "released")


@blp.post("/<uuid:review_id>/decision")
@page(Permission.REVIEW)
def decide(review_id: UUID, officer: StaffCaller) -> Response:
    typed = Typed(form())
    decision = read_decision(typed)
    if decision is None:
        return _shown(review_id, officer, typed, status=422)
    try:
        return answered_once(
            officer,
            lambda once: deciding.decide(ports(), officer, review_id, decision, once),
            lambda decided: done(_PATH, decided.outcome),
        )
    except Invalid as refused:
        typed.faults |= faults_of(refused)
        return _shown(review_id, officer, typed, status=422)
    except NikHeldByAnother:
        typed.faults["displaces"] = words.REVIEW["displaces_fault"]
        return _shown(review_id, officer, typed, status=409)


def _chosen(name: str, choices: Mapping[str, object]) -> str:
    given = request.args.get(name, ALL)
    return given if given in choices else ALL


def _shown(review_id: UUID, officer: StaffCaller, typed: Typed, *, status: int = 200) -> Response:
    opened = queue.one(ports(), officer, review_id)
    choices: Choices = choices_in(opened)
    return render(
        "review.html",
        words.REVIEW,
        status=status,
        opened=opened,
        case=opened.case,
        choices=choices,
        typed=typed.form,
        faults=typed.faults,
        record_path=path_of(opened.case.worker_id, _RECORD_FOR[opened.case.kind]),
        decided=DECIDED,
        findings=FINDINGS,
        elements=ELEMENTS,
        pass_marks=PASS_MARKS,
        nik_notes=NOTES,
        identities=IDENTITIES,
        sexes=SEXES,
        **_WORDS,
    )
