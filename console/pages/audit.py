"""The audit: who saw or changed what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, Response, request

from console.forms import Form
from console.frame import render
from console.gate import page
from console.paging import page_asked
from console.reach import ports
from console.roots import ROOT
from console.typed import Typed
from console.words.audit import AUDIT
from models.values.audit import AuditAction
from models.values.faults import NOT_THIS_FORM, FaultyValue
from models.values.page import Page
from models.values.permission import Permission
from models.values.readings import read_day
from models.values.words import Words
from schemas.paging import encoded
from services.audit.listing import AccountNotFound, AuditQuery, Entry, listed
from services.audit.words import VERBS
from services.callers import StaffCaller

blp = Blueprint("audit", __name__)

PATH = f"{ROOT}/audit"
ROWS = 50
_FILTERS = ("account", "action", "worker", "from", "until", "refusals")


@blp.get("/audit")
@page(Permission.AUDIT)
def events(officer: StaffCaller) -> Response:
    typed = Typed(Form(list(request.args.items())))
    query = _query(typed)
    if typed.faults:
        return _answer(typed, None, 422)
    try:
        found = listed(ports(), officer, query, page_asked(datetime, UUID, limit=ROWS))
    except AccountNotFound as unknown:
        typed.faults["account"] = unknown.title
        return _answer(typed, None, 422)
    return _answer(typed, found)


def _query(typed: Typed) -> AuditQuery:
    return AuditQuery(
        account=typed.maybe("account", str.casefold),
        action=typed.maybe("action", _reader(AuditAction)),
        worker_id=typed.maybe("worker", _reader(UUID)),
        refusals=bool(typed.form.text("refusals")),
        from_day=typed.maybe("from", read_day),
        until_day=typed.maybe("until", read_day),
    )


def _reader(kind: Callable[[str], Any]) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        try:
            return kind(text)
        except ValueError as error:
            raise FaultyValue(NOT_THIS_FORM) from error

    return read


def _answer(typed: Typed, found: Page[Entry] | None, status: int = 200) -> Response:
    filters = typed.form.given(*_FILTERS)
    onward = filters | {"after": encoded(found.next_after)} if found and found.next_after else None
    return render(
        "audit.html",
        AUDIT,
        status=status,
        entries=found.items if found else None,
        filters=filters,
        faults=typed.faults,
        actions=[(each.value, _deed(each)) for each in AuditAction],
        first_path=f"{PATH}?{urlencode(filters)}" if "after" in request.args else None,
        next_path=f"{PATH}?{urlencode(onward)}" if onward else None,
    )


def _deed(action: AuditAction) -> Words:
    verb = VERBS[action]
    return Words(verb.id.capitalize(), verb.past.capitalize())
