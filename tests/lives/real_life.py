"""The same life in Jaring: use cases on a real database, in the plain model's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.orm import Session, sessionmaker

from models.application import Accepted, Application, Occupation
from models.contribution import select_contributions
from models.values.channel import Channel
from models.values.nik import Nik
from models.values.page import PageRequest
from models.values.phone import PhoneNumber
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.sex import Sex
from models.values.words import Language
from services import (
    billing,
    consents,
    coverage,
    identity,
    invoices,
    ledger,
    phone_verification,
    plan_choice,
    profile_change,
    registration,
    sign_in,
)
from services.bank import payment
from services.callers import SignedIn, VerifiedPhone
from services.errors import DomainError
from services.invoices import Bill
from services.jobs import CheckIdentity
from services.once import Once
from services.ports import Ports
from services.prepared import Prepared, Row, driver_of
from services.tokens import Kind
from tests.banks import BANK, SERVICE_ID, with_banks
from tests.fakes import FakeJobs, FixedClock, SavepointTransactions
from tests.installation import CONSENTS, fake_ports
from tests.lives import plain_time as time
from tests.lives.plain_bank import Told
from tests.lives.plain_life import Answer

PHONE = PhoneNumber("+6281234567890")
DOCUMENTS = [Accepted(document=each.document, version=each.version) for each in CONSENTS.required()]


@dataclass
class LifeTransactions(SavepointTransactions):
    """Reading takes no savepoint: most of a life is questions."""

    readers: sessionmaker[Session]

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with self.readers() as session:
            yield session

    def first(self, prepared: Prepared, parameters: Mapping[str, object]) -> Row | None:
        with self.readers() as session:
            return prepared.send(driver_of(session), parameters).first()


@contextmanager
def life_on(connection: Connection, clock: FixedClock) -> Iterator[Ports]:
    """Ports of a life that leaves nothing behind."""
    with connection.begin() as outer:
        writers, readers = (
            sessionmaker(connection, expire_on_commit=False, join_transaction_mode=mode)
            for mode in ("create_savepoint", "rollback_only")
        )
        yield with_banks(fake_ports(LifeTransactions(writers, readers), clock))
        outer.rollback()


@dataclass
class RealLife:
    """One worker, from the verified phone on."""

    ports: Ports
    clock: FixedClock
    caller: SignedIn = field(init=False)

    def register(self, *, birth_date: date, occupations: list[str], income: int) -> None:
        registered = registration.register(
            self.ports,
            self._verified_phone(),
            _application(birth_date, occupations, income),
            Once(),
        )
        claims = self.ports.tokens.read(Kind.WORKER, registered.access_token, now=self.clock.now())
        self.caller = sign_in.caller(self.ports, claims)
        identity.check(self.ports, self._check_asked_for())

    def _check_asked_for(self) -> UUID:
        assert isinstance(self.ports.jobs, FakeJobs)
        waiting = self.ports.jobs.waiting
        return next(job.check_id for job in waiting if isinstance(job, CheckIdentity))

    def _verified_phone(self) -> VerifiedPhone:
        asked = phone_verification.Start(
            phone=PHONE, channel=Channel.SMS, language=Language.INDONESIAN, source="203.0.113.7"
        )
        started = phone_verification.start(self.ports, asked).verification.id
        code = phone_verification.code_of(self.ports, started)
        token = phone_verification.confirm(self.ports, started, code).phone_token
        claims = self.ports.tokens.read(Kind.PHONE, token, now=self.clock.now())
        return phone_verification.holder(claims)

    # What a worker does

    def choose(self, plan: str, income: int | None) -> str | None:
        """What is refused: the code of it; and so below."""
        monthly_income = None if income is None else Rupiah(income)
        return refused(
            lambda: plan_choice.choose(self.ports, self.caller, Plan(plan), monthly_income)
        )

    def change(self, **changes: object) -> None:
        profile_change.change(self.ports, self.caller, changes)

    def withdraw(self, document: str) -> None:
        consents.withdraw(self.ports, self.caller, document)

    def accept(self, document: str) -> None:
        accepted = next(each for each in DOCUMENTS if each.document == document)
        consents.accept(self.ports, self.caller, accepted, Once())

    def ask_for_bill(self, months: int) -> Bill | str:
        try:
            return billing.issue(self.ports, self.caller, months, Once())
        except DomainError as refusal:
            return refusal.code

    def cancel(self, bill: Bill) -> str | None:
        return refused(lambda: invoices.cancel(self.ports, self.caller, bill.id))

    def flag(self, told: Told, virtual_account_no: str) -> str:
        """What the bank hears."""
        call = payment.PaymentFlag(
            external_id=told.external_id,
            service_id=SERVICE_ID,
            virtual_account_no=virtual_account_no,
            payment_request_id=told.payment_id,
            amount=Decimal(told.amount),
            transacted_at=told.paid_at,
            reference_no=told.payment_id,
        )
        return payment.flag(self.ports, BANK, call).outcome.value

    # What can be seen

    def answer(self, on: date | None) -> Answer:
        report = coverage.show(self.ports, self.caller, on)
        return Answer(
            status=report.status.value,
            plan=report.plan and report.plan.value,
            protected_from=report.protected_from,
            protected_until=report.protected_until,
            next_due_on=report.next_due_on,
            credit=report.credit.amount,
            arrears=(report.arrears.months, report.arrears.amount.amount),
            programmes=[
                (each.programme.value, each.status.value, each.waiting_until)
                for each in report.programmes
            ],
        )

    def bills(self, newest: int) -> list[Bill]:
        page = invoices.listed(self.ports, self.caller, PageRequest(limit=newest))
        return list(page.items)

    def paid_months(self) -> list[tuple[int, datetime, int]]:
        with self.ports.transactions.reading() as session:
            paid = session.scalars(select_contributions(self.caller.worker_id)).all()
        return [
            (time.month_with(each.month.first_day), each.settled_at, each.amount.amount)
            for each in paid
        ]

    def unbalanced(self) -> list[object]:
        return list(ledger.unbalanced(self.ports))


def seen(bill: Bill) -> dict[str, object]:
    return {
        "status": bill.status.value,
        "amount": bill.amount.amount,
        "credit_used": bill.credit_used.amount,
        "protected_until": bill.protected_until,
        "expires_at": bill.expires_at,
    }


def refused(use: Callable[[], object]) -> str | None:
    try:
        use()
    except DomainError as refusal:
        return refusal.code
    return None


def _application(birth_date: date, occupations: list[str], income: int) -> Application:
    # A woman's NIK says so by 40 days.
    born = f"{birth_date.day + 40:02}{birth_date:%m%y}"
    return Application(
        nik=Nik(f"327301{born}0001"),
        full_name="Siti Aminah",
        birth_place="Bandung",
        birth_date=birth_date,
        sex=Sex.FEMALE,
        mother_maiden_name="Ratna Dewi",
        address="Jl. Kenanga 12",
        village_code="31.71.01.1001",
        occupations=[Occupation(code=code) for code in occupations],
        monthly_income=Rupiah(income),
        consents=DOCUMENTS,
    )
