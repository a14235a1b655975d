"""A life as the domain page tells it: what was chosen, billed and paid, in plain lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.lives import plain_time as time
from tests.lives.plain_cover import GRACE_MONTHS, Cover, PaidMonth
from tests.lives.plain_prices import TRANSPORT, Terms, price_of

MONTHS_AHEAD = 12
REQUIRED = {"privacy", "terms"}


@dataclass(frozen=True)
class Choice:
    since: int
    """The first month that it counts for."""
    decided_at: datetime
    terms: Terms


@dataclass
class PlainBill:
    made_at: datetime
    months: dict[int, Terms]
    credit_used: int
    state: str = "open"
    closed_at: datetime | None = None
    money_taken: bool = False

    @property
    def first(self) -> int:
        return min(self.months)

    @property
    def price(self) -> int:
        return sum(price_of(month, terms) for month, terms in self.months.items())

    @property
    def amount(self) -> int:
        return self.price - self.credit_used

    @property
    def expires_at(self) -> datetime:
        """A day later, or with the month."""
        return min(
            self.made_at + timedelta(hours=24), time.end_of_month(time.month_of(self.made_at))
        )

    def state_at(self, now: datetime) -> str:
        return "expired" if self.state == "open" and now > self.expires_at else self.state

    def protects_until(self, now: datetime) -> date | None:
        """The last day that it protects, or would if it were paid now."""
        paid_at = {"open": now, "paid": self.closed_at}.get(self.state_at(now))
        last = time.last_day(max(self.months))
        return last if paid_at is not None and paid_at <= time.end_of(last) else None

    def seen(self, now: datetime) -> dict[str, object]:
        return {
            "status": self.state_at(now),
            "amount": self.amount,
            "credit_used": self.credit_used,
            "protected_until": self.protects_until(now),
            "expires_at": self.expires_at,
        }

    def close(self, state: str, at: datetime) -> None:
        self.state, self.closed_at = state, at


@dataclass(frozen=True)
class Answer:
    """To whether somebody is covered."""

    status: str
    plan: str | None
    protected_from: datetime | None
    protected_until: date | None
    next_due_on: date | None
    credit: int
    arrears: tuple[int, int]
    """How many months, and what they cost."""
    programmes: list[tuple[str, str, date | None]]


@dataclass
class PlainLife:
    income: int
    occupation: str
    plan: str | None = None
    consents: set[str] = field(default_factory=lambda: set(REQUIRED))
    choices: list[Choice] = field(default_factory=list)
    paid: list[PaidMonth] = field(default_factory=list)
    bills: list[PlainBill] = field(default_factory=list)
    credits: list[tuple[datetime, int]] = field(default_factory=list)
    """Money that came to be there for the next bill, and was used."""

    # What counts for a month

    def change(self, now: datetime, **changed: object) -> None:
        """Plan, income or work: from the first unpaid month not before the current one."""
        for name, value in changed.items():
            setattr(self, name, value)
        if self.plan is None:
            return
        since = max(self.first_unpaid(now), time.month_of(now))
        terms = Terms(self.plan, self.income, TRANSPORT[self.occupation])
        # Later than the one before, whatever the clock says.
        after = [each.decided_at + time.INSTANT for each in self.choices[-1:]]
        self.choices.append(Choice(since, max([now, *after]), terms))

    def terms_of(self, month: int, choices: list[Choice]) -> Terms | None:
        counting = [each.terms for each in choices if each.since <= month]
        return counting[-1] if counting else None

    # Questions

    def answer_now(self, now: datetime) -> Answer:
        return self._answer(now, self.choices)

    def answer_on(self, day: date) -> Answer:
        end = time.end_of(day)
        return self._answer(end, [each for each in self.choices if each.decided_at <= end])

    def _answer(self, instant: datetime, choices: list[Choice]) -> Answer:
        cover = Cover.at(instant, self.paid)
        shown = cover.month_shown
        chosen = choices[-1].terms.plan if choices else None
        owed = [(month, self.terms_of(month, choices)) for month in cover.arrears]
        return Answer(
            status=cover.status,
            plan=shown.terms.plan if shown else chosen,
            protected_from=cover.protected_from,
            protected_until=cover.protected_until,
            next_due_on=cover.next_due_on,
            credit=sum(amount for at, amount in self.credits if at <= instant),
            arrears=(len(owed), sum(price_of(month, terms) for month, terms in owed if terms)),
            programmes=cover.programmes,
        )

    # Money

    @property
    def credit(self) -> int:
        return sum(amount for _, amount in self.credits)

    def first_unpaid(self, now: datetime) -> int:
        """The oldest month that can be paid for: after a lapse, none before the current one."""
        current = time.month_of(now)
        last = max([each.month for each in self.paid], default=0)
        return last + 1 if current - last <= GRACE_MONTHS else current

    def open_bill(self, now: datetime) -> PlainBill | None:
        still = [bill for bill in self.bills if bill.state_at(now) == "open"]
        return still[0] if still else None

    def refusals(self, months: int, now: datetime) -> set[str]:
        """Everything that stands in the way of a bill."""
        first = self.first_unpaid(now)
        reasons = {
            "consent-missing": not self.consents >= REQUIRED,
            "invoice-open": self.open_bill(now) is not None,
            "plan-missing": self.terms_of(first, self.choices) is None,
            "too-far-ahead": first + months - 1 > time.month_of(now) + MONTHS_AHEAD,
        }
        return {reason for reason, stands in reasons.items() if stands}

    def bill(self, months: int, now: datetime) -> PlainBill:
        """Arrears first, each month by its own terms; credit is used before money."""
        self.put_away(now)
        first = self.first_unpaid(now)
        asked = {
            month: self.terms_of(month, self.choices) for month in range(first, first + months)
        }
        bill = PlainBill(now, {month: terms for month, terms in asked.items() if terms}, 0)
        bill.credit_used = min(self.credit, bill.price)
        self.bills.append(bill)
        if bill.amount == 0:
            self.settle(bill, paid_at=now, now=now)
        return bill

    def put_away(self, now: datetime) -> None:
        """Bills that have run out, before another one is made or their terms change."""
        for bill in self.bills:
            bill.state = bill.state_at(now)

    def settle(self, bill: PlainBill, *, paid_at: datetime, now: datetime) -> None:
        """The money is there: it buys the months of the bill, or is kept for the next.

        :param paid_at: when it was paid. :param now: when we are told.
        """
        bill.money_taken = True
        in_turn = bill.first == self.first_unpaid(paid_at)
        if bill.state != "superseded" and in_turn and bill.credit_used <= self.credit:
            self.paid += [PaidMonth(month, terms, paid_at) for month, terms in bill.months.items()]
            self.credits.append((now, -bill.credit_used))
            bill.close("paid", paid_at)
            self._overtake_others(now)
        else:
            self.credits.append((now, bill.amount))
            if bill.state != "superseded":
                bill.close("superseded", now)

    def _overtake_others(self, now: datetime) -> None:
        """A bill that leaves months out, or counts on credit that is gone, is called in."""
        for bill in self.bills:
            in_turn = bill.first == self.first_unpaid(now)
            if bill.state == "open" and not (in_turn and bill.credit_used <= self.credit):
                bill.close("superseded", now)
