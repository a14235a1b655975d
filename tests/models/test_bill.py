from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from models.bank_call import BankOutcome
from models.bill import amounts_due, shown_at, taken_from
from models.invoice import Invoice, InvoiceStatus
from models.values.month import Month
from models.values.rupiah import Rupiah

MADE = datetime(2026, 11, 22, 5, tzinfo=UTC)
EXPIRES = MADE + timedelta(hours=24)
CLOSED = datetime(2026, 11, 22, 7, 0, 0, 500_000, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def invoice(status, closed_at=None):
    return Invoice(status=status, created_at=MADE, expires_at=EXPIRES, closed_at=closed_at)


@pytest.mark.parametrize(
    ("status", "now", "outcome"),
    [
        (InvoiceStatus.OPEN, EXPIRES, BankOutcome.ACCEPTED),
        (InvoiceStatus.OPEN, EXPIRES + SECOND, BankOutcome.INACTIVE),
        (InvoiceStatus.EXPIRED, MADE, BankOutcome.INACTIVE),
        (InvoiceStatus.CANCELLED, MADE, BankOutcome.INACTIVE),
        (InvoiceStatus.PAID, EXPIRES + SECOND, BankOutcome.ALREADY_PAID),
        (InvoiceStatus.SUPERSEDED, MADE, BankOutcome.ALREADY_PAID),
    ],
)
def test_an_inquiry_is_judged_by_status_and_clock(status, now, outcome):
    assert shown_at(invoice(status), now) is outcome


@pytest.mark.parametrize("status", [InvoiceStatus.OPEN, InvoiceStatus.EXPIRED])
def test_money_is_taken_up_to_the_end_however_late_it_is_told(status):
    assert taken_from(invoice(status), EXPIRES) is BankOutcome.ACCEPTED
    assert taken_from(invoice(status), EXPIRES + SECOND) is BankOutcome.INACTIVE


@pytest.mark.parametrize(
    ("paid_at", "outcome"),
    [
        (CLOSED.replace(microsecond=0) - SECOND, BankOutcome.CREDITED),
        (CLOSED.replace(microsecond=0), BankOutcome.ALREADY_PAID),
        (CLOSED + SECOND, BankOutcome.ALREADY_PAID),
    ],
)
def test_money_paid_before_the_second_of_superseding_is_the_workers(paid_at, outcome):
    assert taken_from(invoice(InvoiceStatus.SUPERSEDED, CLOSED), paid_at) is outcome


def test_money_for_a_superseded_bill_that_had_expired_is_refused():
    superseded = invoice(InvoiceStatus.SUPERSEDED, EXPIRES + 10 * SECOND)
    assert taken_from(superseded, EXPIRES + SECOND) is BankOutcome.ALREADY_PAID


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (InvoiceStatus.PAID, BankOutcome.ALREADY_PAID),
        (InvoiceStatus.CANCELLED, BankOutcome.INACTIVE),
    ],
)
def test_a_paid_or_cancelled_bill_takes_no_money(status, outcome):
    assert taken_from(invoice(status, CLOSED), MADE) is outcome


@pytest.mark.parametrize(
    ("credit", "due"),
    [
        (0, [8_400, 8_400, 16_800]),
        (400, [8_000, 8_400, 16_800]),
        (8_400, [8_400, 16_800]),
        (20_000, [13_600]),
        (33_600, []),
    ],
)
def test_credit_is_used_on_the_oldest_months_first(credit, due):
    lines = [
        SimpleNamespace(month=month, amount=Rupiah(amount))
        for month, amount in zip(Month(2026, 11).span(3), [8_400, 8_400, 16_800], strict=True)
    ]
    bill = SimpleNamespace(credit_used=Rupiah(credit), months=lines[::-1])
    assert [amount.amount for _, amount in amounts_due(bill)] == due
