"""What a partner sent and nothing came of: records that nobody ever signed in to or paid for, and data
that nobody asks the registry about. They go after their time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Update, and_, exists, or_, select, update

from models.enrolment import EndedBy, Enrolment
from models.enrolment_batch import EnrolmentBatch
from models.invoice import InvoiceStatus
from models.partner import Partner
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


def end_ties_left_uncompared(now: datetime, *, size: int) -> Update:
    """End ties beside a record that somebody else made, for which nobody has asked the registry, and
    nobody will: their file has been paused for as long as a record is kept that nobody claims, or
    the partner's account has been closed for so long. What was sent of somebody goes with them.

    A file may be let go on, so who agreed to a tie keeps it, and is the one to end it. Of one that is
    held by somebody else just now the next round is time enough.
    """
    before = now - KEPT_UNCLAIMED.value
    given_up = or_(
        and_(EnrolmentBatch.checks_paused_at <= before, Enrolment.confirmed_at.is_(None)),
        Partner.disabled_at <= before,
    )
    left = (
        select(Enrolment.id)
        .join(Partner, Partner.id == Enrolment.partner_id)
        .outerjoin(EnrolmentBatch, EnrolmentBatch.id == Enrolment.batch_id)
        .where(
            # As the index of those who wait has it.
            Enrolment.identity_asked_at.is_(None),
            Enrolment.ended_at.is_(None),
            Enrolment.sent_sealed.is_not(None),
            given_up,
        )
        .limit(size)
        .with_for_update(of=Enrolment, skip_locked=True)
        .cte("left_uncompared")
    )
    return (
        update(Enrolment)
        .where(Enrolment.id == left.c.id)
        .values(ended_at=now, ended_by=EndedBy.TIME, sent_sealed=None)
        .execution_options(synchronize_session=False)
    )


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
