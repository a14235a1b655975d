"""An officer looks at workers' data at the pace of somebody who answers calls."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy.orm import Session

from models.audit_pace import (
    LOOK_UPS,
    REVEALS,
    VIEWS,
    Paced,
    again_at,
    hold_officer,
    select_noted_refusal,
    select_taken,
)
from models.values.audit import AuditAction
from models.values.words import Words
from services.audit.recording import Deed, record
from services.callers import StaffCaller
from services.errors import TooMany


class TooManyLooks(TooMany):
    """One of the below: each is counted by itself."""

    code = "too-many-lookups"
    title = Words("Terlalu banyak pencarian", "Too many look-ups")
    detail = Words(
        "Tunggu {wait}, lalu cari lagi. Batas ini melindungi data peserta dan tercatat.",
        "Wait {wait}, then search again. The limit protects workers' data, and is on record.",
    )


class TooManyViews(TooManyLooks):
    code = "too-many-views"
    title = Words("Terlalu banyak catatan dibuka", "Too many records opened")
    detail = Words(
        "Tunggu {wait}, lalu buka lagi. Batas ini melindungi data peserta dan tercatat.",
        "Wait {wait}, then open it again. The limit protects workers' data, and is on record.",
    )


class TooManyReveals(TooManyLooks):
    code = "too-many-reveals"
    title = Words("Terlalu sering meminta data terbuka", "Too much revealed")
    detail = Words(
        "Tunggu {wait}, lalu minta lagi. Batas ini melindungi data peserta dan tercatat.",
        "Wait {wait}, then ask again. The limit protects workers' data, and is on record.",
    )


class Pacer:
    """Counts one kind of look."""

    LOOK_UP: ClassVar[Pacer]
    VIEW: ClassVar[Pacer]
    TIMELINE: ClassVar[Pacer]
    REVEAL: ClassVar[Pacer]

    def __init__(self, paced: Paced, error: type[TooManyLooks]) -> None:
        self.paced, self.error = paced, error

    def too_quick(
        self, session: Session, officer: StaffCaller, deed: Deed, now: datetime
    ) -> TooManyLooks | None:
        """Why the officer has to wait, if they have to. That is on record once, until they have
        waited: whoever goes on trying cannot bury what they did before.

        To be returned out of the transaction and raised behind it, so that the record is kept.
        """
        session.execute(hold_officer(officer.account_id))
        taken = session.scalars(select_taken(officer.account_id, self.paced, now)).all()
        until = again_at(taken, self.paced.policy.value, now)
        if until <= now:
            return None
        refused = self.error(retry_after=until - now)
        noted = select_noted_refusal(officer.account_id, self.paced, taken[0])
        if session.scalar(noted) is None:
            record(session, officer, deed, now, refusal=refused)
        return refused


Pacer.LOOK_UP = Pacer(Paced(AuditAction.LOOKED_UP, LOOK_UPS, TooManyLooks.code), TooManyLooks)
Pacer.VIEW = Pacer(Paced(AuditAction.VIEWED_WORKER, VIEWS, TooManyViews.code), TooManyViews)
Pacer.TIMELINE = Pacer(Paced(AuditAction.VIEWED_TIMELINE, VIEWS, TooManyViews.code), TooManyViews)
Pacer.REVEAL = Pacer(Paced(AuditAction.REVEALED, REVEALS, TooManyReveals.code), TooManyReveals)
