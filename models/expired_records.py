"""Records that a partner made and nobody ever signed in to or paid for: they go after their time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from models.enrolment import Enrolment
from models.invoice import InvoiceStatus
from models.partner_invoice import PartnerInvoice
from models.partner_invoice_line import PartnerInvoiceLine
from models.policy import Policy
from models.worker import Worker

KEPT_UNCLAIMED = Policy(
    timedelta(days=90),
    since=date(2026, 11, 25),
    basis="The contract with partners: unclaimed and unpaid for 90 days, erased. A consent that was "
    "given to somebody else, and that nobody has acted on for a quarter, carries no register "
    "(UU 27/2022, article 16 (2): no longer than the purpose needs).",
)

# As the index has it.
_UNCLAIMED = and_(
    Worker.claimed_at.is_(None), Worker.erased_at.is_(None), Worker.paid_through.is_(None)
)


def select_expired(now: datetime, *, size: int) -> Select[UUID]:
    """Those longest on the register first."""
    return select(Worker.id).where(_is_expired(now)).order_by(Worker.registered_at).limit(size)


def select_worker_to_expire(worker_id: UUID) -> Select[Worker]:
    """Held, unless somebody else holds it: who is signing in, being enrolled or paid for just now is
    not waited for."""
    return (
        select(Worker).where(Worker.id == worker_id, _UNCLAIMED).with_for_update(skip_locked=True)
    )


def select_still_expired(worker_id: UUID, now: datetime) -> Select[UUID]:
    """The same worker, judged when it is held: by a statement that sees what was committed before."""
    return select(Worker.id).where(Worker.id == worker_id, _is_expired(now))


def _is_expired(now: datetime) -> ColumnElement[bool]:
    before = now - KEPT_UNCLAIMED.value
    return and_(
        _UNCLAIMED,
        Worker.registered_at <= before,
        # By whichever partner.
        ~exists().where(Enrolment.worker_id == Worker.id, Enrolment.enrolled_at > before),
        ~_is_being_paid_for(now),
    )


def _is_being_paid_for(now: datetime) -> ColumnElement[bool]:
    """Whether a month of the worker's stands on a bill of a partner that can be paid, or that is paid
    and not posted yet."""
    bill = PartnerInvoice
    payable = and_(bill.status == InvoiceStatus.OPEN, bill.expires_at >= now)
    unposted = and_(bill.status == InvoiceStatus.PAID, bill.posted_at.is_(None))
    return exists().where(
        Enrolment.worker_id == Worker.id,
        PartnerInvoiceLine.enrolment_id == Enrolment.id,
        bill.id == PartnerInvoiceLine.partner_invoice_id,
        or_(payable, unposted),
    )
