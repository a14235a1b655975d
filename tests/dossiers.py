"""One of everything that staff look at and decide, made as it comes about."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from models.check_pace import BatchChecks
from models.enrolment_batch import EnrolmentBatch
from models.message import MessageKind
from models.values.access import StaffRole
from models.values.identity import IdentityStatus
from models.values.phone import PhoneNumber
from models.values.privacy import NewRequest, PrivacyRequestKind
from models.worker import select_worker
from services import notices, privacy_requests
from services.once import Once
from services.ports import Ports
from tests.batches import cells, framed, received
from tests.officers import officer
from tests.partners import partner
from tests.payers import add_worker
from tests.worked_batches import work_on

NOTE = "As the caller told us."
PHONE = PhoneNumber("+6281398765432")


def dossier(ports: Ports, session: Session) -> dict[str, UUID]:
    """Their ids, by the names that they have in paths."""
    worker_id = add_worker(ports, phone=PHONE).worker_id
    things = {
        "worker_id": worker_id,
        "message_id": message(ports, session, worker_id),
        # A case is called by whom it is about.
        "review_id": add_worker(ports, identity=IdentityStatus.IN_REVIEW).worker_id,
        "privacy_request_id": privacy_request(ports, session, worker_id),
        "batch_id": paused_batch(ports, session),
        "account_id": officer(ports, session).account_id,
    }
    session.commit()
    return things


def message(ports: Ports, session: Session, worker_id: UUID) -> UUID:
    """One that has gone out, and so long ago that it may go out again."""
    worker = session.scalars(select_worker(worker_id)).one()
    sent = notices.queue(ports, session, worker, MessageKind.PHONE_CHANGED, ports.clock.now())
    session.commit()
    ports.jobs.work(ports)  # type: ignore[attr-defined]
    ports.clock.advance(minutes=2)  # type: ignore[attr-defined]
    return sent.id


def privacy_request(ports: Ports, session: Session, worker_id: UUID) -> UUID:
    """For a copy, entered by an officer who is none of the others."""
    by = officer(ports, session, StaffRole.REVIEWER)
    asked = NewRequest(worker_id=worker_id, kind=PrivacyRequestKind.EXPORT, note=NOTE)
    return privacy_requests.enter(ports, by, asked, Once()).id


def paused_batch(ports: Ports, session: Session) -> UUID:
    """Whose rest waits, since the registry did not know enough of its people."""
    batch_id = received(ports, session, partner(ports, session), framed([cells(1), cells(2)]))
    work_on(ports, session, batch_id)
    session.get_one(EnrolmentBatch, batch_id).checks_paused_at = ports.clock.now()
    session.add(BatchChecks(batch_id=batch_id, answered=300, not_found=120))
    session.flush()
    return batch_id
