"""What a page needs to call a use case."""

from __future__ import annotations

from flask import current_app

from services.ports import Ports


def ports() -> Ports:
    return current_app.extensions["ports"]  # type: ignore[no-any-return]
