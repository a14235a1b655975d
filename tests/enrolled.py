"""People whom a partner has enrolled, as its file or a single call leaves them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.consent import insert_consents
from models.contribution import Contribution
from models.coverage_event import select_events
from models.enrolment import Enrolment
from models.enrolment_batch import BatchStatus, EnrolmentBatch
from models.partner import Partner
from models.partner_event import PartnerEvent
from models.terms import ContributionTerms
from models.values.identity import IdentityStatus
from models.values.ids import new_id
from models.values.month import Month
from models.values.nik import Nik
from models.values.phone import PhoneNumber
from models.values.plan import Plan
from models.values.registration_number import RegistrationNumber
from models.values.rupiah import Rupiah
from models.values.sector import Sector
from models.values.sex import Sex
from models.worker import Worker, WorkerOccupation
from services import billing
from services.callers import SignedIn
from services.links.sent import seal_person
from services.once import Once
from services.ports import Person, Ports
from services.profile import sealed
from tests.api.joining import NIK, PHONE
from tests.payers import pay
from tests.ties import enrolment

VILLAGE = "31.71.01.1001"
NAME, BORN = "Siti Aminah", date(1993, 7, 5)


def file_of(ports: Ports, partner: Partner) -> UUID:
    """A file that has been taken in."""
    now = ports.clock.now()
    batch = EnrolmentBatch(
        id=new_id(),
        partner_id=partner.id,
        status=BatchStatus.COMPLETED,
        dry_run=False,
        plan=Plan.BASIC,
        created_at=now,
        progress_at=now,
    )
    with ports.transactions.begin() as session:
        session.add(batch)
    return batch.id


@dataclass(frozen=True)
class Enrolled:
    ports: Ports
    id: UUID
    """Of the enrolment."""
    began_with: UUID
    """The worker whom it was tied to first."""

    @property
    def enrolment(self) -> Enrolment:
        with self.ports.transactions.reading() as session:
            return session.get_one(Enrolment, self.id)

    @property
    def worker(self) -> Worker:
        """Whom it is tied to now."""
        return worker(self.ports, self.enrolment.worker_id)

    @property
    def record(self) -> Worker:
        """What it began with."""
        return worker(self.ports, self.began_with)

    @property
    def events(self) -> list[str]:
        about = select(PartnerEvent.event).where(PartnerEvent.about == self.id)
        with self.ports.transactions.reading() as session:
            return [each.value for each in session.scalars(about.order_by(PartnerEvent.id))]


def enrol(
    ports: Ports,
    partner: Partner,
    nik: str = NIK,
    phone: str = PHONE,
    *,
    name: str = NAME,
    batch: UUID | None = None,
    many_on_phone: bool = False,
    complete: bool = False,
    **record: Any,
) -> Enrolled:
    """Somebody new, of whom nothing is known from elsewhere."""
    worker_id, now = new_id(), ports.clock.now()
    more = {"mother_maiden_name": "Ratna Dewi", "address": "Jl. Kenanga 12"} if complete else {}
    parsed = PhoneNumber.parse(phone)
    new = Worker(
        id=worker_id,
        registration_number=str(RegistrationNumber.draw()),
        registered_at=now,
        claimed_at=None,
        nik_key=ports.vault.search_key_of(Nik(nik)),
        phone_key=ports.vault.search_key_of(parsed),
        full_name=name,
        birth_place="Bandung" if complete else None,
        birth_date=BORN,
        sex=Sex.FEMALE,
        village_code=VILLAGE,
        monthly_income=Rupiah(2_000_000),
        language="id",
        identity_status=IdentityStatus.PENDING,
        identity_elements=[],
        **sealed(ports.vault, worker_id, nik=nik, phone=parsed.e164, **more),
        **record,
    )
    with ports.transactions.begin() as session:
        session.add(new)
        session.flush()
        session.add(WorkerOccupation(worker_id=worker_id, position=1, code="TR01"))
        session.add(
            ContributionTerms(
                worker_id=worker_id,
                from_month=Month.at(now),
                decided_at=now,
                plan=Plan.BASIC,
                monthly_income=Rupiah(2_000_000),
                sector=Sector.TRANSPORT,
            )
        )
    return tie(ports, partner, worker_id, batch=batch, many_on_phone=many_on_phone)


def tie(
    ports: Ports,
    partner: Partner,
    worker_id: UUID,
    *,
    batch: UUID | None = None,
    many_on_phone: bool = False,
    sent_name: str | None = None,
) -> Enrolled:
    """:param sent_name: what the partner calls somebody whose record is another already."""
    enrolment_id, now = new_id(), ports.clock.now()
    with ports.transactions.begin() as session:
        tied = session.get_one(Worker, worker_id)
        sent = None
        if sent_name is not None:
            nik = Nik(ports.vault.open("worker.nik", worker_id, tied.nik_sealed))
            person = Person(nik=nik, full_name=sent_name, birth_date=BORN, sex=Sex.FEMALE)
            sent = seal_person(ports.vault, enrolment_id, person)
        made = enrolment(
            partner.id,
            worker_id,
            now,
            id=enrolment_id,
            external_id=str(enrolment_id),
            nik_key=tied.nik_key,
            batch_id=batch,
            batch_row=None if batch is None else 1,
            sent_digest=enrolment_id.bytes,
            sent_sealed=sent,
            many_on_phone=many_on_phone,
        )
        session.add(made)
    return Enrolled(ports, enrolment_id, worker_id)


def worker(ports: Ports, worker_id: UUID) -> Worker:
    with ports.transactions.reading() as session:
        return session.get_one(Worker, worker_id)


def paid_months(ports: Ports, worker_id: UUID) -> list[str]:
    months = select(Contribution.month).where(Contribution.worker_id == worker_id)
    with ports.transactions.reading() as session:
        return [str(each) for each in session.scalars(months.order_by(Contribution.month))]


def told_of_cover(ports: Ports, worker_id: UUID) -> list[str]:
    with ports.transactions.reading() as session:
        return [each.event.value for each in session.scalars(select_events(worker_id))]


def pay_for(ports: Ports, worker_id: UUID, months: int = 1) -> None:
    """Somebody pays for an unclaimed worker, under a bill of theirs."""
    caller = SignedIn(worker_id, new_id())
    with ports.transactions.begin() as session:
        given = [(each.document, each.version) for each in ports.consents.required()]
        session.execute(insert_consents(worker_id, given, ports.clock.now()))
    pay(ports, billing.issue(ports, caller, months, Once()))
