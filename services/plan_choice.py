"""A worker chooses what to be insured for, and by what income."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from models.contribution import select_contributions
from models.pricing import Quote, Terms, quote
from models.spells import change_counts_from
from models.terms import ContributionTerms, select_last_terms
from models.values.month import Month
from models.values.payer import PayerKind
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.sector import Sector
from models.worker import Worker
from services.callers import SignedIn
from services.held import held
from services.open_invoices import leave_none_open
from services.ports import Ports

# As the database counts.
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class ChosenPlan:
    """:param price: of the first month for which the choice counts."""

    plan: Plan
    monthly_income: Rupiah
    counts_from: Month
    price: Quote


def choose(
    ports: Ports, caller: SignedIn, plan: Plan, monthly_income: Rupiah | None = None
) -> ChosenPlan:
    """Choose a plan, or change it. Arrears keep the terms of their month.

    :param monthly_income: replaces the one on the register; ``None`` leaves it.
    :raises InvoiceOpen: an invoice has been made by the present terms and can still be paid.
    """
    with ports.transactions.begin() as session:
        worker = held(session, caller)
        now = ports.clock.now()
        leave_none_open(session, worker.id, now)
        if monthly_income is not None:
            worker.monthly_income = monthly_income
        terms = _terms(ports, worker, plan)
        last = session.scalar(select_last_terms(worker.id))
        counts_from = _record(session, worker, terms, last, now)
    price = quote(ports.books.current, terms, start=counts_from, months=1, payer=PayerKind.SELF)
    return ChosenPlan(plan, terms.monthly_income, counts_from, price)


def record_terms(
    ports: Ports, session: Session, worker: Worker, now: datetime, plan: Plan | None = None
) -> None:
    """Let a change of income or occupations count, if the worker has chosen a plan.

    :param plan: the one that counts, where what was recorded last is not the worker's own choice.

    The worker's row must be held, and ``occupations`` loaded. An open invoice stays as it is:
    its prices were frozen when it was made.
    """
    last = session.scalar(select_last_terms(worker.id))
    if last is not None:
        _record(session, worker, _terms(ports, worker, plan or last.plan), last, now)


def _terms(ports: Ports, worker: Worker, plan: Plan) -> Terms:
    return Terms(plan=plan, monthly_income=worker.monthly_income, sector=_sector(ports, worker))


def _sector(ports: Ports, worker: Worker) -> Sector:
    """That of the first occupation. (policy)"""
    first = min(worker.occupations, key=lambda each: each.position)
    entry = ports.occupations.find(first.code)
    # One that has left the list is priced as most are.
    return entry.sector if entry else Sector.OTHER


def _record(
    session: Session, worker: Worker, terms: Terms, last: ContributionTerms | None, now: datetime
) -> Month:
    """Add the terms, unless they are what was decided last. The month from which they count."""
    paid = session.scalars(select_contributions(worker.id)).all()
    counts_from = change_counts_from(paid, now)
    if last is None or last.from_month > counts_from or not last.says(terms):
        session.add(
            ContributionTerms(
                worker_id=worker.id,
                from_month=counts_from,
                decided_at=_after(last, now),
                plan=terms.plan,
                monthly_income=terms.monthly_income,
                sector=terms.sector,
            )
        )
    return counts_from


def _after(last: ContributionTerms | None, now: datetime) -> datetime:
    """Later than the decision before it, even if that was taken by a clock ahead of ours: the
    latest counts."""
    return now if last is None else max(now, last.decided_at + _INSTANT)
