"""The accounts of staff, for admins."""

from __future__ import annotations

from uuid import UUID

import segno
from flask import Blueprint, Response, request
from markupsafe import Markup

from console.done import done, told
from console.done_once import answered_once
from console.faults import Faults, faults_of
from console.forms import Form, form
from console.frame import render
from console.gate import page
from console.paging import page_asked
from console.reach import ports
from console.roots import ROOT
from console.typed import Typed
from console.words.accounts import ACCOUNTS, CREDENTIALS, ROLE_HINTS
from models.values.permission import Permission
from models.values.words import Words
from schemas.paging import encoded
from services.access_words import ROLES
from services.callers import StaffCaller
from services.errors import Invalid
from services.staff import accounts
from services.staff.account_errors import UsernameTaken
from services.staff.accounts import NewCredentials, NewOfficer

blp = Blueprint("accounts", __name__)

PATH = f"{ROOT}/accounts"
ROWS = 50
_DONE = {"closed": ACCOUNTS["was_closed"]}
_CHOICES = [
    (role.value, Words(f"{ROLES[role].id}: {hint.id}", f"{ROLES[role].en}: {hint.en}"))
    for role, hint in ROLE_HINTS.items()
]


@blp.get("/accounts")
@page(Permission.ACCOUNTS)
def listed(officer: StaffCaller) -> Response:
    return _answer(officer, notice=told(_DONE))


@blp.post("/accounts")
@page(Permission.ACCOUNTS)
def add(officer: StaffCaller) -> Response:
    typed = Typed(form())
    username = typed.needed("username", str)
    role = typed.one_of("role", ROLES)
    if username is None or role is None:
        return _answer(officer, 422, typed.faults, typed.form)
    new = NewOfficer(username, role)
    try:
        return answered_once(
            officer,
            lambda once: accounts.add(ports(), officer, new, once),
            lambda given: _credentials("title_new", given, 201),
        )
    except Invalid as refused:
        return _answer(officer, 422, faults_of(refused), typed.form)
    except UsernameTaken as taken:
        return _answer(officer, 409, {"username": taken.detail}, typed.form)


@blp.post("/accounts/<uuid:account_id>/reset")
@page(Permission.ACCOUNTS)
def reset(officer: StaffCaller, account_id: UUID) -> Response:
    return answered_once(
        officer,
        lambda once: accounts.reset(ports(), officer, account_id, once),
        lambda given: _credentials("title_reset", given, 200),
    )


@blp.post("/accounts/<uuid:account_id>/close")
@page(Permission.ACCOUNTS)
def close(officer: StaffCaller, account_id: UUID) -> Response:
    accounts.close(ports(), officer, account_id)
    return done(PATH, "closed")


def _answer(
    officer: StaffCaller,
    status: int = 200,
    faults: Faults | None = None,
    filled: Form | None = None,
    *,
    notice: Words | None = None,
) -> Response:
    found = accounts.listed(ports(), officer, page_asked(str, limit=ROWS))
    return render(
        "accounts.html",
        ACCOUNTS,
        status=status,
        accounts=found.items,
        first_path=PATH if "after" in request.args else None,
        next_path=f"{PATH}?after={encoded(found.next_after)}" if found.next_after else None,
        choices=_CHOICES,
        faults=faults or {},
        filled=filled or Form(),
        notice=notice,
    )


def _credentials(title: str, given: NewCredentials, status: int) -> Response:
    """An answer to a form, not a page of its own: nothing keeps what it shows."""
    return render(
        "credentials.html",
        CREDENTIALS,
        status=status,
        title=title,
        given=given,
        qr=_qr(given.totp_uri),
    )


def _qr(text: str) -> Markup:
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(border=4, light="#fff", dark="#000", svgclass=None, omitsize=True)
    return Markup(drawn)  # noqa: S704 - made of squares, whatever the text
