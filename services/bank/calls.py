"""What all calls about a bill have in common: the ids they carry, and that we write them down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models.bank_call import BankCall, BankService, Held, hold, select_spender
from models.partner_invoice import select_partner_name
from models.settling import select_payer_name
from models.values.jakarta import day_of
from models.values.masked_name import masked_name
from services.keys import BankAccount


@dataclass(frozen=True, kw_only=True)
class Call:
    """:param external_id: the bank's ``X-EXTERNAL-ID``: digits, one for each call of a Jakarta day.
    :param service_id: the bank's number for us (``partnerServiceId``), without padding.
    :param virtual_account_no: the whole number, without padding.
    :param request_id: ``inquiryRequestId``.
    """

    external_id: str
    service_id: str
    virtual_account_no: str
    request_id: str | None = None

    def is_for_us_at(self, bank: BankAccount) -> bool:
        return self.service_id == bank.partner_service_id.strip()


def take_down(
    session: Session, bank: BankAccount, service: BankService, call: Call, now: datetime
) -> tuple[BankCall, BankCall | None]:
    """The row that will remember this call, without its outcome yet; and the call that spent the
    same external id today, if one did. Nobody else can spend it until we are done.
    """
    session.execute(hold(Held.EXTERNAL_ID, bank.client_key, call.external_id))
    spender = session.scalar(select_spender(bank.client_key, call.external_id, day_of(now)))
    note = BankCall(
        bank=bank.client_key,
        service=service,
        external_id=call.external_id,
        called_at=now,
        called_on=day_of(now),
        spends_external_id=spender is None,
        decides=False,
        virtual_account_no=call.virtual_account_no,
        request_id=call.request_id,
    )
    return note, spender


def name_of(session: Session, about: BankCall) -> str | None:
    """Whose bill a call was about. A worker's name is masked: anybody at a cash machine can ask.
    A partner's is not: it is nobody's own, and who pays so much wants to see whom for."""
    if about.partner_invoice_id is not None:
        return session.scalar(select_partner_name(about.partner_invoice_id))
    worker_id = about.worker_id
    name = session.scalar(select_payer_name(worker_id)) if worker_id else None
    return masked_name(name) if name is not None else None


def note_as(note: BankCall, other: BankCall) -> None:
    """The call is about the same bill as an earlier one."""
    note.worker_id, note.invoice_id = other.worker_id, other.invoice_id
    note.partner_invoice_id = other.partner_invoice_id
