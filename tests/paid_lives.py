"""Workers whose months are settled without bills and banks, and what was told of their cover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.contribution import Contribution, select_contributions
from models.coverage import CoverageStatus
from models.coverage_event import CoverageEvent
from models.coverage_turns import CoverageEventName
from models.invoice import Invoice, InvoiceMonth, InvoiceStatus
from models.pricing import Terms, price
from models.settling import select_worker_to_settle
from models.spells import months_to_settle
from models.values.ids import new_id
from models.values.month import Month
from models.values.payer import PayerKind
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.sector import Sector
from models.values.virtual_account import VirtualAccountNumber
from services import coverage_events
from services.ports import Ports
from tests.payers import add_worker

TERMS = Terms(plan=Plan.BASIC, monthly_income=Rupiah(900_000), sector=Sector.OTHER)
SAYS = {
    CoverageEventName.ACTIVATED: CoverageStatus.ACTIVE,
    CoverageEventName.RESTORED: CoverageStatus.ACTIVE,
    CoverageEventName.GRACE: CoverageStatus.GRACE,
    CoverageEventName.LAPSED: CoverageStatus.LAPSED,
}
# Of what was told of one instant, the better is what came to light later.
_RANKS = list(reversed(CoverageStatus))


@dataclass
class PaidLife:
    """One worker. Settles as ``services/settlement`` does, but for the money.

    :param told_how: what else ``add_worker`` is to know.
    """

    ports: Ports
    told_how: Mapping[str, Any] = field(default_factory=dict)
    worker_id: UUID = field(init=False)
    invoice_id: UUID = field(default_factory=new_id)

    def __post_init__(self) -> None:
        self.worker_id = add_worker(self.ports, **self.told_how).worker_id
        with self.ports.transactions.begin() as session:
            session.add(_invoice(self.ports, self.invoice_id, self.worker_id))

    def settle(self, count: int, at: datetime) -> None:
        """:raises TooFarAhead: more than 12 months after the current one.
        :param at: when the bank says it was paid; what it is now is for the clock to say.
        """
        self.settle_months(months_to_settle(self.paid(), at, count), at)

    def settle_months(self, months: tuple[Month, ...], at: datetime) -> None:
        now = self.ports.clock.now()
        with self.ports.transactions.begin() as session:
            worker = session.scalars(select_worker_to_settle(self.worker_id)).one()
            session.add_all(self._contribution(month, at) for month in months)
            worker.paid_through = months[-1]
            session.flush()
            coverage_events.record(session, worker.id, at, now)

    def paid(self) -> list[Contribution]:
        with self.ports.transactions.reading() as session:
            return list(session.scalars(select_contributions(self.worker_id)))

    def told(self) -> list[tuple[CoverageEventName, datetime]]:
        """In the order in which it happened."""
        statement = select(CoverageEvent).where(CoverageEvent.worker_id == self.worker_id)
        with self.ports.transactions.reading() as session:
            events = session.scalars(statement).all()
        assert all(each.month == Month.at(each.happened_at) for each in events)
        rows = [(each.event, each.happened_at) for each in events]
        return sorted(rows, key=lambda row: (row[1], _RANKS.index(SAYS[row[0]])))

    def _contribution(self, month: Month, at: datetime) -> Contribution:
        line = InvoiceMonth.of(price(self.ports.books.current, TERMS, month, PayerKind.SELF))
        line.invoice_id = self.invoice_id
        return Contribution.of(line, self.worker_id, at, None)


def status_told(told: list[tuple[CoverageEventName, datetime]], at: datetime) -> CoverageStatus:
    """What a story says that the cover was at an instant."""
    before = [event for event, happened_at in told if happened_at <= at]
    return SAYS[before[-1]] if before else CoverageStatus.NOT_STARTED


def _invoice(ports: Ports, invoice_id: UUID, worker_id: UUID) -> Invoice:
    now = ports.clock.now()
    return Invoice(
        id=invoice_id,
        worker_id=worker_id,
        virtual_account_no=str(VirtualAccountNumber.draw(ports.virtual_account_prefix)),
        status=InvoiceStatus.PAID,
        rates_version=ports.books.current.version,
        amount=Rupiah(0),
        credit_used=Rupiah(0),
        created_at=now,
        expires_at=now,
        closed_at=now,
    )
