"""What SNAP's answers look like, for the published description."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import marshmallow as ma

from models.bank_call import BankOutcome, BankService
from models.values.rupiah import Rupiah
from models.values.words import Words
from schemas.snap import AnswerSchema
from schemas.snap_codes import (
    FIELD_FORMAT,
    FIELD_MISSING,
    MALFORMED,
    NOT_SIGNED,
    OURS,
    SERVICES,
    SUCCESSFUL,
    TOKEN_NOT_GOOD,
    TOKEN_SERVICE,
    VERDICTS,
    SnapCase,
    case_of_http,
)

_BARE = AnswerSchema()
_FIELD = "partnerServiceId"
_BILL = {
    "partner_service_id": "   88712",
    "customer_no": "4831907526604",
    "virtual_account_no": "   887124831907526604",
}
_PAYMENT = {
    "payment_request_id": "202611220000000002",
    "amount": Rupiah(33_600),
    "total": Rupiah(33_600),
    "transacted_at": datetime(2026, 11, 22, 7, 0, tzinfo=UTC),
    "reference_no": "20261122000123",
}
_DETAIL = {
    "name": "Iuran 2026-11",
    "description": Words("Iuran 2026-11", "Dues 2026-11"),
    "amount": Rupiah(33_600),
}
_TOKEN = {
    "access_token": "eyJ0eXAiOiJzbmFwK2p3dCJ9...",
    "token_type": "Bearer",
    "expires_in": "900",
}
# A bank that reads 4042518 as a failure would book a payment that was taken as failed.
_AS_BEFORE = "told-again"
_TO_ANY_CALL = (
    MALFORMED,
    FIELD_FORMAT,
    FIELD_MISSING,
    NOT_SIGNED,
    case_of_http(413),
    case_of_http(415),
    OURS,
)
_VERDICTS: Mapping[BankService, tuple[BankOutcome, ...]] = {
    BankService.INQUIRY: (
        BankOutcome.UNKNOWN_BILL,
        BankOutcome.ALREADY_PAID,
        BankOutcome.INACTIVE,
    ),
    BankService.PAYMENT: (
        BankOutcome.UNKNOWN_BILL,
        BankOutcome.WRONG_AMOUNT,
        BankOutcome.ALREADY_PAID,
        BankOutcome.INCONSISTENT,
        BankOutcome.INACTIVE,
    ),
    BankService.STATUS: (BankOutcome.UNKNOWN_BILL,),
}


def success(service: BankService | None, answered: ma.Schema) -> dict[str, Any]:
    """What a service answers where all went well, by its response code.

    :param service: None is the service that gives out tokens.
    """
    digits = SERVICES[service] if service else TOKEN_SERVICE
    said = {"bill": _taken()} if service else _TOKEN
    document = answered.dump(_head(SUCCESSFUL, digits) | said)
    return {SUCCESSFUL.code(digits): {"summary": document["responseMessage"], "value": document}}


def refusals(service: BankService | None, judged: ma.Schema) -> dict[int, dict[str, Any]]:
    """Every refusal of a service, by status and response code.

    :param service: None is the service that gives out tokens.
    :param judged: writes what is said about a bill.
    """
    found: dict[int, dict[str, Any]] = {}
    digits = SERVICES[service] if service else TOKEN_SERVICE
    for case, document in _documents(service, judged, digits):
        example = {"summary": document["responseMessage"], "value": document}
        found.setdefault(case.status, {})[case.code(digits)] = example
    if service is BankService.PAYMENT:
        found[404] |= _told_again(judged, digits)
    return dict(sorted(found.items()))


def _told_again(judged: ma.Schema, digits: str) -> dict[str, Any]:
    case = VERDICTS[BankOutcome.INCONSISTENT].case
    document = judged.dump(_head(case, digits) | {"bill": _taken()})
    summary = f"{case.message}: a payment that was taken, told again"
    return {f"{case.code(digits)}-{_AS_BEFORE}": {"summary": summary, "value": document}}


def _documents(
    service: BankService | None, judged: ma.Schema, digits: str
) -> Iterator[tuple[SnapCase, dict[str, Any]]]:
    for case in _TO_ANY_CALL:
        yield case, _BARE.dump(_head(case, digits))
    if service is None:
        return
    yield TOKEN_NOT_GOOD, _BARE.dump(_head(TOKEN_NOT_GOOD, digits))
    reused = VERDICTS[BankOutcome.EXTERNAL_ID_REUSED].case
    yield reused, _BARE.dump(_head(reused, digits))
    for outcome in _VERDICTS[service]:
        case = VERDICTS[outcome].case
        yield case, judged.dump(_head(case, digits) | {"bill": _refused(outcome)})


def _head(case: SnapCase, digits: str) -> dict[str, Any]:
    return {"response_code": case.code(digits), "response_message": case.message_about(_FIELD)}


def _refused(outcome: BankOutcome) -> dict[str, Any]:
    return _BILL | _verdict(outcome)


def _taken() -> dict[str, Any]:
    """A bill that can be paid, and its payment that was taken."""
    shown = {"name": "S*** A***", "request_id": "202611220000000001", "details": [_DETAIL]}
    return _BILL | shown | _PAYMENT | _verdict(BankOutcome.ACCEPTED)


def _verdict(outcome: BankOutcome) -> dict[str, Any]:
    """For any of the services: its schema takes what it has a name for."""
    verdict = VERDICTS[outcome]
    return {
        "inquiry_status": verdict.flag,
        "inquiry_reason": verdict.reason,
        "payment_flag_status": verdict.flag,
        "payment_flag_reason": verdict.reason,
    }
