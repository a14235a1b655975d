"""Drivers whom a partner has enrolled, without files and rows."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.enrolment import EndedBy, Enrolment
from models.partner import Partner
from models.values.identity import IdentityStatus
from models.values.ids import new_id


def link(
    session: Session,
    partner: Partner,
    worker_id: UUID,
    at: datetime,
    *,
    confirmed: bool = True,
    ended: bool = False,
) -> Enrolment:
    """The tie as enrolling, and perhaps confirming and ending, leave it."""
    made = Enrolment(
        id=new_id(),
        partner_id=partner.id,
        worker_id=worker_id,
        external_id=f"D-{new_id()}",
        nik_key=new_id().bytes,
        enrolled_at=at,
        sent_digest=b"0" * 16,
        consent_version="2026-11",
        consented_at=at,
        many_on_phone=False,
        identity_status=IdentityStatus.VERIFIED,
        confirmed_at=at if confirmed else None,
        ended_at=at if ended else None,
        ended_by=EndedBy.WORKER if ended else None,
    )
    session.add(made)
    session.flush()
    return made
