"""Finding a worker by what a caller can tell.

The answer to the form is the page with what was found: what was typed stands in no address, and
nothing is kept for a page that would come after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, Response

from console.faults import Faults, faults_of
from console.filled import read_by
from console.forms import Form, form
from console.frame import render
from console.gate import page
from console.reach import ports
from console.sought import key_in, placed, shown
from console.words.lookup import IDENTITIES, KIND_OF_IDENTITY, LOOKUP, STANDINGS
from console.worker_paths import path_of
from models.sought import Search
from models.values.access import STAFF_REASONS
from models.values.permission import Permission
from schemas.lookup import LookupSchema
from services.audit.words import REASONS
from services.callers import StaffCaller
from services.errors import Invalid
from services.lookup.looking_up import Found, look_up

blp = Blueprint("lookup", __name__)

_SCHEMA = LookupSchema()
_REASONS = [(reason.value, REASONS[reason]) for reason in STAFF_REASONS]


@blp.get("/lookup")
@page(Permission.LOOK_UP)
def ask(officer: StaffCaller) -> Response:
    return _answer(Form())


@blp.post("/lookup")
@page(Permission.LOOK_UP)
def answer(officer: StaffCaller) -> Response:
    filled = form()
    search, faults = _read(filled)
    if search is None:
        return _answer(filled, faults=faults)
    try:
        found = look_up(ports(), officer, search)
    except Invalid as refused:
        return _answer(filled, faults=faults_of(refused))
    paths = {match.worker_id: path_of(match.worker_id, search.reason) for match in found.matches}
    return _answer(filled, found=found, paths=paths)


def _read(filled: Form) -> tuple[Search | None, Faults]:
    """What is searched for, or everything that is wrong with the form."""
    key, faults = key_in(filled)
    try:
        search: Search = read_by(_SCHEMA, key | filled.given("reason", "note"))
    except Invalid as refused:
        return None, placed(faults_of(refused)) | faults
    return search, {}


def _answer(
    filled: Form,
    *,
    faults: Faults | None = None,
    found: Found | None = None,
    paths: Mapping[UUID, str] | None = None,
) -> Response:
    return render(
        "lookup.html",
        LOOKUP,
        status=422 if faults else 200,
        filled=filled,
        reasons=_REASONS,
        faults=faults or {},
        found=found,
        fresh=found is None,
        paths=paths or {},
        standings=STANDINGS,
        identities=IDENTITIES,
        kind_of_identity=KIND_OF_IDENTITY,
        **shown(filled),
    )
