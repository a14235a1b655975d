"""The lines of a collective invoice become months of cover: in the background, a few at a time.

Each part is a transaction of its own, which remembers how far it has come, so that whoever dies in the
middle is gone on for. However often it is done, a line is posted once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.contribution import Contribution, select_contributions_of
from models.enrolment import select_workers_of
from models.invoice import InvoiceStatus
from models.partner_event import PartnerEventName
from models.partner_invoice import PartnerInvoice, select_partner_invoice_to_post
from models.partner_invoice_line import (
    LineOf,
    LineStatus,
    PartnerInvoiceLine,
    close_lines,
    select_lines_to_post,
)
from models.partner_posting import PartnerPosting
from models.payable_driver import still_settles
from models.payment import select_credit, select_partner_payment
from models.settling import select_open_bills, select_workers_to_settle
from models.values.identity import IdentityStatus
from models.values.ids import new_id
from models.values.rupiah import Rupiah
from models.worker import Worker
from services import coverage_events, partner_events
from services.erasure_waiting import follow_cover_of
from services.ports import Ports
from services.settlement import issue_member_numbers, supersede_if_overtaken

# Lines in one transaction. While it runs, the own payment of one of their drivers waits.
BATCH = 500
_NOTHING = Rupiah(0)


@dataclass(frozen=True)
class _Part:
    """Some lines of one invoice, and all that is known of their workers, who are held.

    :param settled_at: the instant from which the months protect.
    :param paid: all that each worker ever paid, by their ids; what is settled here is added.
    """

    invoice: PartnerInvoice
    payment_id: UUID | None
    settled_at: datetime
    now: datetime
    workers: dict[UUID, Worker]
    paid: dict[UUID, list[Contribution]]


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
        lines = [LineOf(*row) for row in session.execute(page)]
        part = _hold(session, invoice, lines, ports.clock.now())
        if part is None:
            return True
        _post(session, part, lines)
        if lines:
            invoice.posted_through = lines[-1].line.enrolment_id
        if len(lines) < size:
            _finish(session, invoice, part)
        return len(lines) == size


def _hold(
    session: Session, invoice: PartnerInvoice, lines: Sequence[LineOf], now: datetime
) -> _Part | None:
    """Hold the workers, and read what they have paid. None where one's record has been taken over
    by the person meanwhile: then it is somebody else who must be held."""
    wanted = {each.line.enrolment_id: each.worker_id for each in lines}
    ids = sorted(set(wanted.values()))
    workers = {worker.id: worker for worker in session.scalars(select_workers_to_settle(ids))}
    whose = {row[0]: row[1] for row in session.execute(select_workers_of(list(wanted)))}
    if whose != wanted:
        return None
    paid: dict[UUID, list[Contribution]] = defaultdict(list)
    for each in session.scalars(select_contributions_of(ids)):
        paid[each.worker_id].append(each)
    payment_id = session.scalar(select_partner_payment(invoice.id))
    settled_at = invoice.closed_at or now
    return _Part(invoice, payment_id, settled_at, now, workers, paid)


def _post(session: Session, part: _Part, lines: Sequence[LineOf]) -> None:
    settled: list[LineOf] = []
    credited: list[LineOf] = []
    for each in lines:
        stands = _stands(part, part.workers[each.worker_id], each.line)
        (settled if stands else credited).append(each)
        if stands:
            _settle(session, part, each)
    session.add_all(_posting(part, each, settled=each.line.amount) for each in settled)
    session.add_all(_posting(part, each, credit=each.line.amount) for each in credited)
    for status, some in ((LineStatus.PAID, settled), (LineStatus.CREDITED, credited)):
        ids = [each.line.enrolment_id for each in some]
        session.execute(close_lines(part.invoice.id, ids, status))
    _follow(session, part, [each.worker_id for each in settled])


def _stands(part: _Part, worker: Worker, line: PartnerInvoiceLine) -> bool:
    if worker.erased_at is not None:
        return False
    refused = worker.identity_status is IdentityStatus.REFUSED
    refused_at = (worker.identity_checked_at or part.now) if refused else None
    paid = part.paid[worker.id]
    return still_settles(line.month, paid, worker.paid_through, part.settled_at, refused_at)


def _settle(session: Session, part: _Part, of: LineOf) -> None:
    month = Contribution.of_partner(of.line, of.worker_id, part.settled_at, part.payment_id)
    session.add(month)
    part.paid[of.worker_id].append(month)
    part.workers[of.worker_id].paid_through = of.line.month


def _follow(session: Session, part: _Part, settled: Iterable[UUID]) -> None:
    """What else changes for workers for whom a month was settled: as when they pay themselves."""
    workers = {worker_id: part.workers[worker_id] for worker_id in settled}
    if not workers:
        return
    issue_member_numbers(session, workers.values())
    paid = {worker_id: part.paid[worker_id] for worker_id in workers}
    coverage_events.record_all(session, paid, part.settled_at, part.now)
    follow_cover_of(session, workers)
    for bill in session.scalars(select_open_bills(list(workers))):
        credit = session.scalars(select_credit(bill.worker_id)).one()
        supersede_if_overtaken(bill, paid[bill.worker_id], credit, part.now)


def _posting(
    part: _Part, of: LineOf, *, settled: Rupiah = _NOTHING, credit: Rupiah = _NOTHING
) -> PartnerPosting:
    return PartnerPosting(
        id=new_id(),
        partner_id=part.invoice.partner_id,
        partner_invoice_id=part.invoice.id,
        enrolment_id=of.line.enrolment_id,
        worker_id=of.worker_id,
        month=of.line.month,
        posted_at=part.now,
        received=_NOTHING,
        settled=settled,
        credit=credit,
        held=-of.line.amount,
    )


def _finish(session: Session, invoice: PartnerInvoice, part: _Part) -> None:
    invoice.posted_at = part.now
    told = (PartnerEventName.INVOICE_PAID, invoice.id, part.settled_at, part.now)
    partner_events.record(session, invoice.partner_id, *told)
