"""What waits for staff to decide, and one case of it."""

from __future__ import annotations

from uuid import UUID

from models.review_queue import select_cases
from models.values.audit import AuditAction
from models.values.page import Page, PageRequest
from models.values.review import ReviewKind, ReviewState
from models.worker import Worker
from services.audit.recording import Deed, record, refusals_on_record
from services.callers import StaffCaller
from services.ports import Ports
from services.reviews.cases import Case, case_of, find
from services.reviews.evidence import others_seen
from services.reviews.holding import LookedAt
from services.reviews.shown import OpenedCase, open_review, opened


def listed(
    ports: Ports,
    officer: StaffCaller,
    page: PageRequest,
    kind: ReviewKind | None = None,
    state: ReviewState | None = None,
) -> Page[Case]:
    """The longest waiting first. Refused identities that nobody is at, only by their state."""
    with ports.transactions.begin() as session:
        now = ports.clock.now()
        statement = select_cases(now, kind=kind, state=state, after=page.after, limit=page.to_read)
        cases = [case_of(row) for row in session.execute(statement)]
        found = Page.of(cases, page, lambda last: (last.since, last.id))
        asked = {"kind": kind and kind.value, "state": state and state.value}
        deed = Deed(action=AuditAction.LISTED_REVIEWS, details=asked | {"shown": len(found.items)})
        record(session, officer, deed, now)
        return found


def one(ports: Ports, officer: StaffCaller, review_id: UUID) -> OpenedCase:
    """All that a decision needs. The worker sees that it was looked at.

    :raises ReviewNotFound: nothing is to be decided under this id.
    """
    looked_for = Deed(action=AuditAction.VIEWED_REVIEW, about_id=review_id)
    with refusals_on_record(ports, officer, looked_for), ports.transactions.begin() as session:
        now = ports.clock.now()
        case = find(session, review_id, now)
        deed = Deed(
            action=AuditAction.VIEWED_REVIEW,
            worker_id=case.worker_id,
            about_id=case.id,
            reason=case.access_reason,
            details={"kind": case.kind.value},
        )
        record(session, officer, deed, now)
        worker = session.get_one(Worker, case.worker_id)
        looked_at = LookedAt(case, worker, others_seen(session, case, worker))
        return opened(ports, session, officer, looked_at, open_review(session, case.id), now)
