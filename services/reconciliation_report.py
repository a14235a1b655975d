"""What came of comparing a bank's statement with our books, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from models.bank_call import BankOutcome

# Findings of each kind that are kept, and that a person is shown; all are counted.
MOST_KEPT = 1_000
MOST_SHOWN = 20


class Kind(StrEnum):
    """How a payment can be known to one side only, or to both and not alike."""

    NEVER_TOLD = "never_told"
    REFUSED = "refused"
    TOLD_OTHER_AMOUNT = "told_other_amount"
    OTHER_DAY = "other_day"
    OTHER_AMOUNT = "other_amount"
    OTHER_ACCOUNT = "other_account"
    REPEATED = "repeated"
    NOT_LISTED = "not_listed"


HEADINGS = {
    Kind.NEVER_TOLD: "On the statement, but the bank never told us of it",
    Kind.REFUSED: "On the statement, but we did not take it when the bank told us",
    Kind.TOLD_OTHER_AMOUNT: "On the statement, but we were told of another amount and did not take it",
    Kind.OTHER_DAY: "On the statement, but in our books on another day",
    Kind.OTHER_AMOUNT: "In both, with different amounts",
    Kind.OTHER_ACCOUNT: "In both, for different virtual accounts",
    Kind.REPEATED: "On the statement more than once",
    Kind.NOT_LISTED: "In our books, but not on the statement",
}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A payment on which the two sides do not agree.

    :param line: of the statement; none where it is not listed.
    :param amount: the statement's; ours where it is not listed.
    :param told: the amount that the bank told us of, if it was another one.
    :param told_on: the Jakarta day on which it then said that it was paid, if another.
    :param told_account: the virtual account that it then named, if another.
    :param outcome: what we answered, where we did not take the money.
    """

    kind: Kind
    line: int | None = None
    reference_no: str | None
    payment_request_id: str
    virtual_account_no: str
    amount: Decimal
    told: Decimal | None = None
    told_on: date | None = None
    told_account: str | None = None
    outcome: BankOutcome | None = None


@dataclass
class Side:
    """What one side says was paid on the day."""

    payments: int = 0
    total: Decimal = Decimal(0)

    def add(self, amount: Decimal) -> None:
        self.payments += 1
        self.total += amount


@dataclass
class Report:
    """:param findings: the first of each kind. :param counts: how many there are of each."""

    bank: str
    day: date
    statement: Side = field(default_factory=Side)
    books: Side = field(default_factory=Side)
    findings: dict[Kind, list[Finding]] = field(default_factory=dict)
    counts: dict[Kind, int] = field(default_factory=dict)

    @property
    def agrees(self) -> bool:
        return not self.counts

    def add(self, finding: Finding) -> None:
        kept = self.findings.setdefault(finding.kind, [])
        if len(kept) < MOST_KEPT:
            kept.append(finding)
        self.counts[finding.kind] = self.counts.get(finding.kind, 0) + 1

    @property
    def sentence(self) -> str:
        books = f"The books of {self.bank} for {self.day}"
        if self.agrees:
            side = self.statement
            return f"{books} agree: {_payments(side.payments)}, {_rupiah(side.total)}."
        return f"{books} do not agree, on {_payments(sum(self.counts.values()))}."


def as_document(report: Report) -> dict[str, Any]:
    """Amounts are written as on the statement: ``33600.00``."""
    return {
        "bank": report.bank,
        "day": report.day.isoformat(),
        "agrees": report.agrees,
        "sentence": report.sentence,
        "statement": _side(report.statement),
        "books": _side(report.books),
        "counts": {kind: report.counts.get(kind, 0) for kind in Kind},
        "findings": [
            _document(finding) for kind in Kind for finding in report.findings.get(kind, ())
        ],
    }


def as_text(report: Report) -> str:
    lines = [f"{'':<11}{'payments':>9}{'total':>24}"]
    for name, side in (("statement", report.statement), ("our books", report.books)):
        lines.append(f"{name:<11}{side.payments:>9,}{_rupiah(side.total):>24}")
    for kind in Kind:
        if kind in report.counts:
            lines += ["", f"{HEADINGS[kind]}: {report.counts[kind]:,}"]
            lines += [_shown(finding) for finding in report.findings[kind][:MOST_SHOWN]]
            more = report.counts[kind] - MOST_SHOWN
            lines += [f"  and {more:,} more"] if more > 0 else []
    return "\n".join([*lines, "", report.sentence])


def _side(side: Side) -> dict[str, Any]:
    return {"payments": side.payments, "total": _written(side.total)}


def _document(finding: Finding) -> dict[str, Any]:
    told, told_on = finding.told, finding.told_on
    return vars(finding) | {
        "amount": _written(finding.amount),
        "told": None if told is None else _written(told),
        "told_on": None if told_on is None else told_on.isoformat(),
    }


def _shown(finding: Finding) -> str:
    parts = [
        "" if finding.line is None else f"line {finding.line}",
        f"reference {finding.reference_no}",
        f"account {finding.virtual_account_no}",
        _rupiah(finding.amount),
        _answered(finding),
    ]
    return "  " + "  ".join(part for part in parts if part)


def _answered(finding: Finding) -> str:
    """What was different when the bank told us, or what we answered then."""
    told = [] if finding.told is None else [f"told {_rupiah(finding.told)}"]
    told += [] if finding.told_on is None else [f"told as paid on {finding.told_on}"]
    told += [] if finding.told_account is None else [f"told for {finding.told_account}"]
    told += [] if finding.outcome is None else [f"answered {finding.outcome}"]
    return ", ".join(told)


def _written(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _payments(count: int) -> str:
    return f"{count:,} payment{'' if count == 1 else 's'}"


def _rupiah(amount: Decimal) -> str:
    return f"Rp{amount:,.2f}"
