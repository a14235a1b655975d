"""It is decided that a worker is not who they say: for good, unless staff decide otherwise later.

No money is taken from now on. Months that have begun stand, as does what was answered about them;
months that have not are to be paid back.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.identity_check import supersede_checks
from models.identity_verdict import IdentityReason
from models.refund import RefundCase
from models.values.identity import IdentityStatus
from models.worker import Worker, select_worker_to_change
from services.open_invoices import call_off
from services.ports import Ports
from services.refunds import take_back_months


def refuse(ports: Ports, worker_id: UUID, reason: IdentityReason) -> RefundCase | None:
    """Refuse a worker's identity, whatever it was before. Doing it again changes nothing.

    :returns: what is to be paid back, if anything is.
    """
    with ports.transactions.begin() as session:
        worker = session.scalar(select_worker_to_change(worker_id))
        if worker is None:  # erased: there is nobody left to refuse
            return None
        return refuse_worker(session, worker, reason, ports.clock.now())


def refuse_worker(
    session: Session, worker: Worker, reason: IdentityReason | None, now: datetime
) -> RefundCase | None:
    """The same in the transaction of whoever decided it, which holds the worker.

    An answer that the registry still owes us changes nothing any more, and an open invoice is
    cancelled: a bank that has taken money for it and not told us yet is refused, and gives it back.
    """
    if worker.identity_status is IdentityStatus.REFUSED:
        return None
    worker.identity_status = IdentityStatus.REFUSED
    worker.identity_reason = reason
    worker.identity_checked_at = now
    session.execute(supersede_checks(worker.id, now))
    call_off(session, worker.id, now)
    return take_back_months(session, worker, now, now)
