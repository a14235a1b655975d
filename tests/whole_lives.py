"""A worker about whom everything is known that can be, and where all of it stands."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import Connection, Table, select, text

from models.identity_verdict import IdentityReason
from models.message import MessageKind
from models.phone_change import PhoneChange
from models.phone_change_request import HOLD, PhoneChangeRequest, PhoneChangeStatus
from models.privacy_request import PrivacyRequest
from models.reminder import Reminder
from models.review import Review
from models.values.access import Access, Seen, StaffRole
from models.values.audit import AuditAction, SearchedBy
from models.values.identity import IdentityStatus
from models.values.ids import new_id
from models.values.month import Month
from models.values.phone import PhoneNumber
from models.values.privacy import PrivacyRequestKind
from models.values.review import ReviewKind, Ruling
from models.worker import select_worker, select_worker_to_change
from services import access_log, identity_refusal, invoices, notices
from services.audit.recording import Deed, record
from services.audit.searched import searched
from services.bank import inquiry, payment
from services.callers import SignedIn
from services.enrolment import chunks
from services.links import own
from services.links.sent import SENT_PLACE
from services.operations.migrate import tables
from services.phone_recovery import WANTED_PLACE
from services.ports import Ports
from services.tokens import Kind
from services.vault import Vault
from tests.api.joining import PHONE, join, phone_token
from tests.api.signing_in import bearer
from tests.banks import BANK, BankOutcome, about, paid
from tests.fakes import FixedClock
from tests.fleets import Fleet
from tests.officers import officer
from tests.ties import add_partner, tie

FORMER_PHONE = PhoneNumber("+6281355501234")
WANTED_PHONE = PhoneNumber("+6281355509876")
GIVEN: dict[str, Any] = {
    "full_name": "Roro Mendut",
    "birth_place": "Pandeglang",
    "mother_maiden_name": "Nyai Suhartini",
    "address": "Kampung Rawa Bunga 17",
    "postal_code": "42211",
    "village_code": "31.71.01.1002",
    "email": "roro@contoh.id",
    "kusuka_number": "3601-77-9911",
    "referral_code": "DESA-RAWABUNGA",
    "monthly_income": 3_456_789,
    "occupations": [{"code": "TR01", "workplace": "Pangkalan Cilegon", "hours_per_week": 53}],
}
EXTERNAL_ID = "OK-RAWABUNGA-7731"
"""Under which platforms know them."""
BIRTH_PLACE = "Kualapembuang"
"""That a platform sent, and nobody has compared."""
NOTED = "Kakaknya di Lebakwangi menjamin dia."
"""By an officer."""
# Places and occupations that are the same for everybody.
REFERENCE = {"province", "regency", "district", "village", "listed_region", "occupation"}
QUEUES = "select tablename from pg_tables where tablename like 'procrastinate%'"


@dataclass
class Life:
    ports: Ports
    caller: SignedIn
    phone: str = PHONE

    @classmethod
    def of(cls, ports: Ports, joined: dict[str, Any], phone: str = PHONE) -> Life:
        """:param joined: the answer to a registration."""
        claims = ports.tokens.read(Kind.WORKER, joined["access_token"], now=ports.clock.now())
        return cls(ports, SignedIn(UUID(claims["sub"]), UUID(claims["sid"])), phone)

    @property
    def worker_id(self) -> UUID:
        return self.caller.worker_id

    def headers(self, **headers: str) -> dict[str, str]:
        """With an access token of now."""
        return bearer(self.ports, self.caller, **headers)

    def verify_phone(self, client: FlaskClient) -> str:
        """A fresh phone token."""
        return phone_token(client, self.ports, self.phone)


def live(client: FlaskClient, ports: Ports, clock: FixedClock) -> Life:
    """Registered, corrected, checked, billed and paid, under another number before, told of it, and
    asked about by somebody else.

    :param ports: with the banks of ``tests.banks``.
    """
    wrong = GIVEN | {"birth_place": "Rangkasbitung"}
    joined = join(client, ports, Idempotency_Key="registration", **wrong)
    life = Life.of(ports, joined)
    right = {"birth_place": GIVEN["birth_place"]}
    client.patch("/v1/me", json=right, headers=life.headers())
    ports.jobs.work(ports)
    client.put("/v1/me/plan", json={"plan": "complete"}, headers=life.headers())
    pay_for(life, client, clock, months=2)
    _be_refused_for_a_while(life)
    pay_for(life, client, clock, months=1)
    _be_paid_for(life, clock)
    _tell(life)
    _be_reminded(life)
    _be_asked_about(life)
    _be_enrolled(life)
    _be_looked_up(life)
    _be_looked_at(life)
    ports.jobs.work(ports)
    return life


def pay_for(life: Life, client: FlaskClient, clock: FixedClock, *, months: int) -> None:
    """At a bank that asks first."""
    headers = life.headers(**{"Idempotency-Key": f"invoice-{clock.now().timestamp()}"})
    asked = client.post("/v1/me/invoices", json={"months": months}, headers=headers)
    bill = invoices.show(life.ports, life.caller, UUID(asked.json["id"]))
    inquiry.inquire(life.ports, BANK, about(bill))
    clock.advance(minutes=5)
    payment.flag(life.ports, BANK, paid(bill, clock.now()))


def _be_paid_for(life: Life, clock: FixedClock) -> None:
    """By a platform that has them among its drivers: a month that they have not paid."""
    fleet = Fleet.of(life.ports)
    fleet.enrol(worker=life.caller)
    bill = fleet.bill(month=Month.at(clock.now()) + 6)
    assert fleet.pay(bill) is BankOutcome.ACCEPTED


def _tell(life: Life) -> None:
    ports = life.ports
    with ports.transactions.begin() as session:
        worker = session.scalars(select_worker(life.worker_id)).one()
        told = (worker, MessageKind.PHONE_CHANGED, ports.clock.now())
        notices.queue(ports, session, *told, to=FORMER_PHONE)
        now = ports.clock.now()
        session.add(PhoneChange(worker_id=worker.id, changed_at=now))
        access_log.record(session, worker.id, Access.by_worker(Seen.EVERYTHING), now)


def _be_reminded(life: Life) -> None:
    """Before the end of the year."""
    with life.ports.transactions.begin() as session:
        worker = session.scalars(select_worker(life.worker_id)).one()
        message = notices.queue(
            life.ports, session, worker, MessageKind.REMINDER, life.ports.clock.now()
        )
        reminder = Reminder(
            worker_id=worker.id,
            due_on=date(2026, 12, 31),
            days=-7,
            message_id=message.id,
            called_off_at=life.ports.clock.now(),
        )
        session.add(reminder)


def _be_asked_about(life: Life) -> None:
    """Somebody says that they are this worker and have lost the phone."""
    ports, request_id, now = life.ports, new_id(), life.ports.clock.now()
    number = ports.vault.seal(WANTED_PLACE, request_id, WANTED_PHONE.e164)
    asked = PhoneChangeRequest(
        id=request_id,
        worker_id=life.worker_id,
        phone_key=ports.vault.search_key_of(WANTED_PHONE),
        phone_sealed=number,
        requested_at=now,
        hold_until=now + HOLD.value,
        status=PhoneChangeStatus.OBJECTED,
        closed_at=now,
    )
    with ports.transactions.begin() as session:
        session.add(asked)


def _be_enrolled(life: Life) -> None:
    """By two platforms, one of which they sent away, with somebody else's birth place."""
    ports, now = life.ports, life.ports.clock.now()
    for name, ended in (("Ojek Kita", False), ("Ojek Lama", True)):
        enrolment_id = new_id()
        sent = ports.vault.seal(SENT_PLACE, enrolment_id, json.dumps({"birth_place": BIRTH_PLACE}))
        made = {
            "id": enrolment_id,
            "sent_sealed": sent,
            "sent_digest": b"what was sent " + enrolment_id.bytes[:2],
            "many_on_phone": False,
            "identity_asked_at": now,
            "identity_checked_at": now,
            "welcomed_at": now,
        }
        partner = add_partner(ports, name)
        link = tie(ports, partner, life.caller, EXTERNAL_ID, **made)
        own.confirm(ports, life.caller, link.id)
        if ended:
            own.end(ports, life.caller, link.id)


