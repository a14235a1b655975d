"""Everything that a worker's cover and next step depend on, read in one statement.

Cover is what phones ask for most, so this is one round trip and one row, without the ORM.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, Select, Text, Uuid, bindparam, cast, func, select

from models.columns import Instant
from models.consent import WorkerConsent
from models.contribution import Contribution
from models.erasure_request import ErasureRequest, ErasureStatus
from models.invoice import Invoice, InvoiceStatus
from models.payment import LedgerPosting
from models.sign_in import select_live
from models.terms import ContributionTerms
from models.values.identity import IdentityStatus
from models.values.month import Month
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.sector import Sector
from models.worker import Worker


@dataclass(frozen=True, slots=True)
class PaidMonth:
    month: Month
    settled_at: datetime
    refunded_at: datetime | None
    plan: Plan
    reference_income: Rupiah


@dataclass(frozen=True, slots=True)
class Choice:
    from_month: Month
    decided_at: datetime
    plan: Plan
    monthly_income: Rupiah
    sector: Sector


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """``paid`` and ``choices`` are complete and in order; ``credit`` is as of the instant asked
    for; ``consents`` are those that stand, as pairs of document and version; ``leaving``: the worker
    has asked to be erased; ``profile_complete``: nothing that a partner need not know is missing."""

    identity: IdentityStatus
    member_number: str | None
    paid: tuple[PaidMonth, ...]
    choices: tuple[Choice, ...]
    credit: Rupiah
    bill_expires_at: datetime | None
    consents: frozenset[tuple[str, str]]
    leaving: bool
    profile_complete: bool

    @property
    def may_pay(self) -> bool:
        """Of whom no money is taken, none is due."""
        return self.identity is not IdentityStatus.REFUSED and not self.leaving

    def has_open_bill(self, now: datetime) -> bool:
        return self.bill_expires_at is not None and now <= self.bill_expires_at

    def choices_by(self, at: datetime) -> tuple[Choice, ...]:
        """What had been chosen by then."""
        return tuple(choice for choice in self.choices if choice.decided_at <= at)


def read(row: Sequence[Any]) -> Standing:
    identity, member_number, complete, paid, choices, credit, bill_expires_at, consents, leaving = (
        row
    )
    return Standing(
        identity=identity,
        member_number=member_number,
        paid=paid_months_in(paid),
        choices=tuple(map(_choice, orjson.loads(choices or "[]"))),
        credit=credit,
        bill_expires_at=bill_expires_at,
        consents=frozenset(map(tuple, orjson.loads(consents or "[]"))),
        leaving=leaving is not None,
        profile_complete=complete,
    )


def paid_months_in(rows: str | None) -> tuple[PaidMonth, ...]:
    """What ``select_paid_months`` gives, taken apart."""
    return tuple(map(_paid, orjson.loads(rows or "[]")))


def _paid(values: list[Any]) -> PaidMonth:
    month, settled_at, refunded_at, plan, reference_income = values
    return PaidMonth(
        Month.of(date.fromisoformat(month)),
        datetime.fromisoformat(settled_at),
        None if refunded_at is None else datetime.fromisoformat(refunded_at),
        Plan(plan),
        Rupiah(reference_income),
    )


def _choice(values: list[Any]) -> Choice:
    from_month, decided_at, plan, monthly_income, sector = values
    return Choice(
        Month.of(date.fromisoformat(from_month)),
        datetime.fromisoformat(decided_at),
        Plan(plan),
        Rupiah(monthly_income),
        Sector(sector),
    )


def _rows(*columns: Any, order_by: Sequence[Any] = ()) -> Any:
    """The rows of a subquery in one value."""
    gathered = func.json_agg(func.json_build_array(*columns))
    # As text: it is taken apart by a faster reader than the driver's.
    return cast(gathered.aggregate_order_by(*order_by) if order_by else gathered, Text)


# The tables, not the classes: a statement of classes goes through the ORM.
_TABLES = tuple(
    model.__table__.c
    for model in (
        Contribution,
        ContributionTerms,
        LedgerPosting,
        Invoice,
        WorkerConsent,
        ErasureRequest,
    )
)


def select_paid_months(worker_id: ColumnElement[UUID]) -> Select[str | None]:
    """In one value, for ``paid_months_in``: all months that were ever paid for a worker, in order."""
    paid = _TABLES[0]
    months = _rows(
        paid.month,
        paid.settled_at,
        paid.refunded_at,
        paid.plan,
        paid.reference_income,
        order_by=[paid.month],
    )
    return select(months).where(paid.worker_id == worker_id)


def select_standing_of_session() -> Select[*tuple[Any, ...]]:
    """``select_standing`` by ``sign_in_id`` as well: no row if that session was ended."""
    return select_standing().where(select_live().exists())


def select_standing() -> Select[*tuple[Any, ...]]:
    """One row for ``read``, of the worker ``worker_id``, with the credit as of ``at``."""
    worker_id = bindparam("worker_id", type_=Uuid)
    _, terms, posting, bill, consent, erasure = _TABLES
    choices = select(
        _rows(
            terms.from_month,
            terms.decided_at,
            terms.plan,
            terms.monthly_income,
            terms.sector,
            order_by=[terms.decided_at, terms.id],
        )
    ).where(terms.worker_id == worker_id)
    credit = select(func.coalesce(func.sum(posting.credit), 0)).where(
        posting.worker_id == worker_id, posting.posted_at <= bindparam("at", type_=Instant)
    )
    bill_expires_at = select(bill.expires_at).where(
        bill.worker_id == worker_id, bill.status == InvoiceStatus.OPEN
    )
    consents = select(_rows(consent.document, consent.version)).where(
        consent.worker_id == worker_id, consent.withdrawn_at.is_(None)
    )
    leaving = select(erasure.id).where(
        erasure.worker_id == worker_id, erasure.status == ErasureStatus.WAITING
    )
    parts = (select_paid_months(worker_id), choices, credit, bill_expires_at, consents, leaving)
    worker = Worker.__table__.c
    return select(
        worker.identity_status,
        worker.member_number,
        # What is asked of whoever registers by themself.
        func.num_nulls(worker.birth_place, worker.mother_maiden_name_sealed, worker.address_sealed)
        == 0,
        *(part.scalar_subquery() for part in parts),
    ).where(worker.id == worker_id)
