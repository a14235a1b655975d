"""An officer's own account: their password, and their sessions."""

from __future__ import annotations

from flask import Blueprint, Response

from console.done import done, told
from console.failures import with_wait
from console.faults import Faults, faults_of
from console.forms import Form, form
from console.frame import render
from console.gate import for_any_officer
from console.reach import ports
from console.roots import ROOT
from console.told_errors import sentences_of
from console.words.own import OWN
from models.values.faults import REQUIRED
from models.values.words import Words
from services.callers import StaffCaller
from services.errors import DomainError, Invalid, TooMany
from services.staff.password_rules import SHORTEST
from services.staff.passwords import PasswordChange, PasswordChangeRefused, change

blp = Blueprint("own", __name__)

PATH = f"{ROOT}/own"
_FIELDS = ("current_password", "new_password", "repeated", "otp")
_DONE = {"changed": OWN["changed"]}


@blp.get("/own")
@for_any_officer
def page(officer: StaffCaller) -> Response:
    return _answer(notice=told(_DONE))


@blp.post("/own/password")
@for_any_officer
def change_password(officer: StaffCaller) -> Response:
    filled = form()
    if faults := _faults(filled):
        return _answer(422, faults)
    wanted = PasswordChange(
        current_password=filled.secret("current_password"),
        new_password=filled.secret("new_password"),
        otp=filled.text("otp"),
    )
    try:
        change(ports(), officer, wanted)
    except Invalid as refused:
        return _answer(422, faults_of(refused))
    except (PasswordChangeRefused, TooMany) as refused:
        return _refused(refused)
    return done(PATH, "changed")


def _faults(filled: Form) -> Faults:
    faults = {name: REQUIRED.said for name in _FIELDS if not filled.secret(name)}
    if not faults and filled.secret("new_password") != filled.secret("repeated"):
        faults["repeated"] = OWN["not_the_same"]
    return faults


def _refused(error: DomainError) -> Response:
    status = 429 if isinstance(error, TooMany) else 409
    return with_wait(_answer(status, failure=sentences_of(error)), error)


def _answer(
    status: int = 200,
    faults: Faults | None = None,
    *,
    notice: Words | None = None,
    failure: tuple[Words, ...] = (),
) -> Response:
    return render(
        "own.html",
        OWN,
        status=status,
        faults=faults or {},
        notice=notice,
        failure=failure,
        shortest=SHORTEST.value,
    )
