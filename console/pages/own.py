"""An officer's own account."""

from __future__ import annotations

from flask import Blueprint, Response

from console.frame import render
from console.gate import for_any_officer
from console.words.own import OWN
from services.callers import StaffCaller

blp = Blueprint("own", __name__)


@blp.get("/own")
@for_any_officer
def page(officer: StaffCaller) -> Response:
    return render("own.html", OWN)
