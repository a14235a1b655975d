"""Months that partners paid for and that will not begin: their price is the partners' credit again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from models.contribution import Contribution
from models.partner_invoice_line import LineStatus, close_lines
from models.partner_posting import PartnerPosting, select_settled_for
from models.values.ids import new_id
from models.values.rupiah import Rupiah
from models.worker import Worker


def give_back(
    session: Session,
    worker: Worker,
    months: Iterable[Contribution],
    refused_at: datetime,
    now: datetime,
) -> None:
    """Take months back whose price is not the worker's: it goes to whoever paid it.

    :param session: holds the worker.
    :param months: paid by partners; they had not begun when the worker was refused.
    """
    settled = session.scalars(select_settled_for(worker.id)).all()
    by_month = {(each.partner_invoice_id, each.month): each for each in settled}
    for paid in months:
        paid.refunded_at = refused_at
        posting = by_month[paid.partner_invoice_id, paid.month]  # type: ignore[index]
        session.add(_back(posting, paid.amount, now))
        line = (posting.partner_invoice_id, [posting.enrolment_id])
        session.execute(close_lines(*line, LineStatus.RETURNED))  # type: ignore[arg-type]


def _back(settled: PartnerPosting, amount: Rupiah, now: datetime) -> PartnerPosting:
    return PartnerPosting(
        id=new_id(),
        partner_id=settled.partner_id,
        partner_invoice_id=settled.partner_invoice_id,
        enrolment_id=settled.enrolment_id,
        worker_id=settled.worker_id,
        month=settled.month,
        posted_at=now,
        received=Rupiah(0),
        settled=-amount,
        credit=amount,
        held=Rupiah(0),
    )
