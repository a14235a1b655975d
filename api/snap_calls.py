"""Who calls, and what they say: the headers and bodies of SNAP BI, read in the order in which SNAP
refuses them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

import marshmallow as ma

from api.bodies import read_json
from api.request import Request, current
from api.smorest import ports
from schemas.snap import SnapFault, read
from schemas.snap_codes import FIELD_FORMAT, FIELD_MISSING
from schemas.snap_fields import read_instant
from services.bank.access import SignedCall, authenticate, bank_of
from services.bank.refusals import NotSigned, TokenNotGood
from services.keys import BankAccount

_BEARER = re.compile(r"Bearer +([A-Za-z0-9._~+/-]+=*)", re.IGNORECASE)
_EXTERNAL_ID = re.compile("[0-9]{1,36}")
_CHANNEL_ID = re.compile("[A-Za-z0-9]{1,10}")


@dataclass(frozen=True)
class BankRequest:
    """A call that is signed and can be read.

    :param ids: the ids of the bill and the request, as the use cases take them.
    :param fields: all that was sent, exactly as received.
    """

    bank: BankAccount
    ids: dict[str, Any]
    fields: dict[str, Any]


def signed(schema: ma.Schema) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give the view a ``BankRequest``. Its body is read with the schema."""

    def decorator(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            return view(*args, _read(current(), schema), **kwargs)

        return wrapper

    return decorator


def header(request: Request, name: str) -> str:
    """:raises SnapFault: it is missing."""
    value = request.headers.get(name, "")
    if not value:
        raise SnapFault(FIELD_MISSING, name)
    return value


def signature(request: Request) -> str:
    """A call without one is not malformed: it is not signed.

    :raises NotSigned: it is missing.
    """
    value = request.headers.get("X-SIGNATURE")
    if not value:
        raise NotSigned
    return value


def timestamp(request: Request) -> tuple[str, datetime]:
    """As written, and what it means.

    :raises SnapFault: it is missing or no instant.
    """
    text = header(request, "X-TIMESTAMP")
    instant = read_instant(text)
    if instant is None:
        raise SnapFault(FIELD_FORMAT, "X-TIMESTAMP")
    return text, instant


def _read(request: Request, schema: ma.Schema) -> BankRequest:
    token = _token(request)
    # Before anything else is read: whoever shows no token of ours is not told what else is wrong.
    bank = bank_of(ports(), token)
    document = read_json(request)
    authenticate(ports(), bank, _call(request, token))
    request.caller_kind = "bank"
    external_id = _matching(request, "X-EXTERNAL-ID", _EXTERNAL_ID)
    _matching(request, "CHANNEL-ID", _CHANNEL_ID)
    fields = read(schema, document)
    ids = {
        "external_id": external_id,
        "service_id": fields["partner_service_id"].strip(),
        "virtual_account_no": fields["virtual_account_no"].strip(),
        "request_id": fields.get("request_id"),
    }
    return BankRequest(bank, ids, fields)


def _token(request: Request) -> str:
    bearer = _BEARER.fullmatch(request.headers.get("Authorization", ""))
    if bearer is None:
        raise TokenNotGood
    return bearer[1]


def _call(request: Request, token: str) -> SignedCall:
    partner_id = header(request, "X-PARTNER-ID")
    written, sent_at = timestamp(request)
    return SignedCall(
        # The path as called, before any of it is cut off or looked up.
        called=f"{request.method}:{request.root_path.rstrip('/')}{request.path}",
        access_token=token,
        partner_id=partner_id,
        timestamp=written,
        sent_at=sent_at,
        body=request.body,
        signature=signature(request),
    )


def _matching(request: Request, name: str, pattern: re.Pattern[str]) -> str:
    value = header(request, name)
    if not pattern.fullmatch(value):
        raise SnapFault(FIELD_FORMAT, name)
    return value
