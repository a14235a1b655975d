"""What banks asked and told us about a worker's numbers, call by call, and what we answered."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    SQLColumnExpression,
    Text,
    and_,
    cast,
    func,
    select,
    type_coerce,
)

from models.bank_call import BankCall, BankOutcome, BankService
from models.columns import RupiahColumn
from models.invoice import Invoice
from models.payment import Payment
from models.timeline import money
from models.timeline.happening import Happening
from models.timeline.money import of_invoice, paid_at
from models.timeline.staff.invoices import STATUS
from models.timeline.staff.kind import StaffKind

_Columns = Mapping[str, SQLColumnExpression[Any]]

_CALL: _Columns = {
    "bank": BankCall.bank,
    "service": BankCall.service,
    "answer": BankCall.outcome,
    "virtual_account_no": BankCall.virtual_account_no,
    "bank_external_id": BankCall.external_id,
}
# The bill is looked up for what a page holds.
_BILL: _Columns = {
    "invoice_id": BankCall.invoice_id,
    "due": of_invoice(Invoice.amount, BankCall.invoice_id),
    "status": of_invoice(STATUS, BankCall.invoice_id),
}
_FLAGGED: _Columns = {
    "bank_reference": BankCall.reference_no,
    "payment_request_id": BankCall.payment_request_id,
    "amount": type_coerce(cast(func.trunc(BankCall.amount), BigInteger), RupiahColumn),
    "amount_told": cast(BankCall.amount, Text),
    "transacted_at": BankCall.transacted_at,
}
_ABOUT_BILL = "`due` is the invoice's amount, and `status` its status as of now."
_ABOUT_FLAG = (
    "`amount_told` and `transacted_at` are as the bank said; `paid_at` is that instant, but not "
    "before the invoice, nor after the call."
)

BANK_INQUIRED = Happening(
    kind=StaffKind.BANK_INQUIRED,
    about=f"A bank asked what is to be paid. {_ABOUT_BILL}",
    at=BankCall.called_at,
    id=BankCall.id,
    worker_id=BankCall.worker_id,
    where=(BankCall.service == BankService.INQUIRY,),
    details={**_CALL, **_BILL, "request_id": BankCall.request_id},
)

PAYMENT_REFUSED = replace(
    money.PAYMENT_REFUSED,
    about="A bank told us of a payment that we could not take: the money is still the bank's to give "
    f"back. {_ABOUT_BILL} {_ABOUT_FLAG}",
    where=(
        BankCall.service == BankService.PAYMENT,
        BankCall.decides,
        BankCall.outcome.not_in([each for each in BankOutcome if each.money_is_ours]),
    ),
    details={
        **_CALL,
        **_BILL,
        **_FLAGGED,
        "paid_at": paid_at(BankCall.transacted_at, BankCall.called_at, BankCall.invoice_id),
        "expires_at": of_invoice(Invoice.expires_at, BankCall.invoice_id),
        "closed_at": of_invoice(Invoice.closed_at, BankCall.invoice_id),
    },
    unpublished=(),
)
PAYMENT_REPEATED = Happening(
    kind=StaffKind.PAYMENT_REPEATED,
    about=f"A bank told us again of a payment that had been decided on. {_ABOUT_BILL}",
    at=BankCall.called_at,
    id=BankCall.id,
    worker_id=BankCall.worker_id,
    where=(BankCall.service == BankService.PAYMENT, ~BankCall.decides),
    details={**_CALL, **_BILL, **_FLAGGED},
)
BANK_ASKED_STATUS = Happening(
    kind=StaffKind.BANK_ASKED_STATUS,
    about=f"A bank asked what became of a payment. {_ABOUT_BILL}",
    at=BankCall.called_at,
    id=BankCall.id,
    worker_id=BankCall.worker_id,
    where=(BankCall.service == BankService.STATUS,),
    details={**_CALL, **_BILL, "payment_request_id": BankCall.payment_request_id},
)
BANK_CALL_REFUSED = Happening(
    kind=StaffKind.BANK_CALL_REFUSED,
    about="A bank called about a number of the worker's, and was refused before the invoice was "
    "looked at: `answer` says why.",
    at=BankCall.called_at,
    id=BankCall.id,
    worker_id=Invoice.worker_id,
    where=(
        BankCall.worker_id.is_(None),
        BankCall.virtual_account_no == Invoice.virtual_account_no,
    ),
    details={
        **_CALL,
        **_FLAGGED,
        "status": STATUS,
        "request_id": BankCall.request_id,
    },
)


def _of_decision(column: SQLColumnExpression[Any]) -> ColumnElement[Any]:
    """The call by which a payment was taken."""
    decision = and_(
        BankCall.bank == Payment.bank,
        BankCall.payment_request_id == Payment.payment_request_id,
        BankCall.decides,
    )
    return select(column).where(decision).scalar_subquery()


PAYMENT_RECEIVED = replace(
    money.PAYMENT_RECEIVED,
    about="A bank told us, at `told_at`, that it took the money, which was paid at `paid_at`. What "
    f"became of it stands beside it: `months_paid` or `credit_added`. {_ABOUT_BILL}",
    details={
        **money.PAYMENT_RECEIVED.details,
        "bank": Payment.bank,
        "virtual_account_no": of_invoice(Invoice.virtual_account_no, Payment.invoice_id),
        "payment_request_id": Payment.payment_request_id,
        "transacted_at": Payment.transacted_at,
        "told_at": Payment.received_at,
        "status": of_invoice(STATUS, Payment.invoice_id),
        "answer": _of_decision(BankCall.outcome),
        "service": _of_decision(BankCall.service),
        "bank_external_id": _of_decision(BankCall.external_id),
    },
)
