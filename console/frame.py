"""The frame that every page stands in, and how a page is written."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, redirect, request
from jinja2 import Environment, PackageLoader, StrictUndefined

from console import cookies, csrf, done_once, figures, speech
from console.gate import officer
from console.navigation import home_of, open_to
from console.roots import ROOT, came_from
from console.speech import Catalogue, Said
from console.statics import static_path
from console.words import audit_details
from console.words.frame import FRAME
from models.values.words import Language
from schemas.paging import encoded
from schemas.speaking import spoken_language
from services.access_words import ROLES

_templates = Environment(
    loader=PackageLoader("console"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
_templates.filters |= {
    **speech.FILTERS,
    **figures.FILTERS,
    "cursor": encoded,
    "details": audit_details.in_words,
}
_templates.globals |= {
    "c": Said(FRAME),
    "root": ROOT,
    "static_path": static_path,
    "csrf_token": csrf.token,
    "csrf_field": csrf.FIELD,
    "once_field": done_once.FIELD,
    "once_drawn": done_once.drawn,
    "roles": ROLES,
}


def render(template: str, words: Catalogue, *, status: int = 200, **values: Any) -> Response:
    """A page: its template with its words as ``w``, and what it shows."""
    who = officer()
    written = _templates.get_template(template).render(
        w=Said(words),
        officer=who,
        places=open_to(who.role) if who else (),
        home=home_of(who.role) if who else f"{ROOT}/sign-in",
        here=request.path,
        language=spoken_language.get(),
        languages=Language,
        back=_language_back(),
        **values,
    )
    response = make_response(written, status)
    if not who:
        # The form in it is bound to this cookie.
        cookies.put(response, cookies.DOOR, csrf.door())
    return response


def go_to(path: str) -> Response:
    """Send on after something was done, so that loading anew does not do it again."""
    return make_response(redirect(path, 303))


def _language_back() -> str:
    """Where to show the page again in another language: a form cannot be sent for that."""
    return request.path if request.method == "GET" else came_from() or ROOT
