"""The cookies of the console. Nothing else here or in the API reads or sets one.

``__Host-`` makes a browser refuse the cookie unless it came over HTTPS (or from this very machine),
for this host and the whole of it: no neighbour under the same domain can put one in its place.
"""

from __future__ import annotations

from typing import Literal

from flask import Response, request

from console.roots import ROOT

SESSION = "__Host-jaring-session"
"""What an officer shows. It lasts as long as the browser is open, or the session if that is shorter."""
DOOR = "__Host-jaring-door"
"""Ties the sign-in form to the browser that it was given to: there is no session yet."""
LANGUAGE = "jaring-language"
_YEAR = 365 * 24 * 60 * 60
_STRICT: Literal["Strict"] = "Strict"


def shown(name: str) -> str | None:
    return request.cookies.get(name) or None


def put(response: Response, name: str, value: str) -> None:
    response.set_cookie(name, value, path="/", secure=True, httponly=True, samesite=_STRICT)


def take_back(response: Response, name: str) -> None:
    response.delete_cookie(name, path="/", secure=True, httponly=True, samesite=_STRICT)


def remember_language(response: Response, language: str) -> None:
    response.set_cookie(
        LANGUAGE,
        language,
        max_age=_YEAR,
        path=ROOT,
        secure=True,
        httponly=True,
        samesite=_STRICT,
    )
