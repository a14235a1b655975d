"""The published description, and a page to read it on without the internet."""

from functools import cache
from html import escape
from importlib.resources import files

import orjson
from flask import Blueprint, Flask, Response, current_app

from api.documented_problems import known_errors, sample_of
from api.openapi import describe
from api.problems import body_of
from api.reading import LEFTOVERS
from api.refusals import NoSuchPlace
from api.request import current
from models.values.words import Language

# The page's files come from a wheel, so nothing is loaded from elsewhere.
ASSETS = files("flask_swagger_ui") / "dist"
SERVED = {
    "swagger-ui.css": "text/css; charset=utf-8",
    "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
    "favicon-32x32.png": "image/png",
}
CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Jaring API</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<div id="description"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</html>
"""
PROBLEM_PAGE = '<!doctype html><html lang="id"><meta charset="utf-8"><title>Jaring</title>{}'
# validatorUrl: the page would otherwise send the description to a stranger's server.
START = """SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#description",
  deepLinking: true,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
});
"""

blp = Blueprint("docs", __name__)


def init_app(app: Flask) -> None:
    app.register_blueprint(blp)
    app.extensions["description"] = orjson.dumps(describe(app))


@blp.before_request
def refuse_leftovers() -> None:
    LEFTOVERS.read(current())


@blp.get("/openapi.json")
def openapi_json() -> Response:
    return _kept(Response(current_app.extensions["description"], content_type="application/json"))


@blp.get("/docs")
@blp.get("/docs/")
def page() -> Response:
    return _kept(Response(PAGE, content_type="text/html; charset=utf-8"))


@blp.get("/docs/start.js")
def start() -> Response:
    return _kept(Response(START, content_type="text/javascript; charset=utf-8"))


@blp.get(f"/docs/<any({', '.join(map(repr, SERVED))}):name>")
def asset(name: str) -> Response:
    return _kept(Response(_contents(name), content_type=SERVED[name]))


@cache
def _contents(name: str) -> bytes:
    return (ASSETS / name).read_bytes()


@blp.get("/problems/<code>")
def problem_page(code: str) -> Response:
    """Where the ``type`` of a problem leads."""
    error = known_errors().get(code)
    if error is None:
        raise NoSuchPlace
    problems = [body_of(sample_of(error), each, request_id="") for each in Language]
    page = "".join(
        f"<h1>{escape(each['title'])}</h1><p>{escape(each['detail'])}</p>" for each in problems
    )
    return _kept(Response(PROBLEM_PAGE.format(page), content_type="text/html; charset=utf-8"))


def _kept(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
