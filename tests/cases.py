"""Cases that wait for staff, and officers who decide them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import select

from models.audit_event import AuditEvent
from models.phone_change_request import HOLD
from models.values.access import StaffRole
from models.values.decision import Decision
from models.values.identity import Element, Finding
from models.values.nik import Nik
from models.values.review import Ruling
from models.worker import Worker
from services.callers import StaffCaller
from services.once import Once
from services.ports import Comparison, Ports
from services.reviews import claiming, deciding
from services.reviews.deciding import Decided
from tests.api.joining import ANOTHER_PHONE, NIK, PHONE, join
from tests.api.phone_changing import ask_from, asked, join_verified
from tests.fakes import AGREES, FixedClock
from tests.officers import officer

NOTE = "KTP seen on video, the same person."
SECOND_PHONES = ("0813-9999-1001", "0813-9999-1002", "0813-9999-1003")


def reviewer(ports: Ports, username: str | None = None) -> StaffCaller:
    with ports.transactions.begin() as session:
        return officer(ports, session, StaffRole.REVIEWER, username)


def answers(ports: Ports, finding: Finding, nik: str = NIK, **scores: int) -> None:
    """What the population registry says of a NIK from now on."""
    compared = AGREES | {Element(name): score for name, score in scores.items()}
    ports.identity.answers[Nik(nik)] = Comparison(  # type: ignore[attr-defined]
        finding=finding,
        scores=compared if finding is Finding.FOUND else {},
        response_code="00",
    )


def joined(client: FlaskClient, ports: Ports, phone: str = PHONE, **changes: Any) -> UUID:
    """Somebody who registers, and whom the registry is asked about."""
    worker_id = UUID(join(client, ports, phone, **changes)["worker"]["id"])
    ports.jobs.work(ports)  # type: ignore[attr-defined]
    return worker_id


def duplicate(client: FlaskClient, ports: Ports, phone: str = PHONE, **changes: Any) -> UUID:
    """In review, because the registry has more than one record."""
    answers(ports, Finding.DUPLICATE, changes.get("nik", NIK))
    return joined(client, ports, phone, **changes)


def contested(client: FlaskClient, ports: Ports) -> tuple[UUID, UUID]:
    """Who holds a NIK, and who registered with the same before that was known."""
    first = UUID(join(client, ports)["worker"]["id"])
    later = UUID(join(client, ports, ANOTHER_PHONE)["worker"]["id"])
    ports.jobs.work(ports)  # type: ignore[attr-defined]
    return first, later


def lost_phone(client: FlaskClient, ports: Ports, clock: FixedClock) -> tuple[UUID, UUID]:
    """A worker, and their request for another number, whose hold is over."""
    worker = join_verified(client, ports)
    ask_from(client, ports)
    request_id = UUID(asked(client, worker["access_token"])[0]["id"])
    clock.time += HOLD.value
    return UUID(worker["worker"]["id"]), request_id


def decide(ports: Ports, by: StaffCaller, review_id: UUID, ruling: Ruling, **more: Any) -> Decided:
    decision = Decision(decision=ruling, note=more.pop("note", NOTE), **more)
    return deciding.decide(ports, by, review_id, decision, Once())


def claim_and_decide(
    ports: Ports, by: StaffCaller, review_id: UUID, ruling: Ruling, **more: Any
) -> Decided:
    claiming.claim(ports, by, review_id)
    return decide(ports, by, review_id, ruling, **more)


def refuse_by_two(ports: Ports, review_id: UUID) -> None:
    for _ in range(2):
        claim_and_decide(ports, reviewer(ports), review_id, Ruling.REFUSE)


def worker(ports: Ports, worker_id: UUID) -> Worker:
    with ports.transactions.reading() as session:
        return session.get_one(Worker, worker_id)


def deeds(ports: Ports, by: StaffCaller) -> list[AuditEvent]:
    """What an officer did, in order."""
    done = select(AuditEvent).where(AuditEvent.account_id == by.account_id)
    with ports.transactions.reading() as session:
        return list(session.scalars(done.order_by(AuditEvent.at, AuditEvent.id)))
