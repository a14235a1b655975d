"""Whether an officer is reading on in a timeline, or looks at it anew."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, select

from models.audit_event import AuditEvent
from models.policy import Policy
from models.values.access import AccessReason
from models.values.audit import AuditAction

ONE_LOOK = Policy(
    timedelta(minutes=30),
    since=date(2026, 11, 25),
    basis="As long as a session may be left alone. Whoever pages through a long life within it "
    "looks at it once, and the worker is told so once; a page that is asked for by itself, or "
    "for another reason, is a look of its own.",
)


def select_look(
    worker_id: UUID, session_id: UUID, reason: AccessReason, since: datetime
) -> Select[UUID]:
    """Whether the timeline was seen in this session for this reason."""
    return (
        select(AuditEvent.id)
        .where(
            AuditEvent.worker_id == worker_id,
            AuditEvent.session_id == session_id,
            AuditEvent.action == AuditAction.VIEWED_TIMELINE,
            AuditEvent.reason == reason,
            AuditEvent.refusal.is_(None),
            AuditEvent.at > since,
        )
        .limit(1)
    )