def _be_looked_up(life: Life) -> None:
    """By their phone number."""
    ports = life.ports
    phone = searched(ports.vault, SearchedBy.PHONE, PhoneNumber.parse(life.phone))
    deed = Deed(action=AuditAction.LOOKED_UP, worker_id=life.worker_id, searched=phone)
    with ports.transactions.begin() as session:
        record(session, officer(ports, session), deed, ports.clock.now())


def _be_refused_for_a_while(life: Life) -> None:
    """What has been paid in advance is to be paid back; then staff find that all is well."""
    with life.ports.transactions.begin() as session:
        worker = session.scalars(select_worker_to_change(life.worker_id)).one()
        now = life.ports.clock.now()
        case = identity_refusal.refuse_worker(session, worker, IdentityReason.HELD_BY_ANOTHER, now)
        assert case is not None
        case.closed_at, case.bank_reference = now, "TRF-2026-11-30-7719"
        session.flush()
        worker.identity_status, worker.identity_reason = IdentityStatus.VERIFIED, None


def _be_looked_at(life: Life) -> None:
    """By staff, who decided, and entered what was asked for by letter."""
    ports, now = life.ports, life.ports.clock.now()
    with ports.transactions.begin() as session:
        by = officer(ports, session, StaffRole.REVIEWER).account_id
        session.add(
            Review(
                kind=ReviewKind.IDENTITY,
                worker_id=life.worker_id,
                about_id=life.worker_id,
                first_note=NOTED,
                decision=Ruling.VERIFY,
                decided_by=by,
                note=NOTED,
                closed_at=now,
            )
        )
        asked = PrivacyRequest.of(
            PrivacyRequestKind.CORRECTION, life.worker_id, now, entered_by=by, note=NOTED
        )
        asked.done_note, asked.done_by, asked.closed_at = NOTED, by, now
        session.add(asked)


