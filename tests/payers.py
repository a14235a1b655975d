"""Workers who choose, are billed and pay, for tests that do not start with registering."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import count
from uuid import UUID

from models.consent import insert_consents
from models.invoice import InvoiceStatus
from models.payment import Payment
from models.settling import select_bill_to_settle, select_payer_of, select_worker_to_settle
from models.sign_in import SignIn
from models.values.identity import IdentityStatus
from models.values.ids import new_id
from models.values.nik import Nik
from models.values.phone import PhoneNumber
from models.values.registration_number import RegistrationNumber
from models.values.rupiah import Rupiah
from models.values.sex import Sex
from models.values.words import Language
from models.worker import Worker, WorkerOccupation
from services import billing, settlement
from services.callers import SignedIn
from services.invoices import Bill
from services.notices import PHONE_PLACE
from services.once import Once
from services.person_on_record import NIK_PLACE
from services.ports import Ports
from services.profile import sealed
from tests.fakes import FixedClock

DRIVER, FISHERMAN = "TR01", "FI01"
VILLAGE = "31.71.01.1001"
_serials = count(1)


def add_worker(
    ports: Ports,
    *,
    occupation: str = FISHERMAN,
    income: int = 900_000,
    identity: IdentityStatus = IdentityStatus.VERIFIED,
    consenting: bool = True,
    reminded: bool = False,
    phone: PhoneNumber | None = None,
    language: Language = Language.INDONESIAN,
    claimed: bool = True,
) -> SignedIn:
    """A worker with a session, as registering and the identity check leave one.

    :param claimed: False: as a partner's enrolment leaves one, but for the session.
    :param reminded: whether they agree to reminders, too.
    :param phone: that can be written to.
    """
    worker_id, sign_in_id, now = new_id(), new_id(), ports.clock.now()
    with ports.transactions.begin() as session:
        worker = _worker(ports, worker_id, income, identity)
        worker.language = language
        worker.claimed_at = now if claimed else None
        if phone is not None:
            worker.phone_sealed = ports.vault.seal(PHONE_PLACE, worker_id, phone.e164)
        session.add(worker)
        session.flush()
        session.add(WorkerOccupation(worker_id=worker_id, position=1, code=occupation))
        session.add(SignIn(id=sign_in_id, worker_id=worker_id, started_at=now, rotated_at=now))
        if consenting:
            documents = ports.consents.current() if reminded else ports.consents.required()
            given = [(each.document, each.version) for each in documents]
            session.execute(insert_consents(worker_id, given, now))
    return SignedIn(worker_id, sign_in_id)


def pay(ports: Ports, bill: Bill, at: datetime | None = None) -> None:
    """What the bank's flag does, without the bank, to a bill that is not called off.

    :param at: when the bank says it was paid.
    """
    now = ports.clock.now()
    with ports.transactions.begin() as session:
        payer = session.scalars(select_payer_of(bill.virtual_account_no)).one()
        worker = session.scalars(select_worker_to_settle(payer)).one()
        invoice = session.scalars(select_bill_to_settle(bill.virtual_account_no)).one()
        if invoice.status is InvoiceStatus.CANCELLED:
            return
        payment = Payment(
            bank="test-bank",
            payment_request_id=str(new_id()),
            reference_no="2026112200001234",
            worker_id=worker.id,
            invoice_id=invoice.id,
            amount=invoice.amount,
            transacted_at=at or now,
            received_at=now,
        )
        settlement.settle(ports, session, worker, invoice, payment)


def pay_twice(ports: Ports, clock: FixedClock, caller: SignedIn) -> Bill:
    """Pay for one month under two bills, so that the price of one becomes credit.

    The bank tells of the first payment when the second has been settled.
    """
    first, paid_at = billing.issue(ports, caller, 1, Once()), clock.now()
    clock.time = first.expires_at + timedelta(minutes=1)
    second = billing.issue(ports, caller, 1, Once())
    pay(ports, second)
    pay(ports, first, at=paid_at)
    return second


@contextmanager
def at(clock: FixedClock, instant: datetime) -> Iterator[None]:
    """Live through a moment of another time."""
    before, clock.time = clock.time, instant
    try:
        yield
    finally:
        clock.time = before


def _worker(ports: Ports, worker_id: UUID, income: int, identity: IdentityStatus) -> Worker:
    # Of another district than those who register over HTTP: they are nobody else.
    nik = Nik(f"317103450793{next(_serials):04}")
    return Worker(
        id=worker_id,
        registration_number=str(RegistrationNumber.draw()),
        registered_at=ports.clock.now(),
        claimed_at=ports.clock.now(),
        nik_key=ports.vault.search_key_of(nik),
        nik_sealed=ports.vault.seal(NIK_PLACE, worker_id, nik.digits),
        full_name="Siti Aminah",
        birth_place="Jakarta",
        birth_date=date(1993, 7, 5),
        sex=Sex.FEMALE,
        phone_key=worker_id.bytes,
        village_code=VILLAGE,
        monthly_income=Rupiah(income),
        language=Language.INDONESIAN,
        identity_status=identity,
        identity_elements=[],
        **sealed(
            ports.vault,
            worker_id,
            mother_maiden_name="Ratna Dewi",
            phone="+6281234567890",
            address="Jl. Kenanga 12",
        ),
    )
