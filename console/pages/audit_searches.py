"""Whether somebody was searched for, and by whom. What is typed stands in no address."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import marshmallow as ma
from flask import Blueprint, Response

from console.faults import Faults, faults_of
from console.filled import read_by
from console.forms import Form, form
from console.frame import render
from console.gate import page
from console.reach import ports
from console.refusals import FormUnreadable
from console.sought import FIELDS, key_in, placed, shown
from console.words.audit import AUDIT
from models.values.page import Page, PageRequest
from models.values.permission import Permission
from schemas.audit import AuditSearchSchema
from schemas.paging import CursorField, encoded
from services.audit.listing import AuditQuery, Entry, listed
from services.callers import StaffCaller
from services.errors import Invalid

blp = Blueprint("audit_searches", __name__)

ROWS = 50
_SCHEMA = AuditSearchSchema()
_CURSOR = CursorField(datetime, UUID)


@blp.get("/audit/searches")
@page(Permission.AUDIT)
def ask(officer: StaffCaller) -> Response:
    return _answer(Form())


@blp.post("/audit/searches")
@page(Permission.AUDIT)
def answer(officer: StaffCaller) -> Response:
    filled = form()
    key, faults = key_in(filled)
    if faults:
        return _answer(filled, faults=faults)
    try:
        query = AuditQuery(sought=read_by(_SCHEMA, key))
        found = listed(ports(), officer, query, _page(filled))
    except Invalid as refused:
        return _answer(filled, faults=placed(faults_of(refused)))
    return _answer(filled, found=found)


def _page(filled: Form) -> PageRequest:
    cursor = filled.text("after")
    try:
        after = _CURSOR.deserialize(cursor) if cursor else None
    except ma.ValidationError as error:
        raise FormUnreadable from error
    return PageRequest(limit=ROWS, after=after)


def _answer(
    filled: Form, *, faults: Faults | None = None, found: Page[Entry] | None = None
) -> Response:
    onward = None
    if found and found.next_after:
        onward = filled.given("by", *FIELDS) | {"after": encoded(found.next_after)}
    return render(
        "audit_searches.html",
        AUDIT,
        status=422 if faults else 200,
        filled=filled,
        faults=faults or {},
        entries=found.items if found else None,
        fresh=found is None,
        onward=onward,
        **shown(filled),
    )
