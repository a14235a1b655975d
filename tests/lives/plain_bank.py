"""What a bank is told, as the domain page and the contract say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from tests.lives import plain_time as time
from tests.lives.plain_life import PlainBill, PlainLife


@dataclass(frozen=True)
class Told:
    """A payment, as the bank tells of it."""

    payment_id: str
    external_id: str
    bill: PlainBill
    amount: int
    paid_at: datetime


@dataclass
class PlainBank:
    life: PlainLife
    decided: dict[str, tuple[Told, str]] = field(default_factory=dict)
    """What became of each payment when it was first judged."""
    spent: dict[tuple[date, str], str] = field(default_factory=dict)
    """Which payment was the first under an external id, by day."""
    booked: list[datetime] = field(default_factory=list)
    """When the money was there that we were told of, in the order in which we were told."""

    def outcome(self, told: Told, now: datetime) -> str:
        call = time.day_of(now), told.external_id
        spender = self.spent.get(call)
        self.spent.setdefault(call, told.payment_id)
        if told.payment_id in self.decided:
            first, outcome = self.decided[told.payment_id]
            same = told.bill is first.bill and told.amount == first.amount
            return outcome if same and spender != told.payment_id else "inconsistent"
        if spender is not None:
            return "external_id_reused"
        outcome = self._judge(told, now)
        self.decided[told.payment_id] = told, outcome
        return outcome

    def _judge(self, told: Told, now: datetime) -> str:
        bill, paid_at = told.bill, min(told.paid_at, now)
        if refusal := self._refusal(bill, paid_at):
            return refusal
        if told.amount != bill.amount:
            return "wrong_amount"
        paid_at = max(bill.made_at, paid_at)
        self.life.settle(bill, paid_at=paid_at, now=now)
        self.booked.append(paid_at)
        return "accepted" if bill.state == "paid" else "credited"

    def _refusal(self, bill: PlainBill, paid_at: datetime) -> str | None:
        """What counts is whether the bill could be paid when it was paid."""
        in_time = paid_at <= bill.expires_at
        if bill.state == "cancelled":
            return "inactive"
        if bill.state == "superseded":
            # Banks write whole seconds: what was paid in the second of the end came too late.
            assert bill.closed_at
            stood = in_time and paid_at < bill.closed_at.replace(microsecond=0)
            return None if stood and not bill.money_taken else "already_paid"
        if bill.state == "paid":
            return "already_paid"
        return None if in_time else "inactive"
