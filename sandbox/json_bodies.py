"""What callers send us."""

from typing import Any

from flask import request
from werkzeug.exceptions import BadRequest, UnprocessableEntity


def json_body() -> dict[str, Any]:
    """The JSON object in the request.

    :raises BadRequest: there is none.
    """
    body = request.get_json(force=True, silent=True)
    if not isinstance(body, dict):
        raise BadRequest("the body is not a JSON object")
    return body


def text_in(body: dict[str, Any], name: str) -> str | None:
    """A member that is text, or is not there.

    :raises UnprocessableEntity: it is something else, or cannot be printed.
    """
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not value.isprintable():
        raise UnprocessableEntity(f"{name} is not plain text")
    return value
