"""A worker: what answers whoever calls, and what has happened."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import Blueprint, Response, request

from api.refusals import NoSuchPlace
from console import telling
from console.done import told
from console.forms import Form, form
from console.frame import go_to, render
from console.gate import page
from console.paging import page_asked
from console.reach import ports
from console.roots import ROOT
from console.typed import Typed
from console.words import worker as words
from console.words.batches import PLANS
from console.words.timeline import ALL, TIMELINE, TOPICS
from console.worker_paths import path_of, reason_in
from models.staff_record import CaseKind, OpenCase
from models.timeline.staff.topic import Topic
from models.values.access import AccessReason
from models.values.permission import Permission, may
from models.values.words import Words
from services.audit.words import REASONS
from services.callers import StaffCaller
from services.lookup import record_view
from services.lookup.record import Record
from services.timeline import for_staff
from services.timeline.staff.identity import ELEMENTS

_AT_ONCE = 40
# What is asked first is told first: the rest is one link away.
_FIRST = {AccessReason.PAYMENT_MISSING: Topic.MONEY, AccessReason.IDENTITY_CASE: Topic.IDENTITY}
_PLACE = (datetime, str, UUID)
_SAID = {"resent": TIMELINE["resent"]}

blp = Blueprint("workers", __name__, url_prefix="/workers")


@blp.get("/<uuid:worker_id>")
@page(Permission.LOOK_UP)
def ask_why(worker_id: UUID, officer: StaffCaller) -> Response:
    given = request.args.get("reason", "").replace("_", "-")
    if given:
        return go_to(path_of(worker_id, reason_in(given)))
    return _ask(worker_id, Typed(Form()))


@blp.post("/<uuid:worker_id>")
@page(Permission.LOOK_UP)
def say_why(worker_id: UUID, officer: StaffCaller) -> Response:
    typed = Typed(form())
    reason = typed.one_of("reason", words.REASON_OPTIONS)
    return _ask(worker_id, typed) if reason is None else go_to(path_of(worker_id, reason))


@blp.get("/<uuid:worker_id>/<reason>")
@page(Permission.LOOK_UP)
def summary(worker_id: UUID, reason: str, officer: StaffCaller) -> Response:
    why = reason_in(reason)
    topic = _FIRST.get(why)
    record = record_view.view(ports(), officer, worker_id, why)
    asked = page_asked(*_PLACE, limit=_AT_ONCE)
    found = for_staff.listed(ports(), officer, worker_id, asked, why, topic)
    path = path_of(worker_id, why)
    return render(
        "worker.html",
        words.WORKER,
        record=record,
        payment=telling.of_a_payment(found.items),
        why=REASONS[why],
        why_path=path_of(worker_id),
        work=_work(record),
        titles=_titles(record),
        said=told(_SAID),
        case_paths=_case_paths(record, officer),
        request_path=_request_path(record, officer),
        plans=PLANS,
        elements=ELEMENTS,
        names=words,
        **telling.shown(found, officer, why, path, topic or ALL),
    )


@blp.get("/<uuid:worker_id>/<reason>/<topic>")
@page(Permission.LOOK_UP)
def timeline(worker_id: UUID, reason: str, topic: str, officer: StaffCaller) -> Response:
    """One thread, or further back. The record itself is not opened again for that."""
    why = reason_in(reason)
    if topic not in TOPICS:
        raise NoSuchPlace
    asked = page_asked(*_PLACE, limit=_AT_ONCE)
    chosen = None if topic == ALL else Topic(topic)
    found = for_staff.listed(ports(), officer, worker_id, asked, why, chosen)
    return render(
        "timeline.html",
        TIMELINE,
        why=REASONS[why],
        said=told(_SAID),
        later=asked.after is not None,
        **telling.shown(found, officer, why, path_of(worker_id, why), topic),
    )


def _ask(worker_id: UUID, typed: Typed) -> Response:
    return render(
        "worker_why.html",
        words.WHY,
        status=422 if typed.faults else 200,
        path=path_of(worker_id),
        options=[(reason.value, said) for reason, said in words.REASON_OPTIONS.items()],
        faults=typed.faults,
    )


def _work(record: Record) -> list[Words]:
    """What they work as, by the names of our list."""
    found = [ports().occupations.find(each.code) for each in record.occupations or ()]
    return [each.name for each in found if each is not None]


def _titles(record: Record) -> dict[str, Words]:
    """What the documents are called that they agreed to."""
    published = ports().consents
    found = [published.find(each.document, each.version) for each in record.consents or ()]
    return {each.document: each.title for each in found if each is not None}


def _case_paths(record: Record, officer: StaffCaller) -> dict[UUID, str]:
    """Where the open cases are seen to, as far as the officer may."""
    places = {case.id: _place_of(case) for case in record.open_cases or ()}
    return {
        case_id: path
        for case_id, (permission, path) in places.items()
        if may(officer.role, permission)
    }


def _request_path(record: Record, officer: StaffCaller) -> str | None:
    """Where a personal-data request of theirs is entered, if the officer may."""
    if record.erased_at is not None or not may(officer.role, Permission.PRIVACY):
        return None
    return f"{ROOT}/privacy-requests/for/{record.id}"


def _place_of(case: OpenCase) -> tuple[Permission, str]:
    if case.kind is CaseKind.ERASURE:
        return Permission.PRIVACY, f"{ROOT}/privacy-requests"
    return Permission.REVIEW, f"{ROOT}/reviews/{case.id}"
