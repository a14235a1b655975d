"""The first page, by role; and leaving."""

from __future__ import annotations

from flask import Blueprint, Response

from console import cookies
from console.frame import go_to
from console.gate import for_any_officer
from console.navigation import home_of
from console.reach import ports
from console.roots import ROOT
from services.callers import StaffCaller
from services.staff import sessions

blp = Blueprint("home", __name__)


@blp.get("")
@blp.get("/")
@for_any_officer
def home(officer: StaffCaller) -> Response:
    return go_to(home_of(officer.role))


@blp.post("/sign-out")
@for_any_officer
def sign_out(officer: StaffCaller) -> Response:
    sessions.end(ports(), officer)
    return _left("out")


@blp.post("/sign-out-everywhere")
@for_any_officer
def sign_out_everywhere(officer: StaffCaller) -> Response:
    sessions.end_everywhere(ports(), officer)
    return _left("out_everywhere")


def _left(how: str) -> Response:
    response = go_to(f"{ROOT}/sign-in?{how}=1")
    cookies.take_back(response, cookies.SESSION)
    # What a browser kept of the pages, such as for going back.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
