"""Reading a request for a token: the form, and who asks (RFC 6749, 2.3.1 and 4.4.2)."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from urllib.parse import parse_qsl, unquote_plus

from api.bodies import read_body
from api.oauth_answers import (
    GRANT_TYPE_MISSING,
    IN_ADDRESS,
    NO_CREDENTIALS,
    NOT_A_FORM,
    OTHER_GRANT,
    REPEATED,
    TWO_WAYS,
    UNKNOWN_SCOPE,
    OAuthFault,
)
from api.oauth_documents import FORM
from api.request import Request
from models.values.scope import Scope
from services.partners.tokens import TokenRequest

FORM_LIMIT = 8 * 1024
_MOST_FIELDS = 50
_UTF_8 = ("utf-8", "utf8")
_BASIC = re.compile(r"basic +([A-Za-z0-9+/]+=*)", re.IGNORECASE)
_FIELDS = frozenset({"grant_type", "scope", "client_id", "client_secret"})

Form = dict[str, str]


def read(request: Request) -> TokenRequest:
    """What is asked for, and the secret that is shown for it; right or wrong.

    :raises OAuthFault: the request does not have the form that RFC 6749 gives it.
    """
    if _FIELDS & set(request.args):
        raise OAuthFault(IN_ADDRESS)
    form = _form(request)
    if "grant_type" not in form:
        raise OAuthFault(GRANT_TYPE_MISSING)
    client_id, client_secret = _credentials(request, form)
    if form["grant_type"] != "client_credentials":
        raise OAuthFault(OTHER_GRANT)
    return TokenRequest(
        client_id=client_id,
        client_secret=client_secret,
        scopes=_scopes(form),
        source=request.remote_addr or "",
    )


def _form(request: Request) -> Form:
    """The fields that we know; others are ignored, and one without a value is not there."""
    charset = request.mimetype_params.get("charset", "utf-8")
    encoding = request.environ.get("HTTP_CONTENT_ENCODING", "identity")
    if (request.mimetype, encoding.lower()) != (FORM, "identity") or charset.lower() not in _UTF_8:
        raise OAuthFault(NOT_A_FORM)
    given = [(name, value) for name, value in _pairs(request) if name in _FIELDS]
    if len(dict(given)) != len(given):
        raise OAuthFault(REPEATED)
    return {name: value for name, value in given if value}


def _pairs(request: Request) -> list[tuple[str, str]]:
    body = read_body(request, limit=FORM_LIMIT)
    try:
        return parse_qsl(
            body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError as error:
        raise OAuthFault(NOT_A_FORM) from error


def _credentials(request: Request, form: Form) -> tuple[str, str]:
    in_form = (form.get("client_id"), form.get("client_secret"))
    header = request.headers.get("Authorization")
    if header is not None:
        if any(in_form):
            raise OAuthFault(TWO_WAYS)
        return _from_header(header)
    client_id, client_secret = in_form
    if client_id is None or client_secret is None:
        raise OAuthFault(NO_CREDENTIALS)
    return client_id, client_secret


def _from_header(header: str) -> tuple[str, str]:
    basic = _BASIC.fullmatch(header)
    if basic is None:
        raise OAuthFault(NO_CREDENTIALS)
    try:
        client_id, client_secret = _written_in(basic[1])
    except (binascii.Error, UnicodeDecodeError):
        raise OAuthFault(NO_CREDENTIALS) from None
    if not (client_id and client_secret):
        raise OAuthFault(NO_CREDENTIALS)
    return client_id, client_secret


def _written_in(encoded: str) -> tuple[str, str]:
    """Both are written as in a form before they are joined: an id may hold a colon."""
    client_id, _, client_secret = b64decode(encoded, validate=True).decode().partition(":")
    return unquote_plus(client_id, errors="strict"), unquote_plus(client_secret, errors="strict")


def _scopes(form: Form) -> frozenset[Scope]:
    """Those that are named; all, where none is."""
    try:
        return frozenset(map(Scope, form.get("scope", "").split())) or frozenset(Scope)
    except ValueError:
        raise OAuthFault(UNKNOWN_SCOPE) from None
