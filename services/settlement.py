"""Money settles months: all of it in one transaction, in which the worker is held.

Cover, credit and ``paid_through`` only ever change here, and in ``services.refunds``. A bill is
settled whole or not at all. What that does to the cover is told in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.bill import settled_instant
from models.contribution import Contribution, select_contributions
from models.invoice import Invoice, InvoiceStatus
from models.payment import LedgerPosting, Payment, select_credit
from models.settling import move_paid_through, select_other_open_bill
from models.spells import PaidMonth, first_unpaid, is_in_turn
from models.values.identity import IdentityStatus
from models.values.member_number import MemberNumber
from models.values.month import Month
from models.values.rupiah import Rupiah
from models.worker import Worker
from services import coverage_events
from services.constraints import broken_constraint
from services.erasure_waiting import follow_cover
from services.ports import Ports
from services.refunds import take_back_months

_MOST_DRAWS = 20


class CannotSettle(Exception):
    """Its months are no longer next in turn, or its credit was used: the bill no longer stands."""


@dataclass(frozen=True)
class _Settling:
    """:param settled_at: the instant from which the months protect."""

    session: Session
    worker: Worker
    invoice: Invoice
    payment: Payment | None
    settled_at: datetime
    now: datetime

    @property
    def received(self) -> Rupiah:
        return self.payment.amount if self.payment else Rupiah(0)


def settle(
    ports: Ports, session: Session, worker: Worker, invoice: Invoice, payment: Payment
) -> None:
    """Post money that a bank took for a bill that could be paid when it was paid.

    Its months become contributions, protected from the instant the bank names, clamped to
    [invoice made, now]; the member number is issued with the first; another open bill that does
    not begin with what is now the oldest unpaid month, or counts on credit that is now used, is
    superseded.

    If the bill no longer stands, because other money has settled months meanwhile or months were
    taken back so that its own are no longer next in turn, or the credit was used, the invoice is
    superseded and all the money becomes the worker's credit: the bank has taken it already, so it
    must not be lost, no month may be paid twice, and none left out before one that is paid. Whether
    this has happened is for ``invoice.status`` to tell.

    If the worker's identity was refused since, months that had begun by then are covered as if the
    bank had told us at once, and the others are taken back as they would have been.

    :param session: holds the worker (``select_worker_to_settle``), then the invoice with months.
    :param payment: of exactly the invoice's amount; written here.
    """
    now = ports.clock.now()
    session.add(payment)
    session.flush()
    settled_at = settled_instant(invoice.created_at, payment.transacted_at, now)
    settling = _Settling(session, worker, invoice, payment, settled_at, now)
    if _stands(settling):
        _settle_months(settling)
        _take_back_if_refused(settling)
    else:
        if invoice.status is not InvoiceStatus.SUPERSEDED:
            _close(invoice, InvoiceStatus.SUPERSEDED, now)
        _post(settling, settled=Rupiah(0))


def settle_by_credit(ports: Ports, session: Session, worker: Worker, invoice: Invoice) -> None:
    """Settle a bill of nothing: the worker's credit pays for all its months, from now on.

    :param session: holds the worker; the invoice and its months have been flushed.
    :raises CannotSettle: its months are not next in turn, or the credit does not suffice.
    """
    if invoice.amount:
        raise ValueError("there is something left to pay")
    now = ports.clock.now()
    settling = _Settling(session, worker, invoice, None, now, now)
    if not _stands(settling):
        raise CannotSettle
    _settle_months(settling)


def issue_member_number(
    session: Session, worker: Worker, draw: Callable[[], MemberNumber] = MemberNumber.draw
) -> None:
    """Give the worker a member number for life, unless they have one. Drawn again if taken."""
    for _ in range(_MOST_DRAWS):
        if worker.member_number is not None:
            return
        try:
            with session.begin_nested():
                worker.member_number = str(draw())
                session.flush()
        except IntegrityError as broken:
            if broken_constraint(broken) != "uq_worker_member_number":
                raise
    if worker.member_number is None:
        raise RuntimeError(f"{_MOST_DRAWS} member numbers in a row are taken")


def pay_through(session: Session, paid_through: Mapping[UUID, Month]) -> None:
    """Move the last paid month of many workers, by their ids, and give each a member number for life
    who has none. All are drawn again if one is taken.

    :param session: holds the workers.
    """
    for _ in range(_MOST_DRAWS):
        numbers = [str(MemberNumber.draw()) for _ in paid_through]
        try:
            with session.begin_nested():
                session.execute(move_paid_through(paid_through, numbers))
                return
        except IntegrityError as broken:
            if broken_constraint(broken) != "uq_worker_member_number":
                raise
    raise RuntimeError(f"{_MOST_DRAWS} times in a row a member number was taken")


def supersede_if_overtaken(
    bill: Invoice, paid: Sequence[PaidMonth], credit: Rupiah, now: datetime
) -> None:
    """Close an open bill that does not begin with what is now the oldest unpaid month, or that
    counts on more credit than there is now."""
    if first_unpaid(paid, now) != bill.first_month or bill.credit_used > credit:
        _close(bill, InvoiceStatus.SUPERSEDED, now)


def _stands(settling: _Settling) -> bool:
    """Whether its months are next in turn, and its credit is there."""
    invoice, paid_through = settling.invoice, settling.worker.paid_through
    if invoice.status is InvoiceStatus.SUPERSEDED:
        return False
    paid, paid_at = _paid(settling), settling.settled_at
    in_turn = is_in_turn(invoice.first_month, paid, paid_through, paid_at)
    return in_turn and invoice.credit_used <= _credit(settling)


def _paid(settling: _Settling) -> Sequence[Contribution]:
    return settling.session.scalars(select_contributions(settling.worker.id)).all()


def _credit(settling: _Settling) -> Rupiah:
    return settling.session.scalars(select_credit(settling.worker.id)).one()


def _settle_months(settling: _Settling) -> None:
    session, worker, invoice = settling.session, settling.worker, settling.invoice
    paid_by = settling.payment.id if settling.payment else None
    session.add_all(
        Contribution.of(line, worker.id, settling.settled_at, paid_by) for line in invoice.months
    )
    worker.paid_through = invoice.last_month
    if invoice.status is InvoiceStatus.EXPIRED:
        # Whoever asks to be erased has no open bill any more, and may have paid this one before.
        follow_cover(session, worker)
    _close(invoice, InvoiceStatus.PAID, settling.settled_at)
    _post(settling, settled=Rupiah.sum(line.amount for line in invoice.months))
    issue_member_number(session, worker)
    coverage_events.record(session, worker.id, settling.settled_at, settling.now)
    _supersede_other(settling)


def _supersede_other(settling: _Settling) -> None:
    """The worker may have asked for another bill before we heard that this one was paid."""
    other = settling.session.scalar(select_other_open_bill(settling.invoice))
    if other is not None:
        supersede_if_overtaken(other, _paid(settling), _credit(settling), settling.now)


def _take_back_if_refused(settling: _Settling) -> None:
    worker = settling.worker
    if worker.identity_status is IdentityStatus.REFUSED:
        refused_at = worker.identity_checked_at or settling.now
        take_back_months(settling.session, worker, refused_at, settling.now)


def _post(settling: _Settling, *, settled: Rupiah) -> None:
    settling.session.add(
        LedgerPosting(
            worker_id=settling.worker.id,
            invoice_id=settling.invoice.id,
            payment_id=settling.payment.id if settling.payment else None,
            posted_at=settling.now,
            received=settling.received,
            settled=settled,
            credit=settling.received - settled,
        )
    )
    settling.session.flush()


def _close(invoice: Invoice, status: InvoiceStatus, at: datetime) -> None:
    invoice.status = status
    invoice.closed_at = at
