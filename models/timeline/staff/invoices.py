"""A worker's invoices, each with its number and what banks have asked and told under it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    SQLColumnExpression,
    Text,
    and_,
    case,
    cast,
    func,
    literal_column,
    select,
    type_coerce,
)

from models.bank_call import BankCall, BankService
from models.columns import word_of
from models.invoice import Invoice, InvoiceStatus
from models.merged_list import NOW
from models.payment import LedgerPosting
from models.terms import ContributionTerms
from models.timeline import joining, money
from models.timeline.happening import Happening
from models.timeline.money import of_invoice


def _calls(service: BankService) -> ColumnElement[int]:
    """How often banks called about the number, whatever they were answered."""
    return (
        select(func.count())
        .where(
            BankCall.virtual_account_no == Invoice.virtual_account_no, BankCall.service == service
        )
        .scalar_subquery()
    )


_EXPIRED = and_(Invoice.status == InvoiceStatus.OPEN, Invoice.expires_at < NOW)
# As ``Invoice.status_at``.
STATUS = type_coerce(
    case(
        (_EXPIRED, literal_column(f"'{InvoiceStatus.EXPIRED}'")), else_=cast(Invoice.status, Text)
    ),
    word_of(InvoiceStatus),
)


_BANK: Mapping[str, SQLColumnExpression[Any]] = {
    "virtual_account_no": Invoice.virtual_account_no,
    "status": STATUS,
    "inquiries": _calls(BankService.INQUIRY),
    "payment_calls": _calls(BankService.PAYMENT),
}
_SO_FAR = (
    "`status`, `inquiries` and `payment_calls` are as of now: how often a bank asked under this "
    "number, and told us of a payment."
)


def _with_bank(own: Happening) -> Happening:
    return replace(own, about=f"{own.about} {_SO_FAR}", details={**own.details, **_BANK})


INVOICE_MADE = _with_bank(money.INVOICE_MADE)
INVOICE_CANCELLED = _with_bank(money.INVOICE_CANCELLED)
INVOICE_EXPIRED = _with_bank(money.INVOICE_EXPIRED)
INVOICE_SUPERSEDED = _with_bank(money.INVOICE_SUPERSEDED)

_NUMBER = {"virtual_account_no": of_invoice(Invoice.virtual_account_no, LedgerPosting.invoice_id)}


def _with_number(own: Happening) -> Happening:
    return replace(own, details={**own.details, **_NUMBER})


MONTHS_PAID = _with_number(money.MONTHS_PAID)
CREDIT_ADDED = _with_number(money.CREDIT_ADDED)
CREDIT_USED = _with_number(money.CREDIT_USED)

# What somebody earns is asked for by name.
TERMS_CHOSEN = replace(
    joining.TERMS_CHOSEN,
    details={
        "plan": ContributionTerms.plan,
        "sector": ContributionTerms.sector,
        "from_month": ContributionTerms.from_month,
    },
)
