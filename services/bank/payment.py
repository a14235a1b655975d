"""A bank flags a payment: it has taken money for a bill, and asks whether we take it (SNAP 25).

The bank may tell us many times, at once, late, under another external id or on another day. What
became of a payment is decided once, by the first call that could be judged under its
``paymentRequestId``; every other call is told that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.orm import Session

from models.bank_call import (
    BankCall,
    BankOutcome,
    BankService,
    Held,
    hold,
    select_decision,
)
from models.bill import Payable, taken_from
from models.invoice import Invoice, InvoiceStatus
from models.partner_invoice import (
    PartnerInvoice,
    select_partner_invoice_to_pay,
    select_partner_to_pay,
    select_paying_partner,
)
from models.payment import Payment, select_partner_payment, select_posting_of
from models.settling import (
    select_bill_to_settle,
    select_payer_of,
    select_worker_to_settle,
)
from models.values.rupiah import Rupiah
from services.bank.calls import Call, name_of, note_as, take_down
from services.collective.receiving import receive
from services.keys import BankAccount
from services.ports import Ports
from services.settlement import settle


@dataclass(frozen=True, kw_only=True)
class PaymentFlag(Call):
    """:param amount: Rupiah and sen, as the bank says.
    :param total: the whole bill as the bank says, if it says it.
    :param transacted_at: when the worker paid.
    """

    payment_request_id: str
    amount: Decimal
    total: Decimal | None = None
    transacted_at: datetime
    reference_no: str


@dataclass(frozen=True)
class Flagged:
    """What the bank is told.

    :param outcome: of this call.
    :param decision: the call that decided what became of the payment, this or an earlier one;
        none where the external id was another call's, or the payment is another bill's.
    :param name: the payer's, a worker's masked; only where the money was taken.
    """

    outcome: BankOutcome
    decision: BankCall | None = None
    name: str | None = None


def flag(ports: Ports, bank: BankAccount, call: PaymentFlag) -> Flagged:
    """Take the money and settle the bill, or say why not; or tell again what was decided.

    The lines of a partner's bill are posted afterwards, in the background.
    """
    now = ports.clock.now()
    with ports.transactions.begin() as session:
        session.execute(hold(Held.PAYMENT, bank.client_key, call.payment_request_id))
        note, spender = take_down(session, bank, BankService.PAYMENT, call, now)
        _fill_in(note, call)
        decision = session.scalar(select_decision(bank.client_key, call.payment_request_id))
        if decision is not None and decision.virtual_account_no != call.virtual_account_no:
            # Nothing is told of the other bill, least of all that this one is paid.
            decision, note.outcome = None, BankOutcome.INCONSISTENT
        elif decision is not None:
            _repeat(note, call, decision, spender)
        elif spender is not None:
            note.outcome = BankOutcome.EXTERNAL_ID_REUSED
        else:
            decision = _decide(ports, session, bank, call, note)
        session.add(note)
        return Flagged(note.outcome, decision, _name(session, decision))


def _fill_in(note: BankCall, call: PaymentFlag) -> None:
    note.payment_request_id = call.payment_request_id
    note.reference_no = call.reference_no
    note.amount = call.amount
    note.transacted_at = call.transacted_at


def _repeat(
    note: BankCall, call: PaymentFlag, decision: BankCall, spender: BankCall | None
) -> None:
    """The same result as before: never a conflict, which would have the bank book a payment that
    we have taken as failed. A repeat under the same external id has a code of its own."""
    note_as(note, decision)
    resent = spender is not None and spender.payment_request_id == call.payment_request_id
    same = call.amount == decision.amount
    note.outcome = BankOutcome.INCONSISTENT if resent or not same else decision.outcome


def _decide(
    ports: Ports, session: Session, bank: BankAccount, call: PaymentFlag, note: BankCall
) -> BankCall:
    note.decides = True
    note.outcome = BankOutcome.UNKNOWN_BILL
    if not call.is_for_us_at(bank):
        return note
    worker_id = session.scalar(select_payer_of(call.virtual_account_no))
    if worker_id is not None:
        _pay_own(ports, session, worker_id, call, note)
        return note
    partner_id = session.scalar(select_paying_partner(call.virtual_account_no))
    if partner_id is not None:
        _pay_collective(ports, session, partner_id, call, note)
    return note


def _pay_own(
    ports: Ports, session: Session, worker_id: UUID, call: PaymentFlag, note: BankCall
) -> None:
    worker = session.scalars(select_worker_to_settle(worker_id)).one()
    invoice = session.scalars(select_bill_to_settle(call.virtual_account_no)).one()
    note.worker_id, note.invoice_id = worker.id, invoice.id
    is_posted = select_posting_of(invoice.id)
    note.outcome = _judge(session, invoice, is_posted, call, note.called_at)
    if note.outcome.money_is_ours:
        payment = _payment(call, note, invoice.amount)
        settle(ports, session, worker, invoice, payment)
        _tell_of_credit(note, invoice)


def _pay_collective(
    ports: Ports, session: Session, partner_id: UUID, call: PaymentFlag, note: BankCall
) -> None:
    session.execute(select_partner_to_pay(partner_id))
    invoice = session.scalars(select_partner_invoice_to_pay(call.virtual_account_no)).one()
    note.partner_invoice_id = invoice.id
    is_posted = select_partner_payment(invoice.id)
    note.outcome = _judge(session, invoice, is_posted, call, note.called_at)
    if note.outcome.money_is_ours:
        receive(ports, session, invoice, _payment(call, note, invoice.amount))
        _tell_of_credit(note, invoice)


def _judge(
    session: Session,
    invoice: Invoice | PartnerInvoice,
    is_posted: Select[UUID],
    call: PaymentFlag,
    now: datetime,
) -> BankOutcome:
    """A clock ahead of ours does not make a payment late.

    :param is_posted: finds something where money has been taken for it already.
    """
    outcome = taken_from(invoice, min(call.transacted_at, now))
    if not outcome.money_is_ours:
        return outcome
    if session.scalar(is_posted) is not None:
        return BankOutcome.ALREADY_PAID
    total = call.amount if call.total is None else call.total
    if {call.amount, total} != {Decimal(invoice.amount.amount)}:
        return BankOutcome.WRONG_AMOUNT
    return outcome


def _payment(call: PaymentFlag, note: BankCall, amount: Rupiah) -> Payment:
    return Payment(
        bank=note.bank,
        payment_request_id=call.payment_request_id,
        reference_no=call.reference_no,
        worker_id=note.worker_id,
        invoice_id=note.invoice_id,
        partner_invoice_id=note.partner_invoice_id,
        amount=amount,
        transacted_at=call.transacted_at,
        received_at=note.called_at,
    )


def _tell_of_credit(note: BankCall, invoice: Payable) -> None:
    """Whether the bill still stood turns out when its money is posted."""
    if invoice.status is not InvoiceStatus.PAID:
        note.outcome = BankOutcome.CREDITED


def _name(session: Session, decision: BankCall | None) -> str | None:
    if decision is None or not decision.outcome.money_is_ours:
        return None
    return name_of(session, decision)
