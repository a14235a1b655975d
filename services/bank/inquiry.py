"""A bank asks what is to be paid under a virtual account number (SNAP service 24)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.bank_call import BankCall, BankOutcome, BankService
from models.bill import shown_at
from models.invoice import Invoice, select_billed
from models.partner_invoice import PartnerInvoice, select_billed_partner_invoice
from services.bank.calls import Call, name_of, take_down
from services.keys import BankAccount
from services.ports import Ports


@dataclass(frozen=True)
class Inquired:
    """What the bank is told.

    :param invoice: a worker's, with its months; only where it can be paid.
    :param collective: a partner's; likewise.
    :param name: the payer's; a worker's is masked.
    """

    outcome: BankOutcome
    invoice: Invoice | None = None
    collective: PartnerInvoice | None = None
    name: str | None = None


def inquire(ports: Ports, bank: BankAccount, call: Call) -> Inquired:
    """What is to be paid, if it can be paid now. Nothing but the call itself is written."""
    now = ports.clock.now()
    with ports.transactions.begin() as session:
        note, spender = take_down(session, bank, BankService.INQUIRY, call, now)
        if spender is not None:
            inquired = Inquired(BankOutcome.EXTERNAL_ID_REUSED)
        else:
            inquired = _look_up(session, bank, call, note)
        note.outcome = inquired.outcome
        session.add(note)
    return inquired


def _look_up(session: Session, bank: BankAccount, call: Call, note: BankCall) -> Inquired:
    if not call.is_for_us_at(bank):
        return Inquired(BankOutcome.UNKNOWN_BILL)
    invoice = session.scalar(select_billed(call.virtual_account_no))
    if invoice is None:
        return _look_up_collective(session, call, note)
    note.worker_id, note.invoice_id = invoice.worker_id, invoice.id
    outcome = shown_at(invoice, note.called_at)
    if outcome is not BankOutcome.ACCEPTED:
        return Inquired(outcome)
    return Inquired(outcome, invoice=invoice, name=name_of(session, note))


def _look_up_collective(session: Session, call: Call, note: BankCall) -> Inquired:
    invoice = session.scalar(select_billed_partner_invoice(call.virtual_account_no))
    if invoice is None:
        return Inquired(BankOutcome.UNKNOWN_BILL)
    note.partner_invoice_id = invoice.id
    outcome = shown_at(invoice, note.called_at)
    if outcome is not BankOutcome.ACCEPTED:
        return Inquired(outcome)
    return Inquired(outcome, collective=invoice, name=name_of(session, note))
