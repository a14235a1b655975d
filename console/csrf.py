"""Whether a form was filled in on one of our pages, by who is signed in there.

Each form holds a token that follows from the browser's cookie by a key that only we have: no other
site can know it, and one of another session does not do. The sign-in form has a cookie of its own for
that, so that nobody can be signed in as somebody else without noticing.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64encode
from urllib.parse import urlsplit

from flask import g, request

from console import cookies
from console.forms import form
from console.reach import ports
from console.refusals import FormNotOurs, FormStale
from services.staff.access import StaffSignInRequired

FIELD = "token"
_READING = ("GET", "HEAD", "OPTIONS")
SIGNS_IN = "console.sign_in.enter"


def check() -> None:
    """Comes before every page.

    :raises FormNotOurs: another site sent it.
    :raises FormStale: the form is of another session, or of none.
    :raises StaffSignInRequired: the browser shows no session.
    """
    if request.method in _READING:
        return
    if not _sent_from_here():
        raise FormNotOurs
    cookie = cookies.shown(_bound_to())
    if cookie is None and request.endpoint != SIGNS_IN:
        raise StaffSignInRequired
    given = form().text(FIELD).encode()
    if cookie is None or not hmac.compare_digest(given, _token_of(cookie).encode()):
        raise FormStale


def token() -> str:
    """For the forms of the page that is being written."""
    cookie = cookies.shown(cookies.SESSION) if "officer" in g else door()
    return _token_of(cookie) if cookie else ""


def door() -> str:
    """The cookie that the sign-in form is bound to: the one that there is, or a new one."""
    if "door" not in g:
        g.door = cookies.shown(cookies.DOOR) or secrets.token_urlsafe(32)
    return str(g.door)


def _bound_to() -> str:
    return cookies.DOOR if request.endpoint == SIGNS_IN else cookies.SESSION


def _token_of(cookie: str) -> str:
    return urlsafe_b64encode(ports().vault.digest("console form", cookie)).rstrip(b"=").decode()


def _sent_from_here() -> bool:
    """As browsers say by themselves. What is none may say nothing; it has no token either."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host
