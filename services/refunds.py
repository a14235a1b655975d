"""Months that were paid for and will not begin are taken back; their money is owed to whoever paid it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models.contribution import Contribution, select_contributions
from models.invoice import Invoice
from models.payment import LedgerPosting
from models.refund import RefundCase
from models.values.ids import new_id
from models.values.rupiah import Rupiah
from models.worker import Worker
from services.collective.returning import give_back
from services.erasure_waiting import follow_cover


def take_back_months(
    session: Session, worker: Worker, refused_at: datetime, now: datetime
) -> RefundCase | None:
    """Take back the months that had not begun when the worker was refused, and make a refund case
    of those that were paid with the worker's own money.

    Whole months at their whole price, however they were paid for: by a bank's money or by credit,
    it was the worker's. What was credit and is not used stays credit (overpaid contributions carry
    forward), and staff see both. What a partner paid is the partner's credit again.

    :param session: holds the worker.
    :returns: the case; none where every month had begun, or was paid by partners.
    """
    standing = [
        each for each in session.scalars(select_contributions(worker.id)) if not each.refunded_at
    ]
    begun = [each for each in standing if each.month.starts_at <= refused_at]
    to_come = standing[len(begun) :]
    if not to_come:
        return None
    own = [each for each in to_come if each.invoice_id is not None]
    case = _open_case(session, worker, own, refused_at, now) if own else None
    by_partners = [each for each in to_come if each.invoice_id is None]
    if by_partners:
        give_back(session, worker, by_partners, refused_at, now)
    worker.paid_through = begun[-1].month if begun else None
    follow_cover(session, worker)
    session.flush()
    return case


def _open_case(
    session: Session,
    worker: Worker,
    months: list[Contribution],
    refused_at: datetime,
    now: datetime,
) -> RefundCase:
    amount = Rupiah.sum(each.amount for each in months)
    case = RefundCase(id=new_id(), worker_id=worker.id, opened_at=now, amount=amount)
    session.add(case)
    session.flush()
    session.add(
        LedgerPosting(
            worker_id=worker.id,
            refund_case_id=case.id,
            posted_at=now,
            received=Rupiah(0),
            settled=-amount,
            credit=Rupiah(0),
            refund=amount,
        )
    )
    for paid in months:
        paid.refund_case_id, paid.refunded_at = case.id, refused_at
    _mark_invoices(session, months)
    return case


def _mark_invoices(session: Session, months: list[Contribution]) -> None:
    """So that a bill promises no protection by a month that was taken back."""
    # Backwards, so that the first of each invoice's months is what stays written.
    for paid in reversed(months):
        session.get_one(Invoice, paid.invoice_id).refunded_from = paid.month
