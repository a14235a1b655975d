"""What can happen to a worker that only our staff are told of."""

from enum import StrEnum


class StaffKind(StrEnum):
    """Beside those of ``TimelineKind``. Published, so none ever changes."""

    ERASED = "erased"
    COLLECTIVE_BILLED = "collective_billed"
    BANK_INQUIRED = "bank_inquired"
    BANK_CALL_REFUSED = "bank_call_refused"
    PAYMENT_REPEATED = "payment_repeated"
    BANK_ASKED_STATUS = "bank_asked_status"
    CODE_SENT = "code_sent"
    STAFF_ACTION = "staff_action"
