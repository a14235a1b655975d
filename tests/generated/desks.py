"""Officers who call, each with something on the desk of all that they can be about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from uuid import UUID

from models.batch_trial import pause_checks
from models.check_pace import BatchChecks
from models.message import MessageKind
from models.values.access import StaffRole
from models.values.channel import DeliveryState
from models.values.privacy import NewRequest, PrivacyRequestKind
from models.worker import select_worker
from services import notices, privacy_requests
from services.callers import StaffCaller
from services.once import Once
from services.ports import Ports
from tests.batches import cells, framed, received
from tests.generated.platforms import Platforms
from tests.generated.stages import Caller, People, Stage
from tests.officers import bearer, officer, signed_in_again
from tests.worked_batches import work_on

NOTE = "Penelepon bertanya tentang pembayaran kemarin."
# By where their operations are; everything else is a reviewer's.
ROLES = {
    "/v1/staff/accounts": StaffRole.ADMIN,
    "/v1/staff/audit-events": StaffRole.AUDITOR,
    "/v1/staff/batches": StaffRole.OFFICER,
}


def role_for(path: str) -> StaffRole:
    """Who may call an operation."""
    fitting = (role for root, role in ROLES.items() if path.startswith(root))
    return next(fitting, StaffRole.REVIEWER)


@dataclass
class Desk:
    """:param things: by the names that they have in calls."""

    ports: Ports
    officer: StaffCaller
    things: Mapping[str, str] = field(default_factory=dict)

    def headers(self) -> dict[str, str]:
        """Of a session that has just begun: the last one may have ended."""
        with self.ports.transactions.begin() as session:
            again = signed_in_again(self.ports, session, self.officer)
        return bearer(self.ports, again)

    def own(self, name: str) -> str | None:
        return self.things.get(name)


@dataclass
class Desks:
    """Makes officers, and what they see to."""

    people: People
    platforms: Platforms

    def one(self, role: StaffRole) -> Desk:
        """Somebody new, with things that no other officer has touched."""
        return Desk(self.people.ports, self.officer(role), self.things())

    def bare(self, role: StaffRole) -> Desk:
        """Somebody new, who is about what is on no desk of theirs."""
        return Desk(self.people.ports, self.officer(role), self._of_others)

    def officer(self, role: StaffRole) -> StaffCaller:
        with self.people.ports.transactions.begin() as session:
            return officer(self.people.ports, session, role)

    def things(self) -> dict[str, str]:
        worker = self.people.at(Stage.PAID)
        colleague = self.officer(StaffRole.REVIEWER)
        partner = self.platforms.first.fleet.partner
        return {
            "worker_id": str(_id_of(worker)),
            "message_id": str(self.message_to(worker)),
            "review_id": str(_id_of(self.people.known_twice())),
            "privacy_request_id": str(self.asked_for_by(colleague, worker)),
            "batch_id": str(self.paused_file()),
            "account_id": str(colleague.account_id),
            "account": colleague.username,
            "partner_id": str(partner.id),
            "partner": partner.name,
            "nik": worker.nik.digits,
            "phone": worker.phone.e164,
            "full_name": "Siti Aminah",
            "birth_date": "1993-07-05",
            "virtual_account_no": str(worker.bill and worker.bill.virtual_account_no),
        }

    @cached_property
    def _of_others(self) -> dict[str, str]:
        return self.things()

    def message_to(self, worker: Caller) -> UUID:
        """One that has arrived a while ago, as if the gateway had been asked."""
        ports = self.people.ports
        then = ports.clock.now() - timedelta(hours=1)
        with ports.transactions.begin() as session:
            row = session.scalars(select_worker(_id_of(worker))).one()
            message = notices.queue(ports, session, row, MessageKind.PHONE_CHANGED, then)
            message.state, message.settled_at = DeliveryState.DELIVERED, then
        return message.id

    def asked_for_by(
        self, by: StaffCaller, worker: Caller, kind: PrivacyRequestKind = PrivacyRequestKind.EXPORT
    ) -> UUID:
        new = NewRequest(worker_id=_id_of(worker), kind=kind, note=NOTE)
        return privacy_requests.enter(self.people.ports, by, new, Once()).id

    def paused_file(self) -> UUID:
        ports, partner = self.people.ports, self.platforms.first.fleet.partner
        with ports.transactions.begin() as session:
            file = framed([cells(91), cells(92, sex=None)])
            batch_id = received(ports, session, partner, file)
            work_on(ports, session, batch_id)
            session.add(BatchChecks(batch_id=batch_id, answered=212, not_found=101))
            session.flush()
            session.execute(pause_checks(batch_id, ports.clock.now()))
        return batch_id


def _id_of(caller: Caller) -> UUID:
    assert caller.worker is not None
    return caller.worker.worker_id
