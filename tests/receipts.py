"""Receipts, for tests that do not pay for them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from models.pricing import PricedMonth, Terms, quote
from models.receipt import Receipt
from models.values.month import Month
from models.values.payer import PayerKind
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.sector import Sector
from tests.fakes import NOON
from tests.installation import BOOKS

NOTHING = Rupiah(0)


def months_of(
    count: int, plan: Plan = Plan.BASIC, income: int = 900_000
) -> tuple[PricedMonth, ...]:
    """Of a fisherman, from November 2026 on."""
    terms = Terms(plan=plan, monthly_income=Rupiah(income), sector=Sector.OTHER)
    start = Month(2026, 11)
    return quote(BOOKS.current, terms, start=start, months=count, payer=PayerKind.SELF).months


def receipt_for(
    months: tuple[PricedMonth, ...], *, credit_used: int = 0, **changes: Any
) -> Receipt:
    """Of what these months cost, paid at a bank as far as credit has not paid for it."""
    total, used = Rupiah.sum(month.amount for month in months), Rupiah(credit_used)
    told = {
        "months": months,
        "total": total,
        "credit_used": used,
        "amount": total - used,
        "bank_reference": None if used == total else "2026112200001234",
        "protected_until": months[-1].month.last_day,
    }
    return Receipt(**_PERSON | told | changes)


def receipt_of_credit(amount: int) -> Receipt:
    """Of money that became credit."""
    told = {
        "months": (),
        "total": NOTHING,
        "credit_used": NOTHING,
        "amount": Rupiah(amount),
        "credited": Rupiah(amount),
        "bank_reference": "2026112200001234",
        "protected_until": None,
    }
    return Receipt(**_PERSON | told)


_PERSON: dict[str, Any] = {
    "invoice_id": UUID("0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42"),
    "full_name": "Wulan Lestari",
    "nik_masked": "**************01",
    "member_number": "48201937465",
    "registration_number": "572018463917",
    "credited": NOTHING,
    "virtual_account_no": "988100731904526183",
    "paid_at": NOON,
}
