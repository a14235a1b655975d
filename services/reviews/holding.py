"""A case is held by holding the worker whom it is about, and whoever may be in the way of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.phone_change_request import select_wanted_key
from models.values.identity import IdentityStatus
from models.values.review import ReviewKind
from models.worker import (
    Worker,
    select_worker,
    select_workers_to_change,
    select_workers_to_look_at,
)
from services.holding_nik import HolderMoved, hold_with_holder
from services.links.claiming import hold_with_unclaimed
from services.reviews.cases import Case, find_to_change
from services.reviews.errors import ReviewOver
from services.reviews.evidence import others_seen
from services.vault import Vault


@dataclass(frozen=True)
class HeldCase:
    """:param holder: another worker who holds the NIK of a worker whose identity it is about.
    :param enrolled: of a lost phone, the record that a partner began under the number asked for and
        nobody has signed in to.
    """

    case: Case
    worker: Worker
    holder: Worker | None
    enrolled: Worker | None

    @property
    def is_refused(self) -> bool:
        """Of an identity: it was decided against them before."""
        of_identity = self.case.kind is ReviewKind.IDENTITY
        return of_identity and self.worker.identity_status is IdentityStatus.REFUSED


@dataclass(frozen=True)
class LookedAt:
    """:param others: who have the same NIK, where it is about an identity."""

    case: Case
    worker: Worker
    others: Sequence[Worker]


def hold(session: Session, review_id: UUID, now: datetime) -> HeldCase:
    """The case as it is, while nothing changes about its worker.

    :raises ReviewNotFound: there never was anything of this id to decide.
    :raises ReviewOver: it is not to be decided any more.
    :raises HolderMoved: the worker corrected the NIK while we waited for them.
    """
    before = find_to_change(session, review_id, now)
    nik_key = session.scalars(select_worker(before.worker_id)).one().nik_key
    holder = enrolled = None
    if before.kind is ReviewKind.PHONE_CHANGE:
        worker, enrolled = _hold_with_wanted(session, before)
    else:
        worker, holder = hold_with_holder(session, before.worker_id, nik_key)
    # Looked at again, now that nothing changes any more.
    case = find_to_change(session, review_id, now)
    if worker is None:
        raise ReviewOver
    if worker.nik_key != nik_key:
        raise HolderMoved
    return HeldCase(case, worker, holder, enrolled)


def _hold_with_wanted(session: Session, case: Case) -> tuple[Worker | None, Worker | None]:
    """Who is to have another number, and what stands under it, in the order in which everybody
    holds several."""
    wanted = session.scalar(select_wanted_key(case.id))
    enrolled = hold_with_unclaimed(session, case.worker_id, phone_key=wanted)
    worker = session.scalar(select_workers_to_change([case.worker_id]))
    return worker, enrolled


def look(session: Session, review_id: UUID, now: datetime) -> LookedAt:
    """The case as it is, while nothing changes about those who are seen by it.

    That they are seen is written down in rows that name them, for which the database holds each of
    them for a moment: so they are held in the order in which everybody holds several.

    :raises ReviewNotFound: as for ``hold``.
    :raises ReviewOver: as for ``hold``.
    :raises HolderMoved: as for ``hold``.
    """
    before = find_to_change(session, review_id, now)
    worker = session.scalars(select_worker(before.worker_id)).one()
    nik_key, others = worker.nik_key, others_seen(session, before, worker)
    seen = [worker.id, *(each.id for each in others)]
    session.scalars(select_workers_to_look_at(seen)).all()
    case = find_to_change(session, review_id, now)
    if worker.erased_at is not None:
        raise ReviewOver
    if worker.nik_key != nik_key:
        raise HolderMoved
    return LookedAt(case, worker, [each for each in others if each.erased_at is None])


def record_of(vault: Vault, case: Case, worker: Worker) -> bytes:
    """Stands for all that is judged: another one, as soon as any of it changes."""
    judged = [
        case.kind.value,
        worker.identity_status.value,
        worker.identity_reason,
        str(worker.identity_checked_at),
        worker.nik_key.hex(),
        worker.full_name,
        worker.birth_place,
        str(worker.birth_date),
        worker.sex.value,
        (worker.mother_maiden_name_sealed or b"").hex(),
        worker.phone_key.hex(),
    ]
    return vault.digest("review", json.dumps(judged))
