"""What our staff did about a worker, or tried to."""

from models.audit_event import AuditEvent
from models.timeline.happening import Happening
from models.timeline.staff.kind import StaffKind
from models.values.decision import Outcome

STAFF_ACTION = Happening(
    kind=StaffKind.STAFF_ACTION,
    about="An officer saw or did something. `refusal` is the code of the error that it ended in, "
    "`about_id` the review, request or message that it was about, `fields` what was revealed. "
    "Nobody of ours: the command line, or an account that there is not. What they noted is for the "
    "auditor.",
    at=AuditEvent.at,
    id=AuditEvent.id,
    worker_id=AuditEvent.worker_id,
    details={
        "action": AuditEvent.action,
        "username": AuditEvent.username,
        "role": AuditEvent.role,
        "access_reason": AuditEvent.reason,
        "refusal": AuditEvent.refusal,
        "about_id": AuditEvent.about_id,
        "fields": AuditEvent.details["fields"],
        "decision": AuditEvent.details["decision"].astext,
        "awaits_second": AuditEvent.details["outcome"].astext == Outcome.AWAITING_SECOND.value,
    },
)
