"""Some of what is made up is replaced by what exists, so that calls come further than a look-up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any
from zlib import crc32

from schemathesis import Case, GenerationMode

from api.fresh_phone import HEADER
from tests.generated.stages import Caller
from tests.installation import CONSENTS

_serials = count(1)


def _nik() -> str:
    return f"317101410893{next(_serials):04}"


def _phone() -> str:
    return f"0812-77{next(_serials):06}"


_TYPED: Mapping[str, Callable[[], str]] = {
    "nik": _nik,
    "phone": _phone,
    "village_code": lambda: "31.71.01.1001",
    "code": lambda: "TR01",
    "occupation": lambda: "TR01",
    "full_name": lambda: "Siti Aminah",
    "birth_place": lambda: "Jakarta",
    "birth_date": lambda: "1993-07-05",
    "mother_maiden_name": lambda: "Ratna Dewi",
    "parent": lambda: "31.71",
}
_REQUIRED = [{"document": each.document, "version": each.version} for each in CONSENTS.required()]


def fill_in(case: Case, caller: Caller) -> None:
    """Only in calls that are meant to be right, and the same ones each time."""
    if case.meta is None or case.meta.generation.mode is not GenerationMode.POSITIVE:
        return
    if isinstance(case.body, dict):
        case.body = _known(case.body)
        if "phone_token" in case.body and _chosen(case.body["phone_token"]):
            case.body["phone_token"] = caller.fresh_phone_token
    if HEADER in case.headers and _chosen(case.headers[HEADER]):
        case.headers[HEADER] = caller.fresh_phone_token
    if case.query:
        case.query = _known(case.query)
    case.path_parameters = {
        name: _existing(name, value, caller) for name, value in case.path_parameters.items()
    }


def _known(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {inner: _known(each, inner) for inner, each in value.items()}
    if name == "consents" and _chosen(value):
        return _REQUIRED
    if isinstance(value, list):
        return [_known(each) for each in value]
    return _TYPED[name]() if name in _TYPED and _chosen(value) else value


def _existing(name: str, value: Any, caller: Caller) -> Any:
    if not _chosen(value):
        return value
    if name == "verification_id":
        return str(caller.start_verification())
    if name == "reminder_code" and caller.worker is not None:
        return caller.reminder_code
    if name == "invoice_id" and caller.bill is not None:
        return str(caller.bill.id)
    if name == "phone_change_id" and (asked := caller.asked_for_another_phone()):
        return str(asked)
    if name == "erasure_request_id" and caller.worker is not None:
        return str(caller.erasure_request)
    return value


def _chosen(value: Any) -> bool:
    """Three of four, by what they are."""
    return crc32(repr(value).encode()) % 4 > 0
