"""A case as a list shows it, and how one is found and held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from models.identity_verdict import IdentityReason
from models.review_queue import select_case, select_what_it_was
from models.values.access import AccessReason
from models.values.review import ReviewKind, ReviewState
from services.reviews.errors import ReviewNotFound, ReviewOver

REASONS = {
    ReviewKind.IDENTITY: AccessReason.IDENTITY_CASE,
    ReviewKind.PHONE_CHANGE: AccessReason.PHONE_CHANGE,
    ReviewKind.REFUND: AccessReason.PAYMENT,
}
"""Why staff look at somebody whose case it is."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """What waits for staff. Of the worker it names numbers of ours only.

    :param id: of the worker, the request for another number or the refund case that it is about.
    :param since: when it came to staff; of a lost phone, when it may be decided.
    :param reason: of an identity, why it is with staff.
    :param claimed_by: the username of the officer who has it, until ``claimed_until``.
    """

    id: UUID
    kind: ReviewKind
    state: ReviewState
    worker_id: UUID
    registration_number: str
    since: datetime
    reason: IdentityReason | None
    claimed_by: str | None
    claimed_until: datetime | None

    @property
    def access_reason(self) -> AccessReason:
        return REASONS[self.kind]


def case_of(row: Any) -> Case:
    """:param row: of ``select_cases``."""
    return Case(
        id=row.id,
        kind=ReviewKind(row.kind),
        state=ReviewState(row.state),
        worker_id=row.worker_id,
        registration_number=row.registration_number,
        since=row.since,
        reason=IdentityReason(row.reason) if row.reason else None,
        claimed_by=row.claimed_by,
        claimed_until=row.claimed_until,
    )


def find(session: Session, review_id: UUID, now: datetime) -> Case:
    """:raises ReviewNotFound: nothing is to be decided under this id."""
    row = session.execute(select_case(review_id, now)).one_or_none()
    if row is None:
        raise ReviewNotFound
    return case_of(row)


def find_to_change(session: Session, review_id: UUID, now: datetime) -> Case:
    """:raises ReviewNotFound: there never was anything of this id.
    :raises ReviewOver: there was, and it is not to be decided any more.
    """
    try:
        return find(session, review_id, now)
    except ReviewNotFound:
        if session.scalar(select_what_it_was(review_id)) is None:
            raise
        raise ReviewOver from None
