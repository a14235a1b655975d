"""The published description of the SNAP endpoints, which follow SNAP's rules and not ours."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import marshmallow as ma

from api.smorest import Blueprint
from api.snap_examples import refusals, success
from models.bank_call import BankService
from schemas.snap import AnswerSchema
from services.tokens import Kind

_SCHEME = "snap"
SCHEMES = {
    _SCHEME: {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": Kind.SNAP.typ,
        "description": "From `/snap/v1.0/access-token/b2b`, for the partner it was given to. "
        "Every call is signed, too: see `X-SIGNATURE`.",
    }
}

_TIMESTAMP = "2026-11-22T14:00:00+07:00"
_HEADERS: dict[str, tuple[str, dict[str, Any]]] = {
    "X-TIMESTAMP": (
        "At most 5 minutes from our clock.",
        {"type": "string", "format": "date-time", "examples": [_TIMESTAMP]},
    ),
    "X-CLIENT-KEY": ("Names the bank.", {"type": "string", "examples": ["sandbox-bank"]}),
    "X-PARTNER-ID": ("The partner of the token.", {"type": "string", "examples": ["SANDBOX"]}),
    "X-EXTERNAL-ID": (
        "Another one for each call of a Jakarta day.",
        {"type": "string", "pattern": "^[0-9]{1,36}$", "examples": ["4120000001"]},
    ),
    "CHANNEL-ID": (
        "Where the payer stands.",
        {"type": "string", "pattern": "^[A-Za-z0-9]{1,10}$", "examples": ["95221"]},
    ),
    "X-SIGNATURE": (
        "For calls: base64 of HMAC-SHA512 with the client secret over `METHOD:path:accessToken:"
        "lowerhex(sha256(minified body)):timestamp`, the path as called.",
        {"type": "string"},
    ),
}
_BARE = AnswerSchema()
_EVERY_CALL = ("X-PARTNER-ID", "X-EXTERNAL-ID", "CHANNEL-ID")
_ABOUT = {
    400: "400XX00 unreadable, 400XX01 form of a field, 400XX02 missing field.",
    401: "401XX00 signature or time, 401XX01 token.",
    404: "What is wrong with the bill or the payment.",
    409: "`X-EXTERNAL-ID` was used on this Jakarta day.",
    413: "The body is too large.",
    415: "The body is not said to be JSON.",
    500: "Ours; the call is not remembered and may be sent again as it was.",
}


def described(
    blp: Blueprint,
    service: BankService | None,
    asked: ma.Schema,
    answered: ma.Schema,
    *headers: str,
) -> Callable[[Any], Any]:
    """Document one endpoint.

    :param service: None is the service that gives out tokens.
    :param headers: those it needs besides time and signature.
    """
    names = ("X-TIMESTAMP", "X-SIGNATURE", *(headers or _EVERY_CALL))
    told: dict[str, Any] = {
        "parameters": [_header(name) for name in names],
        "requestBody": {"required": True, "content": _json(asked)},
        "responses": {
            "200": {
                "description": "Successful",
                "content": _json(answered, examples=success(service, answered)),
            }
        },
    }
    for status, examples in refusals(service, answered).items():
        content = _json(answered if status == HTTPStatus.NOT_FOUND else _BARE, examples=examples)
        told["responses"][str(status)] = {"description": _ABOUT[status], "content": content}
    if service is not None:
        told["security"] = [{_SCHEME: []}]
    return blp.doc(**told)


def _header(name: str) -> dict[str, Any]:
    about, schema = _HEADERS[name]
    return {
        "in": "header",
        "name": name,
        "required": True,
        "description": about,
        "schema": schema,
    }


def _json(schema: ma.Schema, **told: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema, **told}}
