"""What ``/v1/oauth/token`` answers: the errors of RFC 6749, 5.2, whatever goes wrong."""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import marshmallow as ma
import orjson
from flask import Response
from werkzeug.exceptions import HTTPException

from api.bodies import hear_out
from api.languages import language
from api.refusals import InternalError, PayloadTooLarge, Refusal, ServiceUnavailable
from api.request import current
from models.values.scope import Scope
from models.values.words import Words
from schemas.oauth import TokenRefusalSchema
from services.database_failures import will_pass
from services.partners.tokens import ClientRefused, TooManyWrongSecrets

_log = logging.getLogger(__name__)

_JSON = "application/json"
_REFUSAL = TokenRefusalSchema()
_TRY_AGAIN_IN = timedelta(seconds=5)
# RFC 7617: the realm is not optional, and this is how our ids and secrets are to be read.
CHALLENGE = 'Basic realm="jaring", charset="UTF-8"'


@dataclass(frozen=True)
class OAuthCase:
    """:param words: of the few characters that an ``error_description`` may hold: no quotation
    marks, no backslash, nothing beyond ASCII.
    """

    error: str
    words: Words
    status: int = HTTPStatus.BAD_REQUEST


class OAuthFault(Exception):
    """A request that cannot be granted a token."""

    def __init__(self, case: OAuthCase) -> None:
        super().__init__(case.error)
        self.case = case


NOT_A_FORM = OAuthCase(
    "invalid_request",
    Words(
        "Kirim formulir application/x-www-form-urlencoded dalam UTF-8, tanpa kompresi.",
        "Send a form, application/x-www-form-urlencoded in UTF-8, without compression.",
    ),
)
IN_ADDRESS = OAuthCase(
    "invalid_request",
    Words(
        "Kirim semua isian di badan permintaan, bukan di alamat. Ganti rahasia yang sudah "
        "tertulis di alamat.",
        "Send all fields in the body, not in the address. Replace a secret that has been in one.",
    ),
)
REPEATED = OAuthCase(
    "invalid_request",
    Words("Sebut setiap isian satu kali saja.", "Give each field only once."),
)
GRANT_TYPE_MISSING = OAuthCase(
    "invalid_request",
    Words("Isi grant_type: client_credentials.", "Give grant_type: client_credentials."),
)
TWO_WAYS = OAuthCase(
    "invalid_request",
    Words(
        "Kirim client_id dan client_secret di header Authorization atau di formulir, jangan di "
        "keduanya.",
        "Send client_id and client_secret in the Authorization header or in the form, not in both.",
    ),
)
OTHER_GRANT = OAuthCase(
    "unsupported_grant_type",
    Words("Hanya client_credentials yang ada.", "There is only client_credentials."),
)
UNKNOWN_SCOPE = OAuthCase(
    "invalid_scope",
    Words(
        f"Pilih dari: {', '.join(Scope)}; pisahkan dengan spasi.",
        f"Choose from: {', '.join(Scope)}; part them by spaces.",
    ),
)
NO_CREDENTIALS = OAuthCase(
    "invalid_client",
    Words(
        "Kirim client_id dan client_secret, di header Authorization (Basic) atau di formulir.",
        "Send client_id and client_secret, in the Authorization header (Basic) or in the form.",
    ),
    HTTPStatus.UNAUTHORIZED,
)
REFUSED = OAuthCase("invalid_client", ClientRefused.detail, HTTPStatus.UNAUTHORIZED)
TOO_LARGE = OAuthCase("invalid_request", PayloadTooLarge.detail, PayloadTooLarge.status)
POST_ONLY = OAuthCase(
    "invalid_request", Words("Pakai POST.", "Use POST."), HTTPStatus.METHOD_NOT_ALLOWED
)
OURS = OAuthCase("server_error", InternalError.detail, InternalError.status)
BUSY = OAuthCase("temporarily_unavailable", ServiceUnavailable.detail, ServiceUnavailable.status)
# Registered for the other endpoint of RFC 6749; for this one there is no word.
TOO_MANY = OAuthCase(
    "temporarily_unavailable", TooManyWrongSecrets.detail, HTTPStatus.TOO_MANY_REQUESTS
)
CASES = (
    NOT_A_FORM,
    IN_ADDRESS,
    REPEATED,
    GRANT_TYPE_MISSING,
    TWO_WAYS,
    OTHER_GRANT,
    UNKNOWN_SCOPE,
    NO_CREDENTIALS,
    REFUSED,
    TOO_LARGE,
    TOO_MANY,
    OURS,
    BUSY,
)


def answer(schema: ma.Schema, status: int, body: dict[str, Any]) -> Response:
    """RFC 6749, 5.1: nobody may keep it."""
    response = Response(orjson.dumps(schema.dump(body)), status, content_type=_JSON)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Pragma"] = "no-cache"
    return response


def refusal(case: OAuthCase, retry_after: timedelta | None = None, **details: str) -> Response:
    """:param details: for the ``{placeholders}`` of the case's words."""
    said = case.words.in_(language(), **details)
    response = answer(_REFUSAL, case.status, {"error": case.error, "error_description": said})
    if case.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = CHALLENGE
    if retry_after is not None:
        response.headers["Retry-After"] = str(max(1, math.ceil(retry_after.total_seconds())))
    return response


def for_any_error(error: Exception) -> Response:
    """The answer where no token is given. Nothing that was sent is in it."""
    hear_out(current())
    match error:
        case OAuthFault():
            return refusal(error.case)
        case ClientRefused():
            return refusal(REFUSED)
        case TooManyWrongSecrets():
            wait = error.details["wait"].in_(language())  # type: ignore[attr-defined]
            return refusal(TOO_MANY, error.retry_after, wait=wait)
        case Refusal(status=413):
            return refusal(TOO_LARGE)
        case HTTPException(code=405):
            response = refusal(POST_ONLY)
            response.headers["Allow"] = "POST"
            return response
        case HTTPException(code=int(status)) if 400 <= status < 500:
            return refusal(NOT_A_FORM)
    if will_pass(error):
        _log.warning("the database did not answer a partner", exc_info=error)
        return refusal(BUSY, _TRY_AGAIN_IN)
    _log.error("unexpected error in a partner's request for a token", exc_info=error)
    return refusal(OURS)
