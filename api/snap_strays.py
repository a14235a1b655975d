"""Calls under ``/snap`` that lead nowhere."""

from __future__ import annotations

from flask import Flask, Response
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import BaseConverter

from api.request import current
from api.snap_answers import PATHS, for_any_error


class Anything(BaseConverter):
    """The rest of a path, line breaks and empty pieces included."""

    regex = "(?s:.*)"
    part_isolating = False
    weight = 1000


def answer_strays(app: Flask) -> None:
    """Take whatever no other rule under ``/snap`` takes."""
    app.url_map.converters["anything"] = Anything
    for number, rule in enumerate(("/snap", "/snap/<anything:rest>")):
        endpoint = f"snap_strays_{number}"
        app.view_functions[endpoint] = _nothing_here
        # Flask wants methods to be named, but a method can be any word.
        app.url_map.add(app.url_rule_class(rule, endpoint=endpoint))


def _nothing_here(rest: str = "") -> Response:
    if current().path not in PATHS:
        return for_any_error(NotFound())
    response = for_any_error(MethodNotAllowed())
    response.headers["Allow"] = "POST"
    return response
