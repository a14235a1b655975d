"""Partners with drivers whom they pay for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import count
from uuid import UUID

from sqlalchemy import select

from models.contribution import Contribution, select_contributions
from models.enrolment import EndedBy, Enrolment
from models.partner import Partner
from models.partner_event import PartnerEvent
from models.partner_invoice_line import LineStatus, PartnerInvoiceLine
from models.partner_posting import select_partner_credit
from models.values.identity import IdentityStatus
from models.values.month import Month
from models.values.payer import PayerKind
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.worker import Worker
from sandbox.snap_client import new_id as new_number
from services import ledger, plan_choice
from services.bank.payment import PaymentFlag
from services.callers import PartnerCaller, SignedIn
from services.collective import drawing_up, invoices
from services.collective.drawing_up import Order
from services.collective.invoices import CollectiveInvoice
from services.once import Once
from services.ports import Ports
from tests import partners
from tests.banks import BankOutcome, Payer, flag, paid
from tests.payers import FISHERMAN, add_worker
from tests.ties import enrolment

NOVEMBER, DECEMBER, JANUARY = Month(2026, 11).span(3)
_names = count(1)


@dataclass
class Fleet:
    """A partner and its drivers, by its own names for them."""

    ports: Ports
    partner: Partner
    drivers: dict[str, SignedIn] = field(default_factory=dict)

    @classmethod
    def of(cls, ports: Ports, drivers: int = 0, *, payer: PayerKind = PayerKind.PARTNER) -> Fleet:
        name = f"Armada {next(_names)}"
        with ports.transactions.begin() as session:
            partner = partners.partner(ports, session, name, payer_kind=payer)
        fleet = cls(ports, partner)
        for _ in range(drivers):
            fleet.enrol()
        return fleet

    @property
    def caller(self) -> PartnerCaller:
        return partners.calling(self.partner)

    def enrol(
        self,
        name: str | None = None,
        *,
        worker: SignedIn | None = None,
        plan: Plan | None = Plan.BASIC,
        identity: IdentityStatus = IdentityStatus.VERIFIED,
        occupation: str = FISHERMAN,
        income: int = 900_000,
    ) -> SignedIn:
        """Tie a driver to the partner, a new one unless it is named."""
        driver = worker or add_worker(self.ports, occupation=occupation, income=income)
        if plan is not None and worker is None:
            plan_choice.choose(self.ports, driver, plan)
        name = name or f"D-{len(self.drivers) + 1}"
        now = self.ports.clock.now()
        with self.ports.transactions.begin() as session:
            session.add(
                enrolment(
                    self.partner.id,
                    driver.worker_id,
                    now,
                    external_id=name,
                    identity_status=identity,
                )
            )
        self.drivers[name] = driver
        return driver

    def end_link(self, name: str) -> None:
        with self.ports.transactions.begin() as session:
            link = session.scalars(
                select(Enrolment).where(
                    Enrolment.partner_id == self.partner.id, Enrolment.external_id == name
                )
            ).one()
            link.ended_at, link.ended_by = self.ports.clock.now(), EndedBy.WORKER

    def bill(self, *names: str, month: Month = NOVEMBER, **options: int) -> CollectiveInvoice:
        """For everybody, unless some are named."""
        order = Order(month, names or None)
        return drawing_up.issue(self.ports, self.caller, order, Once(), **options)

    def show(self, bill: CollectiveInvoice) -> CollectiveInvoice:
        return invoices.show(self.ports, self.caller, bill.id)

    def pay(self, bill: CollectiveInvoice, at: datetime | None = None) -> BankOutcome:
        """Flagged by a bank, and posted."""
        outcome = flag(self.ports, flagging(bill, at or self.ports.clock.now()))
        self.ports.jobs.work(self.ports)
        return outcome

    def lines(self, bill: CollectiveInvoice) -> dict[str, LineStatus]:
        rows = select(Enrolment.external_id, PartnerInvoiceLine.status).join(
            Enrolment, Enrolment.id == PartnerInvoiceLine.enrolment_id
        )
        with self.ports.transactions.reading() as session:
            of_bill = rows.where(PartnerInvoiceLine.partner_invoice_id == bill.id)
            return {row[0]: row[1] for row in session.execute(of_bill)}

    def paid_for(self, name: str) -> list[Contribution]:
        with self.ports.transactions.reading() as session:
            return list(session.scalars(select_contributions(self.drivers[name].worker_id)))

    def worker(self, name: str) -> Worker:
        with self.ports.transactions.reading() as session:
            return session.get_one(Worker, self.drivers[name].worker_id)

    @property
    def credit(self) -> Rupiah:
        with self.ports.transactions.reading() as session:
            return session.scalars(select_partner_credit(self.partner.id)).one()

    def payer(self, name: str) -> Payer:
        """The driver, who pays by themself."""
        return Payer(self.ports, self.drivers[name])

    @property
    def told(self) -> list[tuple[str, UUID]]:
        with self.ports.transactions.reading() as session:
            events = select(PartnerEvent).where(PartnerEvent.partner_id == self.partner.id)
            return [(each.event, each.about) for each in session.scalars(events)]


def flagging(bill: CollectiveInvoice, at: datetime, **told: object) -> PaymentFlag:
    """The flag of a payment of the whole bill, each time another one."""
    amount = Decimal(bill.amount.amount)
    return paid(bill, at, **({"amount": amount, "reference_no": new_number()} | told))  # type: ignore[arg-type]


def books_balance(ports: Ports) -> bool:
    return ledger.unbalanced(ports) == [] and ledger.unbalanced_partners(ports) == []
