"""What partners sent is put before the registry at a pace. Run by the worker, every few seconds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain, islice, zip_longest
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from models.batch_trial import select_files_to_ask
from models.check_pace import MOST_OPEN, count_asked, select_pace, select_spent
from models.enrolment import Enrolment
from models.enrolment_checks import (
    count_open,
    insert_checks,
    mark_asked,
    select_partners_to_ask_for,
    select_to_ask,
    select_unasked,
)
from models.values.identity import IdentityStatus
from models.values.ids import new_id
from models.values.jakarta import day_of
from services.jobs import CheckEnrolment
from services.ports import Ports


def pace(ports: Ports) -> None:
    """Ask about as many as the pace allows, one for each partner in turn.

    Half of the registry's quota is not ours to spend: it is for people who register by themselves.
    The row of the pace is held meanwhile, so any number of processes spend it once; whoever finds
    it held leaves the round to the other.
    """
    now, per_day = ports.clock.now(), ports.registry_checks_per_day // 2
    today = day_of(now)
    with ports.transactions.begin() as session:
        pace = session.scalar(select_pace())
        if pace is None:
            return
        room = min(
            pace.room(per_day, now),
            per_day - session.scalars(select_spent(today)).one(),
            MOST_OPEN.value - session.scalars(count_open()).one(),
        )
        asked = _ask(ports, session, room, today, now) if room > 0 else 0
        if asked:
            pace.spend(asked, per_day, now)


def _ask(ports: Ports, session: Session, room: int, today: date, now: datetime) -> int:
    """:returns: about how many."""
    chosen = _chosen(session, room, today)
    rows = session.execute(select_to_ask(chosen)).all() if chosen else []
    # Those of a worker who was erased are done with, too.
    session.execute(mark_asked([enrolment.id for enrolment, _ in rows], now))
    asked = [each for each, erased_at in rows if erased_at is None and _wants_answer(each)]
    if not asked:
        return 0
    checks = [_check(enrolment, now) for enrolment in asked]
    session.execute(insert_checks(checks))
    for partner_id, number in sorted(Counter(each.partner_id for each in asked).items()):
        session.execute(count_asked(today, partner_id, number))
    ports.jobs.defer_all(session, [CheckEnrolment(each["id"]) for each in checks])
    return len(asked)


def _wants_answer(enrolment: Enrolment) -> bool:
    return enrolment.identity_status is IdentityStatus.PENDING


def _check(enrolment: Enrolment, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "worker_id": enrolment.worker_id,
        "enrolment_id": enrolment.id,
        "of_record": enrolment.sent_sealed is None,
        "nik_key": enrolment.nik_key,
        "requested_at": now,
        "attempts": 0,
    }


def _chosen(session: Session, room: int, today: date) -> Sequence[UUID]:
    """One of each partner, then the next of each; who has had least today comes first."""
    partners = session.execute(select_partners_to_ask_for(today)).all()
    waiting = [
        list(islice(_waiting(session, each, room), min(room, left))) for each, left in partners
    ]
    return list(islice(_in_turn(waiting), room))


def _in_turn(waiting: Iterable[Sequence[UUID]]) -> Iterator[UUID]:
    rounds = zip_longest(*waiting)
    return (each for each in chain.from_iterable(rounds) if each is not None)


def _waiting(session: Session, partner_id: UUID, room: int) -> Iterator[UUID]:
    """Those that came one by one are being taken on at this moment; then file after file."""
    yield from session.scalars(select_unasked(partner_id, None, room))
    for batch_id, trial_over, left in session.execute(select_files_to_ask(partner_id)).all():
        most = room if trial_over else min(room, left)
        if most > 0:
            yield from session.scalars(select_unasked(partner_id, batch_id, most))
