"""The console: pages for staff beside the API, in the same application.

They call the use cases that the API calls. What a page needs of HTTP is taken from ``api``, which knows
nothing of them: it reads no cookie, and no page reads a token.
"""

from __future__ import annotations

from typing import NoReturn

from flask import Blueprint, Flask

from api.refusals import NoSuchPlace
from console import csrf, failures, headers, statics, tongue
from console.pages import (
    accounts,
    audit,
    audit_searches,
    batches,
    home,
    language,
    lookup,
    own,
    privacy_requests,
    reviews,
    sign_in,
    worker_deeds,
    workers,
)
from console.roots import NOWHERE, ROOT

PAGES = (
    statics.blp,
    language.blp,
    sign_in.blp,
    home.blp,
    own.blp,
    lookup.blp,
    batches.blp,
    audit.blp,
    audit_searches.blp,
    accounts.blp,
    workers.blp,
    worker_deeds.blp,
    reviews.blp,
    privacy_requests.blp,
)


def add_console(app: Flask) -> None:
    """Have an application serve the pages, too."""
    app.register_blueprint(_site())


def _site() -> Blueprint:
    site = Blueprint("console", __name__, url_prefix=ROOT)
    failures.init(site)
    site.before_request(tongue.choose)
    site.before_request(csrf.check)
    site.after_request(headers.add)
    for page in PAGES:
        site.register_blueprint(page)
    # What no page has taken, by any method: it is refused as a page.
    site.add_url_rule("/<path:rest>", NOWHERE.rpartition(".")[2], _nowhere, methods=_METHODS)
    return site


_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def _nowhere(rest: str = "") -> NoReturn:
    raise NoSuchPlace
