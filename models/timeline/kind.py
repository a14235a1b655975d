"""What can happen to a worker."""

from enum import StrEnum


class TimelineKind(StrEnum):
    """Published, so none ever changes. The order is that of ``models.timeline.sources``."""

    REGISTERED = "registered"
    CONSENT_GIVEN = "consent_given"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    SESSION_STARTED = "session_started"
    SESSION_ENDED = "session_ended"
    IDENTITY_CHECK_SUPERSEDED = "identity_check_superseded"
    IDENTITY_CHECK_REQUESTED = "identity_check_requested"
    IDENTITY_CHECK_ANSWERED = "identity_check_answered"
    TERMS_CHOSEN = "terms_chosen"
    PHONE_CHANGE_REQUESTED = "phone_change_requested"
    PHONE_CHANGE_CLOSED = "phone_change_closed"
    PHONE_CHANGED = "phone_changed"
    INVOICE_MADE = "invoice_made"
    INVOICE_CANCELLED = "invoice_cancelled"
    INVOICE_EXPIRED = "invoice_expired"
    PAYMENT_REFUSED = "payment_refused"
    PAYMENT_RECEIVED = "payment_received"
    CREDIT_USED = "credit_used"
    MONTHS_PAID = "months_paid"
    INVOICE_SUPERSEDED = "invoice_superseded"
    CREDIT_ADDED = "credit_added"
    REFUND_OPENED = "refund_opened"
    REFUND_PAID = "refund_paid"
    MESSAGE_SENT = "message_sent"
