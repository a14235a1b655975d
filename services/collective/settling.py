"""The lines of a collective invoice become months of cover: in the background, a few at a time.

Each part is a transaction of its own, which remembers how far it has come, so that whoever dies in the
middle is gone on for. However often it is done, a line is posted once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.contribution import insert_paid_lines, select_paid_by
from models.enrolment import select_workers_of
from models.invoice import InvoiceStatus
from models.partner_event import PartnerEventName
from models.partner_invoice import PartnerInvoice, select_partner_invoice_to_post
from models.partner_invoice_line import Due, LineStatus, close_lines, select_lines_to_post
from models.partner_posting import insert_line_postings
from models.payable_driver import still_settles
from models.payment import select_credit, select_partner_payment
from models.settling import Held, select_open_bills, select_workers_to_settle
from models.spells import PaidMonth
from models.standing import PaidMonth as PaidNow
from models.values.identity import IdentityStatus
from models.values.month import Month
from services import coverage_events, partner_events
from services.erasure_waiting import follow_cover_of
from services.ports import Ports
from services.settlement import pay_through, supersede_if_overtaken

# Lines in one transaction. While it runs, the own payment of one of their drivers waits.
BATCH = 500


@dataclass(frozen=True)
class _Part:
    """Some lines of one invoice, and all that is known of their workers, who are held.

    :param settled_at: the instant from which the months protect.
    :param paid: all that each worker ever paid, by their ids; what is settled here is added.
    :param paid_through: the workers for whom something is settled here, and their last months now.
    """

    invoice: PartnerInvoice
    settled_at: datetime
    now: datetime
    workers: Mapping[UUID, Held]
    paid: Mapping[UUID, list[PaidMonth]]
    paid_through: dict[UUID, Month] = field(default_factory=dict)


def settle(ports: Ports, invoice_id: UUID, size: int = BATCH) -> None:
    """Post every line of an invoice whose money is here, and tell the partner when it is done.

    Months protect from the instant the bank names, whenever they are posted. A line whose month is
    no longer next in turn, because it was settled meanwhile or months were taken back, is not posted,
    and neither is that of somebody who was refused before it was paid, or has been erased: its price
    becomes the partner's credit.

    :param size: how many lines are posted in one transaction.
    """
    while _go_on(ports, invoice_id, size):
        continue


def _go_on(ports: Ports, invoice_id: UUID, size: int) -> bool:
    """Post the next lines: whether there may be more."""
    with ports.transactions.begin() as session:
        invoice = session.scalars(select_partner_invoice_to_post(invoice_id)).one()
        if invoice.status is not InvoiceStatus.PAID or invoice.posted_at is not None:
            return False
        page = select_lines_to_post(invoice.id, after=invoice.posted_through, limit=size)
        lines = [Due(*row) for row in session.execute(page)]
        part = _hold(session, invoice, lines, ports.clock.now())
        if part is None:
            return True
        if lines:
            _post(session, part, lines)
            invoice.posted_through = lines[-1].enrolment_id
        if len(lines) < size:
            _finish(session, part)
        return len(lines) == size


def _hold(
    session: Session, invoice: PartnerInvoice, lines: Sequence[Due], now: datetime
) -> _Part | None:
    """Hold the workers, and read what they have paid. None where one's record has been taken over
    by the person meanwhile: then it is somebody else who must be held."""
    wanted = {line.enrolment_id: line.worker_id for line in lines}
    ids = sorted(set(wanted.values()))
    workers = [Held(*row) for row in session.execute(select_workers_to_settle(ids))]
    whose = {row[0]: row[1] for row in session.execute(select_workers_of(list(wanted)))}
    if whose != wanted:
        return None
    paid: dict[UUID, list[PaidMonth]] = defaultdict(list)
    for row in session.execute(select_paid_by(ids)):
        paid[row.worker_id].append(row)
    by_id = {worker.worker_id: worker for worker in workers}
    return _Part(invoice, invoice.closed_at or now, now, by_id, paid)


def _post(session: Session, part: _Part, lines: Sequence[Due]) -> None:
    settled = [line.enrolment_id for line in lines if _settles(part, line)]
    known = set(settled)
    credited = [line.enrolment_id for line in lines if line.enrolment_id not in known]
    _write(session, part, settled, LineStatus.PAID)
    _write(session, part, credited, LineStatus.CREDITED)
    if settled:
        payment_id = session.scalar(select_partner_payment(part.invoice.id))
        months = insert_paid_lines(part.invoice.id, settled, part.settled_at, payment_id)
        session.execute(months)
        _follow(session, part)


def _settles(part: _Part, line: Due) -> bool:
    """Whether a line's month stands; if so, it is from now on among those that are paid."""
    worker, paid = part.workers[line.worker_id], part.paid[line.worker_id]
    refused = worker.identity_status is IdentityStatus.REFUSED
    refused_at = (worker.identity_checked_at or part.now) if refused else None
    last = part.paid_through.get(line.worker_id, worker.paid_through)
    if worker.erased_at is not None or not still_settles(
        line.month, paid, last, part.settled_at, refused_at
    ):
        return False
    paid.append(PaidNow(line.month, part.settled_at, None, line.plan, line.reference_income))
    part.paid_through[line.worker_id] = line.month
    return True


def _write(
    session: Session, part: _Part, enrolment_ids: Sequence[UUID], status: LineStatus
) -> None:
    if not enrolment_ids:
        return
    invoice, settled = part.invoice, status is LineStatus.PAID
    moved = (invoice.partner_id, invoice.id, enrolment_ids, part.now)
    session.execute(insert_line_postings(*moved, settled=settled))
    session.execute(close_lines(invoice.id, enrolment_ids, status))


def _follow(session: Session, part: _Part) -> None:
    """What else changes for workers for whom a month was settled: as when they pay themselves."""
    pay_through(session, part.paid_through)
    paid = {worker_id: part.paid[worker_id] for worker_id in part.paid_through}
    coverage_events.record_all(session, paid, part.settled_at, part.now)
    follow_cover_of(session, part.paid_through)
    for bill in session.scalars(select_open_bills(list(paid))):
        credit = session.scalars(select_credit(bill.worker_id)).one()
        supersede_if_overtaken(bill, paid[bill.worker_id], credit, part.now)


def _finish(session: Session, part: _Part) -> None:
    invoice = part.invoice
    invoice.posted_at = part.now
    told = (PartnerEventName.INVOICE_PAID, invoice.id, part.settled_at, part.now)
    partner_events.record(session, invoice.partner_id, *told)
