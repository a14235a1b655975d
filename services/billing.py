"""A worker asks for a bill."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from models.choices import NoPlanChosen, terms_for
from models.consent import select_given
from models.contribution import select_contributions
from models.given_numbers import select_number_taken
from models.invoice import Invoice, InvoiceMonth, InvoiceStatus, expiry_of
from models.payment import select_credit
from models.policy import MONTHS_AHEAD
from models.pricing import PricedMonth, price
from models.spells import TooFarAhead as BeyondLimit
from models.spells import months_to_settle
from models.terms import select_terms
from models.values.identity import IdentityStatus
from models.values.ids import new_id
from models.values.month import Month
from models.values.payer import PayerKind
from models.values.rupiah import Rupiah
from models.values.spoken import spoken_month
from models.values.virtual_account import VirtualAccountNumber
from models.worker import Worker
from services import erasure
from services.callers import SignedIn
from services.errors import (
    ConsentMissing,
    DomainError,
    IdentityInReview,
    IdentityNeedsCorrection,
    IdentityPending,
    IdentityRefused,
    PlanMissing,
    TooFarAhead,
)
from services.held import held
from services.invoices import Bill, bill
from services.once import Once
from services.open_invoices import leave_none_open
from services.ports import Ports
from services.settlement import settle_by_credit

NOT_YET: dict[IdentityStatus, type[DomainError]] = {
    IdentityStatus.PENDING: IdentityPending,
    IdentityStatus.NEEDS_CORRECTION: IdentityNeedsCorrection,
    IdentityStatus.IN_REVIEW: IdentityInReview,
    IdentityStatus.REFUSED: IdentityRefused,
}


def issue(ports: Ports, caller: SignedIn, count: int, once: Once[Bill]) -> Bill:
    """Bill a worker for the next ``count`` months, arrears first, each at its own price.

    Credit is used first; where it pays for everything, the months are settled at once.

    :raises ErasureWaiting: the worker has asked to be erased.
    :raises IdentityPending, IdentityNeedsCorrection, IdentityInReview, IdentityRefused: no
        money is taken from somebody whose identity is not verified.
    :raises ConsentMissing: a required document is not accepted in its current version.
    :raises PlanMissing: no plan was chosen.
    :raises TooFarAhead: the last month would be more than 12 months ahead.
    :raises InvoiceOpen: one can still be paid.
    """
    with ports.transactions.begin() as session:
        once.claim(ports, session)
        worker = held(session, caller)
        now = ports.clock.now()
        invoice = draw_up(ports, session, worker, count, now)
        return once.remember(ports, session, bill(ports.books, invoice, now))


def draw_up(ports: Ports, session: Session, worker: Worker, count: int, now: datetime) -> Invoice:
    """``issue`` in the transaction of another use case, which holds the worker."""
    _refuse_unready(ports, session, worker)
    leave_none_open(session, worker.id, now)
    invoice = _invoice(ports, session, worker, count, now)
    session.add(invoice)
    if not invoice.amount:
        session.flush()
        settle_by_credit(ports, session, worker, invoice)
    return invoice


def _refuse_unready(ports: Ports, session: Session, worker: Worker) -> None:
    erasure.refuse_while_waiting(session, worker.id)
    if worker.identity_status in NOT_YET:
        raise NOT_YET[worker.identity_status]
    given = {(each.document, each.version) for each in session.scalars(select_given(worker.id))}
    if any((each.document, each.version) not in given for each in ports.consents.required()):
        raise ConsentMissing


def _priced_months(
    ports: Ports, session: Session, worker: Worker, count: int, now: datetime
) -> tuple[PricedMonth, ...]:
    book = ports.books.current
    paid = session.scalars(select_contributions(worker.id)).all()
    choices = session.scalars(select_terms(worker.id)).all()
    try:
        return tuple(
            price(book, terms_for(month, choices), month, PayerKind.SELF)
            for month in months_to_settle(paid, now, count)
        )
    except NoPlanChosen:
        raise PlanMissing from None
    except BeyondLimit:
        last = Month.at(now) + MONTHS_AHEAD.value
        raise TooFarAhead(last_month=spoken_month(last)) from None


def _invoice(ports: Ports, session: Session, worker: Worker, count: int, now: datetime) -> Invoice:
    months = _priced_months(ports, session, worker, count, now)
    total = Rupiah.sum(month.amount for month in months)
    credit_used = min(total, session.scalars(select_credit(worker.id)).one())
    return Invoice(
        id=new_id(),
        worker_id=worker.id,
        virtual_account_no=unused_number(session, ports.virtual_account_prefix),
        status=InvoiceStatus.OPEN,
        rates_version=ports.books.current.version,
        amount=total - credit_used,
        credit_used=credit_used,
        created_at=now,
        expires_at=expiry_of(now),
        months=[InvoiceMonth.of(month) for month in months],
    )


def unused_number(
    session: Session,
    service_id: str,
    draw: Callable[[str], VirtualAccountNumber] = VirtualAccountNumber.draw,
) -> str:
    """A virtual account number that was never given out.

    Two requests that draw the same unused number at once are stopped by the table; among so many
    digits that does not happen in the life of a bank.
    """
    while True:
        number = str(draw(service_id))
        if session.scalar(select_number_taken(number)) is None:
            return number
