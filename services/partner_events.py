"""Partners are told what happened to their drivers, batches and bills."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.partner_event import PartnerEvent, PartnerEventName


def record(
    session: Session,
    partner_id: UUID,
    event: PartnerEventName,
    about: UUID,
    happened_at: datetime,
    recorded_at: datetime,
) -> None:
    """Have a partner told, if and only if the transaction commits.

    :param about: the id of the enrolment, the batch or the collective invoice.
    """
    session.add(
        PartnerEvent(
            partner_id=partner_id,
            event=event,
            about=about,
            happened_at=happened_at,
            recorded_at=recorded_at,
        )
    )
