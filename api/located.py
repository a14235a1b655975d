"""``Location``: where what was made can be looked at."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, TypeVar

import orjson
from flask import Response

from api.smorest import Blueprint

View = TypeVar("View", bound=Callable[..., Any])


def located(template: str) -> Callable[[View], View]:
    """Stands above ``idempotent``, so that a replay says it too.

    :param template: the address, such as ``/v1/me/invoices/{id}``, filled from the answer.
    """

    def decorator(view: Any) -> Any:
        def wrapper(*args: Any, **kwargs: Any) -> Response:
            response: Response = view(*args, **kwargs)
            response.headers["Location"] = template.format_map(orjson.loads(response.get_data()))
            return response

        return Blueprint.sends("Location")(update_wrapper(wrapper, view))

    return decorator
