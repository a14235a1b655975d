"""A bank asks what became of a payment (SNAP service 26)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select
from sqlalchemy.orm import Session

from models.bank_call import (
    BankCall,
    BankOutcome,
    BankService,
    select_decision,
    select_last_decision,
)
from services.bank.calls import Call, name_of, note_as, take_down
from services.keys import BankAccount
from services.ports import Ports


@dataclass(frozen=True, kw_only=True)
class StatusQuestion(Call):
    """:param payment_request_id: which payment; none: whichever was taken for the bill."""

    payment_request_id: str | None = None


@dataclass(frozen=True)
class Told:
    """What the bank is told.

    :param outcome: ``ACCEPTED`` if the payment is known, whatever became of it.
    :param decision: the call that decided it.
    :param name: the payer's, a worker's masked; only where the money was taken.
    """

    outcome: BankOutcome
    decision: BankCall | None = None
    name: str | None = None


def tell(ports: Ports, bank: BankAccount, call: StatusQuestion) -> Told:
    """What became of a payment, as it was answered then."""
    now = ports.clock.now()
    with ports.transactions.begin() as session:
        note, spender = take_down(session, bank, BankService.STATUS, call, now)
        note.payment_request_id = call.payment_request_id
        if spender is not None:
            told = Told(BankOutcome.EXTERNAL_ID_REUSED)
        else:
            told = _look_up(session, bank, call, note)
        note.outcome = told.outcome
        session.add(note)
    return told


def _look_up(session: Session, bank: BankAccount, call: StatusQuestion, note: BankCall) -> Told:
    decision = session.scalar(_select(bank, call))
    if decision is None or decision.virtual_account_no != call.virtual_account_no:
        return Told(BankOutcome.UNKNOWN_BILL)
    note_as(note, decision)
    taken = decision.outcome.money_is_ours
    name = name_of(session, decision) if taken else None
    return Told(BankOutcome.ACCEPTED, decision, name)


def _select(bank: BankAccount, call: StatusQuestion) -> Select[BankCall]:
    if call.payment_request_id is None:
        return select_last_decision(bank.client_key, call.virtual_account_no)
    return select_decision(bank.client_key, call.payment_request_id)
