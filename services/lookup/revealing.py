"""An officer asks for some of a worker's fields in clear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.invoice import select_open_invoice
from models.values.access import Access, AccessReason
from models.values.audit import AuditAction
from models.values.rupiah import Rupiah
from models.values.staff_fields import RULES, Sight, StaffField, ever_revealed
from models.worker import Worker, select_worker
from services import access_log
from services.audit.recording import Deed, record
from services.callers import StaffCaller
from services.errors import DomainError, FieldFault, Invalid
from services.lookup.errors import NOT_FOR_THIS_REASON, FieldNotRevealed, WorkerNotFound
from services.lookup.opened import opened
from services.lookup.pacing import Pacer
from services.ports import Ports

Clear = str | date | Rupiah | None


@dataclass(frozen=True)
class Revealed:
    """:param fields: None where it is not known, or was erased."""

    worker_id: UUID
    fields: Mapping[StaffField, Clear]


def reveal(
    ports: Ports,
    officer: StaffCaller,
    worker_id: UUID,
    fields: Sequence[StaffField],
    reason: AccessReason,
    note: str | None = None,
) -> Revealed:
    """Fields of a worker in clear, as far as the field table allows. The worker is told of each.

    :raises FieldNotRevealed: one of them is not for this role, whatever the reason.
    :raises Invalid: some are not for this reason.
    :raises WorkerNotFound: there is none under this id.
    :raises TooManyReveals: the officer asks for more than answering calls needs.
    """
    wish = _Wish(worker_id, reason, tuple(fields))
    deed = Deed(
        action=AuditAction.REVEALED,
        worker_id=worker_id,
        reason=reason,
        note=note,
        details={"fields": [each.value for each in wish.wanted]},
    )
    with ports.transactions.begin() as session:
        outcome = _outcome(ports, session, officer, deed, wish)
    if isinstance(outcome, DomainError):
        raise outcome
    return outcome


@dataclass(frozen=True)
class _Wish:
    """:param named: the fields as they were named, perhaps twice."""

    worker_id: UUID
    reason: AccessReason
    named: tuple[StaffField, ...]

    @property
    def wanted(self) -> tuple[StaffField, ...]:
        return tuple(dict.fromkeys(self.named))

    def refused_to(self, officer: StaffCaller) -> DomainError | None:
        if not all(ever_revealed(officer.role, each) for each in self.named):
            return FieldNotRevealed()
        sight = Sight(officer.role, self.reason)
        faults = [
            FieldFault.of(f"/fields/{place}", NOT_FOR_THIS_REASON)
            for place, each in enumerate(self.named)
            if not sight.reveals(each)
        ]
        return Invalid(*faults) if faults else None


def _outcome(
    ports: Ports, session: Session, officer: StaffCaller, deed: Deed, wish: _Wish
) -> Revealed | DomainError:
    now = ports.clock.now()
    if too_quick := Pacer.REVEAL.too_quick(session, officer, deed, now):
        return too_quick
    worker = session.scalar(select_worker(wish.worker_id))
    refused = wish.refused_to(officer) or (WorkerNotFound() if worker is None else None)
    record(session, officer, deed, now, refusal=refused)
    if refused or worker is None:
        return refused or WorkerNotFound()
    seen = [RULES[each].seen for each in wish.wanted]
    access = Access.by_staff(officer.role, wish.reason, *seen)
    access_log.record(session, worker.id, access, now)
    fields = {each: _clear(ports, session, worker, each, now) for each in wish.wanted}
    return Revealed(worker.id, fields)


def _clear(
    ports: Ports, session: Session, worker: Worker, named: StaffField, now: datetime
) -> Clear:
    if named in _SEALED:
        return opened(ports.vault, worker, named.value)
    if named is StaffField.VIRTUAL_ACCOUNT_NO:
        bill = session.scalar(select_open_invoice(worker.id))
        return bill.virtual_account_no if bill and now <= bill.expires_at else None
    value: Clear = getattr(worker, named.value)
    return value


_SEALED = {
    StaffField.NIK,
    StaffField.MOTHER_MAIDEN_NAME,
    StaffField.PHONE,
    StaffField.EMAIL,
    StaffField.ADDRESS,
}
