"""A partner learns whether what it sent of a driver is true of somebody, and no more than that."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models.enrolment import Enrolment
from models.partner_event import PartnerEventName
from models.values.identity import IdentityStatus
from services import partner_events

# Nothing is said while people look at it.
_TOLD = {
    IdentityStatus.VERIFIED: PartnerEventName.IDENTITY_VERIFIED,
    IdentityStatus.NEEDS_CORRECTION: PartnerEventName.IDENTITY_FAILED,
    IdentityStatus.REFUSED: PartnerEventName.IDENTITY_FAILED,
}


def tell_partner(
    session: Session, enrolment: Enrolment, status: IdentityStatus, now: datetime
) -> None:
    """:param enrolment: held, not ended, and not judged yet. Who holds the NIK makes no difference to it."""
    many = enrolment.many_on_phone and status is IdentityStatus.VERIFIED
    enrolment.identity_status = IdentityStatus.IN_REVIEW if many else status
    enrolment.identity_checked_at = now
    enrolment.identity_asked_at = enrolment.identity_asked_at or now
    enrolment.sent_sealed = None
    event = _TOLD.get(enrolment.identity_status)
    if event is not None:
        partner_events.record(session, enrolment.partner_id, event, enrolment.id, now, now)