def about_workers() -> Iterator[Table]:
    """Every table whose rows name a worker."""
    return (table for table in tables().sorted_tables if "worker_id" in table.columns)


def everything(connection: Connection, vault: Vault) -> dict[str, str]:
    """All that stands in a table, as text, by the table's name: what is sealed is opened, and an
    answer that is kept is unpacked. The queue's tables too."""
    own = {
        table.name: "\n".join(_values(connection, vault, table))
        for table in tables().sorted_tables
        if table.name not in REFERENCE
    }
    queues = connection.scalars(text(QUEUES)).all()
    return own | {name: "\n".join(_as_text(connection, name)) for name in queues}


def _values(connection: Connection, vault: Vault, table: Table) -> Iterator[str]:
    for row in connection.execute(select(table)):
        for column, value in row._mapping.items():
            if table.name == "batch_chunk" and column == "content_sealed" and value is not None:
                yield str(chunks.open(vault, row.batch_id, row.number, value).rows())
            elif column.endswith("_sealed") and value is not None:
                place = f"{table.name}.{column.removesuffix('_sealed')}"
                yield _unpacked(vault.open(place, row.id, value))
            else:
                yield value.hex() if isinstance(value, bytes) else str(value)


def _unpacked(opened: str) -> str:
    """An answer is kept as status, headers and body, the body in base64."""
    if not opened.startswith("["):
        return opened
    _, _, body = json.loads(opened)
    return b64decode(body).decode()


def _as_text(connection: Connection, queue: str) -> Iterator[str]:
    yield from connection.scalars(text(f"select t::text from {queue} t"))  # noqa: S608
