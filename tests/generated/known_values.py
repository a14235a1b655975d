"""Some of what is made up is replaced by what exists, so that calls come further than a look-up."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any, Protocol
from zlib import crc32

from schemathesis import Case, GenerationMode

from api.fresh_phone import HEADER
from models.values.month import Month
from services.wiring import clock_here
from tests.api.uploading import digest_of
from tests.generated.platforms import NOWHERE
from tests.installation import CONSENTS

_serials = count(1)
# Where a body has exactly one key of somebody.
SEARCHES = ("/v1/staff/lookups", "/v1/staff/audit-events/searches")


class Knowing(Protocol):
    """Somebody who calls."""

    def own(self, name: str) -> str | None:
        """Something of theirs that there is, by the name that it has in a call."""


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
    "external_id": lambda: f"D-{next(_serials)}",
    "occupation_code": lambda: "TR01",
    "sex": lambda: "F",
    "consent_version": lambda: "2026-11",
    "consented_at": lambda: "2026-11-20",
    "month": lambda: str(Month.at(clock_here().now())),
    "url": lambda: NOWHERE,
    "grant_type": lambda: "client_credentials",
    "scope": lambda: "enrol read",
    "note": lambda: "KTP seen on video, the same person.",
    "virtual_account_no": lambda: "888998706291395132",
    "partner": lambda: "Ojek Kita",
    "username": lambda: f"officer-{next(_serials)}",
}
_SECRETS = {"phone_token", "client_id", "client_secret"}
# By which staff find somebody, and what they name beside it; whoever calls may know a right one.
_OF_PEOPLE = {"worker_id", "account", "partner_id"}
_KEYS = (
    ("nik",),
    ("phone",),
    ("virtual_account_no",),
    ("external_id", "partner"),
    ("full_name", "birth_date"),
)
_REQUIRED = [{"document": each.document, "version": each.version} for each in CONSENTS.required()]


def fill_in(case: Case, caller: Knowing) -> None:
    """Only in calls that are meant to be right, and the same ones each time."""
    if case.meta is None or case.meta.generation.mode is not GenerationMode.POSITIVE:
        return
    if isinstance(case.body, dict):
        case.body = _known(case.body)
        if case.operation.path in SEARCHES:
            case.body = _by_one_key(case.body, caller)
        named = (_SECRETS | _OF_PEOPLE) & case.body.keys()
        case.body |= {name: _existing(name, case.body[name], caller) for name in named}
    elif isinstance(case.body, bytes):
        _describe_file(case)
    if HEADER in case.headers:
        case.headers[HEADER] = _existing("phone_token", case.headers[HEADER], caller)
    if case.query:
        case.query = _known(case.query)
        named = _OF_PEOPLE & case.query.keys()
        case.query |= {name: _existing(name, case.query[name], caller) for name in named}
    case.path_parameters = {
        name: _existing(name, value, caller) for name, value in case.path_parameters.items()
    }


def _by_one_key(body: dict[str, Any], caller: Knowing) -> dict[str, Any]:
    """As the schema cannot say: most of the time, one of those that find somebody."""
    if not _chosen(body):
        return body
    key = _KEYS[crc32(repr(body).encode()) // 4 % len(_KEYS)]
    told = {name: body[name] for name in ("reason", "note") if name in body}
    return told | {name: caller.own(name) or _TYPED[name]() for name in key}


def _describe_file(case: Case) -> None:
    """As its headers say it is, most of the time."""
    if case.headers.get("Content-Encoding") == "gzip" and _chosen(case.body):
        case.body = gzip.compress(case.body)
    if "Content-Digest" in case.headers and _chosen(case.body):
        case.headers["Content-Digest"] = digest_of(case.body)


def _known(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {inner: _known(each, inner) for inner, each in value.items()}
    if name == "consents" and _chosen(value):
        return _REQUIRED
    if name == "external_ids" and _chosen(value):
        return ["D-1", "D-2"]
    if name == "monthly_income" and isinstance(value, str) and _chosen(value):
        return "3500000"
    if isinstance(value, list):
        return [_known(each) for each in value]
    return _TYPED[name]() if name in _TYPED and _chosen(value) else value


def _existing(name: str, value: Any, caller: Knowing) -> Any:
    return (caller.own(name) or value) if _chosen(value) else value


def _chosen(value: Any) -> bool:
    """Three of four, by what they are."""
    return crc32(repr(value).encode()) % 4 > 0
