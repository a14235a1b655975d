"""What we know of the payments on a bank's statement: plain columns, because it may list half a million."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, Text, any_, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from models.bank_call import BankCall, BankOutcome, BankService
from models.invoice import Invoice
from models.partner_invoice import PartnerInvoice
from models.payment import Payment
from models.values.jakarta import day_of, end_of_day, start_of_day
from models.values.rupiah import Rupiah


class Told(NamedTuple):
    """What a bank told us of a payment, and what came of it."""

    payment_request_id: str | None
    outcome: BankOutcome
    amount: Decimal | None
    transacted_at: datetime | None
    virtual_account_no: str

    @property
    def is_ours(self) -> bool:
        return self.outcome.money_is_ours

    @property
    def paid_on(self) -> date | None:
        """The Jakarta day, by the bank's own clock."""
        return None if self.transacted_at is None else day_of(self.transacted_at)


class Taken(NamedTuple):
    """Money that we hold as received."""

    payment_request_id: str
    reference_no: str | None
    virtual_account_no: str
    amount: Rupiah


def select_decided(
    bank: str, payment_request_ids: Sequence[str]
) -> Select[str | None, BankOutcome, Decimal | None, datetime | None, str]:
    """A ``Told`` for each of these payments that we decided on."""
    return _select_told(bank, payment_request_ids).where(BankCall.decides)


def select_undecided(
    bank: str, payment_request_ids: Sequence[str], virtual_account_nos: Sequence[str]
) -> Select[str | None, BankOutcome, Decimal | None, datetime | None, str]:
    """A ``Told`` for each call about these payments that decided nothing.

    :param virtual_account_nos: the bills they were for: calls are found by those.
    """
    return _select_told(bank, payment_request_ids).where(
        BankCall.virtual_account_no == _any_of(virtual_account_nos),
        BankCall.service == BankService.PAYMENT,
        BankCall.decides.is_(False),
    )


def select_taken(bank: str, day: date) -> Select[str, str | None, str, Rupiah]:
    """A ``Taken`` for each payment that was made on a Jakarta day, by the bank's own clock."""
    return (
        select(
            Payment.payment_request_id,
            Payment.reference_no,
            func.coalesce(Invoice.virtual_account_no, PartnerInvoice.virtual_account_no),
            Payment.amount,
        )
        .outerjoin(Invoice, Invoice.id == Payment.invoice_id)
        .outerjoin(PartnerInvoice, PartnerInvoice.id == Payment.partner_invoice_id)
        .where(
            Payment.bank == bank,
            Payment.transacted_at >= start_of_day(day),
            Payment.transacted_at < end_of_day(day),
        )
        .order_by(Payment.transacted_at, Payment.id)
    )


def _select_told(
    bank: str, payment_request_ids: Sequence[str]
) -> Select[str | None, BankOutcome, Decimal | None, datetime | None, str]:
    return select(
        BankCall.payment_request_id,
        BankCall.outcome,
        BankCall.amount,
        BankCall.transacted_at,
        BankCall.virtual_account_no,
    ).where(BankCall.bank == bank, BankCall.payment_request_id == _any_of(payment_request_ids))


def _any_of(values: Sequence[str]) -> ColumnElement[bool]:
    """One parameter, however many there are."""
    return any_(literal(list(values), ARRAY(Text)))
