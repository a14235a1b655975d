"""Invoices, payments, and what became of the money."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    SQLColumnExpression,
    and_,
    cast,
    func,
    or_,
    select,
    type_coerce,
)

from models.bank_call import BankCall, BankOutcome, BankService
from models.columns import Instant, RupiahColumn
from models.contribution import Contribution
from models.invoice import Invoice, InvoiceMonth, InvoiceStatus
from models.merged_list import NOW, Details
from models.payment import LedgerPosting, Payment
from models.refund import RefundCase
from models.spells import protection_of
from models.timeline.happening import Happening
from models.timeline.kind import TimelineKind
from models.values.month import Month
from models.values.rupiah import Rupiah

_Column = SQLColumnExpression[Any]

_NOTHING = Rupiah(0)


# Looked up for what a page holds, where a join would be made for all that there is.
def months_of(invoice_id: _Column) -> ColumnElement[list[Month]]:
    """The months on an invoice, in order."""
    months = func.array_agg(InvoiceMonth.month).aggregate_order_by(InvoiceMonth.month)
    return select(months).where(InvoiceMonth.invoice_id == invoice_id).scalar_subquery()


def of_invoice(column: _Column, invoice_id: _Column) -> ColumnElement[Any]:
    return select(column).where(Invoice.id == invoice_id).scalar_subquery()


_INVOICE: Mapping[str, SQLColumnExpression[Any]] = {
    "invoice_id": Invoice.id,
    "months": months_of(Invoice.id),
    "amount": Invoice.amount,
    "credit_used": Invoice.credit_used,
}

INVOICE_MADE = Happening(
    kind=TimelineKind.INVOICE_MADE,
    about="The worker asked for an invoice.",
    at=Invoice.created_at,
    id=Invoice.id,
    worker_id=Invoice.worker_id,
    details={**_INVOICE, "expires_at": Invoice.expires_at},
)
INVOICE_CANCELLED = Happening(
    kind=TimelineKind.INVOICE_CANCELLED,
    about="An invoice was called off.",
    at=Invoice.closed_at,
    id=Invoice.id,
    worker_id=Invoice.worker_id,
    where=(Invoice.status == InvoiceStatus.CANCELLED,),
    details=_INVOICE,
)
INVOICE_EXPIRED = Happening(
    kind=TimelineKind.INVOICE_EXPIRED,
    about="An invoice was not paid in time, as far as we know. It is told no more once a bank "
    "says that it was.",
    at=Invoice.expires_at,
    id=Invoice.id,
    worker_id=Invoice.worker_id,
    where=(
        or_(
            Invoice.status == InvoiceStatus.EXPIRED,
            and_(Invoice.status == InvoiceStatus.OPEN, Invoice.expires_at < NOW),
        ),
    ),
    details=_INVOICE,
)
INVOICE_SUPERSEDED = Happening(
    kind=TimelineKind.INVOICE_SUPERSEDED,
    about="An invoice can no longer be paid: other money settled months or used credit "
    "that it counted on.",
    at=Invoice.closed_at,
    id=Invoice.id,
    worker_id=Invoice.worker_id,
    where=(Invoice.status == InvoiceStatus.SUPERSEDED,),
    details=_INVOICE,
)

# What a bank took when we could not take it from the bank.
REFUSALS = (BankOutcome.WRONG_AMOUNT, BankOutcome.ALREADY_PAID, BankOutcome.INACTIVE)


def paid_at(told: _Column, heard_at: _Column, invoice_id: _Column) -> ColumnElement[datetime]:
    """As on a receipt: what a bank tells, but not before the invoice, nor yet to come."""
    made_at = of_invoice(Invoice.created_at, invoice_id)
    return func.greatest(made_at, func.least(told, heard_at), type_=Instant)


PAYMENT_RECEIVED = Happening(
    kind=TimelineKind.PAYMENT_RECEIVED,
    about="A bank told us that it took the money, which was paid at `paid_at`. What became of it "
    "stands beside it: `months_paid` or `credit_added`.",
    at=Payment.received_at,
    id=Payment.id,
    worker_id=Payment.worker_id,
    details={
        "invoice_id": Payment.invoice_id,
        "amount": Payment.amount,
        "bank_reference": Payment.reference_no,
        "paid_at": paid_at(Payment.transacted_at, Payment.received_at, Payment.invoice_id),
    },
)
PAYMENT_REFUSED = Happening(
    kind=TimelineKind.PAYMENT_REFUSED,
    about="A bank told us of a payment that we could not take, for the `reason`: the money is "
    "still the bank's to give back. `amount` is what the bank said.",
    at=BankCall.called_at,
    id=BankCall.id,
    worker_id=BankCall.worker_id,
    where=(
        BankCall.service == BankService.PAYMENT,
        # Banks repeat themselves: it was refused once.
        BankCall.decides,
        BankCall.outcome.in_(REFUSALS),
    ),
    details={
        "invoice_id": BankCall.invoice_id,
        "amount": type_coerce(cast(func.trunc(BankCall.amount), BigInteger), RupiahColumn),
        "reason": BankCall.outcome,
        "bank_reference": BankCall.reference_no,
        "paid_at": paid_at(BankCall.transacted_at, BankCall.called_at, BankCall.invoice_id),
        "due": of_invoice(Invoice.amount, BankCall.invoice_id),
    },
    unpublished=["due"],
)

CREDIT_ADDED = Happening(
    kind=TimelineKind.CREDIT_ADDED,
    about="Money came for an invoice that was no longer to be paid, and is used first on the next.",
    at=LedgerPosting.posted_at,
    id=LedgerPosting.id,
    worker_id=LedgerPosting.worker_id,
    where=(LedgerPosting.credit > _NOTHING,),
    details={"invoice_id": LedgerPosting.invoice_id, "amount": LedgerPosting.credit},
)
CREDIT_USED = Happening(
    kind=TimelineKind.CREDIT_USED,
    about="Credit paid for the months, or a part of their price.",
    at=LedgerPosting.posted_at,
    id=LedgerPosting.id,
    worker_id=LedgerPosting.worker_id,
    where=(LedgerPosting.credit < _NOTHING,),
    details={
        "invoice_id": LedgerPosting.invoice_id,
        "months": months_of(LedgerPosting.invoice_id),
        "amount": type_coerce(-LedgerPosting.credit, RupiahColumn),
    },
)


def _protection(paid: Details) -> Details:
    first, last = protection_of(paid["months"], paid["settled_at"]) or (None, None)
    return {"protected_from": first, "protected_until": last}


MONTHS_PAID = Happening(
    kind=TimelineKind.MONTHS_PAID,
    about="Months were settled; `amount` is their price, and `protected_from` to "
    "`protected_until` what they protect: null where all had gone by.",
    at=LedgerPosting.posted_at,
    id=LedgerPosting.id,
    worker_id=LedgerPosting.worker_id,
    where=(LedgerPosting.settled > _NOTHING,),
    details={
        "invoice_id": LedgerPosting.invoice_id,
        "months": months_of(LedgerPosting.invoice_id),
        "amount": LedgerPosting.settled,
        "settled_at": of_invoice(Invoice.closed_at, LedgerPosting.invoice_id),
    },
    unpublished=["settled_at"],
    derived=_protection,
    derives=("protected_from", "protected_until"),
)

_REFUND: Mapping[str, SQLColumnExpression[Any]] = {
    "months": select(func.array_agg(Contribution.month).aggregate_order_by(Contribution.month))
    .where(Contribution.refund_case_id == RefundCase.id)
    .scalar_subquery(),
    "amount": RefundCase.amount,
}
REFUND_OPENED = Happening(
    kind=TimelineKind.REFUND_OPENED,
    about="The identity was refused, so months that had been paid for and had not begun will not "
    "begin: their price is to be paid back.",
    at=RefundCase.opened_at,
    id=RefundCase.id,
    worker_id=RefundCase.worker_id,
    details=_REFUND,
)
REFUND_PAID = Happening(
    kind=TimelineKind.REFUND_PAID,
    about="That money is on its way back.",
    at=RefundCase.closed_at,
    id=RefundCase.id,
    worker_id=RefundCase.worker_id,
    details=_REFUND,
)
