"""What staff can call, and what each call asks of an officer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from models.audit_event import AuditEvent
from models.values.access import StaffRole
from models.values.permission import HOLDERS, Permission
from services.callers import StaffCaller
from services.ports import Ports
from tests.api.published import Operation, operations
from tests.dossiers import NOTE
from tests.officers import officer

# None: nothing but that they are signed in.
ASKS: Mapping[str, Permission | None] = {
    "PUT /v1/staff/password": None,
    "DELETE /v1/staff/sessions": None,
    "DELETE /v1/staff/sessions/current": None,
    "POST /v1/staff/lookups": Permission.LOOK_UP,
    "GET /v1/staff/workers/{worker_id}": Permission.LOOK_UP,
    "GET /v1/staff/workers/{worker_id}/timeline": Permission.LOOK_UP,
    "POST /v1/staff/workers/{worker_id}/reveal": Permission.LOOK_UP,
    "POST /v1/staff/workers/{worker_id}/messages/{message_id}/resend": Permission.RESEND,
    "GET /v1/staff/reviews": Permission.REVIEW,
    "GET /v1/staff/reviews/{review_id}": Permission.REVIEW,
    "POST /v1/staff/reviews/{review_id}/claim": Permission.REVIEW,
    "POST /v1/staff/reviews/{review_id}/release": Permission.REVIEW,
    "POST /v1/staff/reviews/{review_id}/decision": Permission.REVIEW,
    "GET /v1/staff/privacy-requests": Permission.PRIVACY,
    "POST /v1/staff/privacy-requests": Permission.PRIVACY,
    "POST /v1/staff/privacy-requests/{privacy_request_id}/done": Permission.PRIVACY,
    "POST /v1/staff/privacy-requests/{privacy_request_id}/cancel": Permission.PRIVACY,
    "POST /v1/staff/privacy-requests/{privacy_request_id}/export": Permission.PRIVACY,
    "GET /v1/staff/batches": Permission.BATCHES,
    "GET /v1/staff/batches/{batch_id}": Permission.BATCHES,
    "POST /v1/staff/batches/{batch_id}/resume": Permission.RESUME_BATCH,
    "GET /v1/staff/audit-events": Permission.AUDIT,
    "POST /v1/staff/audit-events/searches": Permission.AUDIT,
    "GET /v1/staff/accounts": Permission.ACCOUNTS,
    "POST /v1/staff/accounts": Permission.ACCOUNTS,
    "POST /v1/staff/accounts/{account_id}/close": Permission.ACCOUNTS,
    "POST /v1/staff/accounts/{account_id}/reset": Permission.ACCOUNTS,
}
# Where somebody becomes an officer: these ask for a password and a code, or for a refresh token.
DOORS = {"POST /v1/staff/sessions", "POST /v1/staff/sessions/refresh"}

STAFF = [one for one in operations() if one.path.startswith("/v1/staff")]
GUARDED = [one for one in STAFF if one.label in ASKS]

_BODIES: Mapping[str, Mapping[str, Any]] = {
    "POST /v1/staff/lookups": {"reason": "caller_asks", "phone": "0812-0000-0404"},
    "POST /v1/staff/workers/{worker_id}/reveal": {"reason": "caller_asks", "fields": ["phone"]},
    "POST /v1/staff/reviews/{review_id}/decision": {"decision": "needs_correction", "note": NOTE},
    "POST /v1/staff/privacy-requests/{privacy_request_id}/done": {"note": NOTE},
    "POST /v1/staff/privacy-requests/{privacy_request_id}/cancel": {"note": NOTE},
    "POST /v1/staff/batches/{batch_id}/resume": {"note": NOTE},
    "POST /v1/staff/audit-events/searches": {"phone": "0812-0000-0404"},
    "POST /v1/staff/accounts": {"username": "rina.new", "role": "support"},
}
_LOOK = {"reason": "caller_asks"}
_QUERIES: Mapping[str, Mapping[str, str]] = {
    "GET /v1/staff/workers/{worker_id}": _LOOK,
    "GET /v1/staff/workers/{worker_id}/timeline": _LOOK,
}


def call_rightly(
    operation: Operation, client: FlaskClient, ids: Mapping[str, Any], headers: Mapping[str, str]
) -> TestResponse:
    """With all that gets past the reading of what was sent."""
    body, query = _BODIES.get(operation.label), _QUERIES.get(operation.label)
    if operation.label == "POST /v1/staff/privacy-requests":
        body = {"worker_id": str(ids["worker_id"]), "kind": "correction", "note": NOTE}
    return operation.call(client, ids, headers, body, query)


def holders(operation: Operation) -> frozenset[StaffRole]:
    """Whose role lets them call it."""
    asked = ASKS[operation.label]
    return HOLDERS[asked] if asked else frozenset(StaffRole)


def holder(ports: Ports, session: Session, operation: Operation) -> StaffCaller:
    """Somebody whose role lets them call it."""
    return officer(ports, session, min(holders(operation)))


def events_of(session: Session, who: StaffCaller) -> list[AuditEvent]:
    """In the order of what they did."""
    theirs = select(AuditEvent).where(AuditEvent.account_id == who.account_id)
    return list(session.scalars(theirs.order_by(AuditEvent.at, AuditEvent.id)))
