"""Signing in."""

from __future__ import annotations

from flask import Blueprint, Response, request

from console import cookies
from console.failures import with_wait
from console.forms import form
from console.frame import go_to, render
from console.gate import signed_in_officer
from console.reach import ports
from console.refusals import FormStale
from console.roots import ROOT, ours
from console.told_errors import sentences_of
from console.words.sign_in import SIGN_IN
from models.values.words import Words
from services.errors import DomainError, NotSignedIn, TooMany
from services.staff.access import StaffSignInRequired
from services.staff.signing_in import Credentials, sign_in

blp = Blueprint("sign_in", __name__)


@blp.get("/sign-in")
def page() -> Response:
    try:
        signed_in_officer()
    except StaffSignInRequired:
        return _form(next_=ours(request.args.get("next")), said=_why_here())
    return go_to(ours(request.args.get("next")) or ROOT)


@blp.post("/sign-in")
def enter() -> Response:
    filled, source = form(), request.remote_addr or ""
    shown = Credentials(
        username=filled.text("username"),
        password=filled.secret("password"),
        otp=filled.text("otp"),
        source=source,
    )
    next_ = ours(filled.text("next"))
    try:
        opened = sign_in(ports(), shown, by_cookie=True)
    except (NotSignedIn, TooMany) as refused:
        return with_wait(_refused(refused, shown.username, next_), refused)
    response = go_to(next_ or ROOT)
    cookies.put(response, cookies.SESSION, opened.cookie or "")
    cookies.take_back(response, cookies.DOOR)
    return response


@blp.errorhandler(FormStale)
def for_stale(_: FormStale) -> Response:
    """The form again: its cookie is gone, or of another window."""
    filled = form()
    return _form(
        status=403,
        username=filled.text("username"),
        next_=ours(filled.text("next")),
        failure=(SIGN_IN["stale"],),
    )


def _refused(error: DomainError, username: str, next_: str | None) -> Response:
    # Who sent a form did show something, so 403: browsers take 401 for their own dialogue.
    status = 429 if isinstance(error, TooMany) else 403
    return _form(status=status, username=username, next_=next_, failure=sentences_of(error))


def _form(
    *,
    status: int = 200,
    username: str = "",
    next_: str | None = None,
    said: Words | None = None,
    failure: tuple[Words, ...] = (),
) -> Response:
    return render(
        "sign_in.html",
        SIGN_IN,
        status=status,
        username=username,
        next=next_,
        notice=said,
        failure=failure,
    )


_REASONS = ("unsent", "over", "out", "out_everywhere")


def _why_here() -> Words | None:
    """A sentence for whoever did not come by themselves."""
    why = next((each for each in _REASONS if each in request.args), None)
    if why is None and "next" in request.args:
        why = "first"
    return SIGN_IN[why] if why else None
