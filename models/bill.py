"""What a bank may do with an invoice: show it as payable, or hand over money for it.

Only the status and the clock are judged here. Whether its months are still unpaid is
settled when money is posted; see ``services.settlement``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from models.bank_call import BankOutcome
from models.invoice import Invoice, InvoiceStatus
from models.values.month import Month
from models.values.rupiah import Rupiah

_SHOWN = {
    InvoiceStatus.OPEN: BankOutcome.ACCEPTED,
    InvoiceStatus.PAID: BankOutcome.ALREADY_PAID,
    InvoiceStatus.SUPERSEDED: BankOutcome.ALREADY_PAID,
    InvoiceStatus.EXPIRED: BankOutcome.INACTIVE,
    InvoiceStatus.CANCELLED: BankOutcome.INACTIVE,
}


class Payable(Protocol):
    """An invoice under a virtual account number: a worker's, or a partner's."""

    @property
    def status(self) -> InvoiceStatus: ...

    @property
    def expires_at(self) -> datetime: ...

    @property
    def closed_at(self) -> datetime | None: ...

    def status_at(self, now: datetime) -> InvoiceStatus: ...


def shown_at(invoice: Payable, now: datetime) -> BankOutcome:
    """What a bank that inquires now is told; ``ACCEPTED``: it may be paid."""
    return _SHOWN[invoice.status_at(now)]


def taken_from(invoice: Payable, paid_at: datetime) -> BankOutcome:
    """Whether money that was paid for it at a bank is ours to take.

    A bank may tell us late. What counts is whether the bill could be paid when it *was* paid:

    - open, or expired since: taken up to and including ``expires_at`` (``ACCEPTED``);
    - superseded since: the bank took the money for a bill that still stood, so the money is the
      payer's credit (``CREDITED``). Paid after that, it is refused, and the bank gives it back;
    - paid or cancelled: refused, whenever it was paid.

    :param paid_at: when the bank says it was paid, and not later than now.
    """
    if invoice.status in (InvoiceStatus.PAID, InvoiceStatus.CANCELLED):
        return _SHOWN[invoice.status]
    in_time = paid_at <= invoice.expires_at
    if invoice.status is InvoiceStatus.SUPERSEDED:
        stood = in_time and _before(paid_at, invoice.closed_at)
        return BankOutcome.CREDITED if stood else BankOutcome.ALREADY_PAID
    return BankOutcome.ACCEPTED if in_time else BankOutcome.INACTIVE


def settled_instant(made_at: datetime, transacted_at: datetime, now: datetime) -> datetime:
    """From when the months protect: when the bank says that it was paid, clamped to
    [invoice made, now]."""
    return max(made_at, min(transacted_at, now))


def amounts_due(invoice: Invoice) -> list[tuple[Month, Rupiah]]:
    """What each month still costs when the credit is used on the oldest first.

    The amounts add up to the invoice's, as banks check; months that credit pays whole are left
    out.
    """
    credit = invoice.credit_used
    due = []
    for line in sorted(invoice.months, key=lambda line: line.month):
        used = min(credit, line.amount)
        credit -= used
        if line.amount > used:
            due.append((line.month, line.amount - used))
    return due


def _before(paid_at: datetime, closed_at: datetime | None) -> bool:
    """Banks write whole seconds, so what was paid in the second of closing came too late."""
    return closed_at is not None and paid_at < closed_at.replace(microsecond=0)
