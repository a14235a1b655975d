"""Every answer under ``/snap`` has SNAP's shape, whatever goes wrong."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

import marshmallow as ma
import orjson
from flask import Response
from werkzeug.exceptions import HTTPException

from api.bodies import hear_out
from api.refusals import Refusal
from api.request import current
from models.bank_call import BankService
from schemas.snap import AnswerSchema, SnapFault
from schemas.snap_codes import (
    NOT_SIGNED,
    OURS,
    SERVICES,
    TOKEN_NOT_GOOD,
    TOKEN_SERVICE,
    UNKNOWN_SERVICE,
    SnapCase,
    case_of_http,
)
from services.bank.refusals import NotSigned, TokenNotGood
from services.database_failures import will_pass

_log = logging.getLogger(__name__)

PREFIX = "/snap/v1.0"
TOKEN_PATH = f"{PREFIX}/access-token/b2b"
PATHS: dict[str, str] = {
    TOKEN_PATH: TOKEN_SERVICE,
    f"{PREFIX}/transfer-va/inquiry": SERVICES[BankService.INQUIRY],
    f"{PREFIX}/transfer-va/payment": SERVICES[BankService.PAYMENT],
    f"{PREFIX}/transfer-va/status": SERVICES[BankService.STATUS],
}
_BARE = AnswerSchema()
_JSON = "application/json"


def answer(case: SnapCase, schema: ma.Schema = _BARE, *, about: str = "", **body: Any) -> Response:
    """An answer of the service that was called.

    :param schema: writes ``body``.
    :param about: the field that the case speaks of.
    """
    service = PATHS.get(current().path, UNKNOWN_SERVICE)
    document = schema.dump(
        {
            "response_code": case.code(service),
            "response_message": case.message_about(about),
            **body,
        }
    )
    response = Response(orjson.dumps(document), case.status, content_type=_JSON)
    if case.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def for_any_error(error: Exception) -> Response:
    """The answer to a call that could not be answered otherwise. Nothing that was sent is in it."""
    hear_out(current())
    match error:
        case SnapFault():
            return answer(error.case, about=error.field)
        case NotSigned():
            return answer(NOT_SIGNED)
        case TokenNotGood():
            return answer(TOKEN_NOT_GOOD)
        case Refusal() if error.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return answer(case_of_http(error.status))
        case HTTPException(code=int(status)) if 400 <= status < 500:
            return answer(case_of_http(status))
    _note(error)
    return answer(OURS)


def _note(error: Exception) -> None:
    if will_pass(error):
        _log.warning("the database did not answer a bank", exc_info=error)
    else:
        _log.error("unexpected error in a bank's call", exc_info=error)
