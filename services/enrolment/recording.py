"""What was decided of some rows is written: new ones by COPY, changed ones from lists.

COPY goes in the order of the keys of NIKs. Two who write the same people meet at the first of them,
and one waits for the other; in any other order each could wait for the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from models.enrolling_rows import (
    ENROLMENTS,
    OCCUPATIONS,
    TERMS,
    WORKERS,
    Copying,
    correct_enrolments,
    correct_occupations,
    correct_workers,
)
from models.values.ids import new_ids
from models.values.month import Month
from models.values.plan import Plan
from services.enrolment import newcomers
from services.enrolment.deciding import Decision, Entry, Record, Taken
from services.enrolment.fingerprints import PLAN, differing
from services.enrolment.newcomers import Row
from services.ports import Ports
from services.prepared import Prepared

_WORKERS, _OCCUPATIONS = Prepared(correct_workers()), Prepared(correct_occupations())
_ENROLMENTS = Prepared(correct_enrolments())
# What a change of is a change of what is paid.
_TERMS_OF = {"occupation_code", "monthly_income", PLAN}


@dataclass(frozen=True)
class Enrolling:
    """Who enrols, and by what.

    :param batch_id: the file, if the rows came in one.
    :param dry_run: nothing is written.
    """

    partner_id: UUID
    plan: Plan
    batch_id: UUID | None
    now: datetime
    dry_run: bool = False


class Placed(NamedTuple):
    """A row that was taken, and the ids of its rows."""

    entry: Entry
    taken: Taken
    enrolment_id: UUID
    worker_id: UUID

    @property
    def nik_key(self) -> bytes:
        return self.entry.nik_key


def placed(entries: Sequence[Entry], decisions: Sequence[Decision]) -> list[Placed]:
    """Those that were taken, in the order in which they are written."""
    taken = [
        (entry, decision)
        for entry, decision in zip(entries, decisions, strict=True)
        if isinstance(decision, Taken)
    ]
    ids = zip(taken, new_ids(len(taken)), new_ids(len(taken)), strict=True)
    rows = (
        Placed(
            entry,
            decision,
            decision.known.id if decision.known else enrolment_id,
            decision.worker_id or worker_id,
        )
        for (entry, decision), enrolment_id, worker_id in ids
    )
    return sorted(rows, key=attrgetter("nik_key"))


def record(
    ports: Ports,
    connection: psycopg.Connection[Any],
    enrolling: Enrolling,
    rows: Sequence[Placed],
) -> None:
    """:param rows: as ``placed`` gives them.
    :raises psycopg.errors.UniqueViolation: somebody has written one of them meanwhile."""
    new = [row for row in rows if row.taken.record is Record.NEW]
    own = [row for row in rows if row.taken.record is Record.OWN]
    _add_workers(ports, connection, enrolling, new)
    _correct_workers(ports, connection, enrolling, own)
    sent = dict(zip([row.enrolment_id for row in rows], _sent(ports, rows), strict=True))
    tied = [row for row in rows if row.taken.known is None]
    changed = [row for row in rows if row.taken.known is not None]
    _copy(connection, ENROLMENTS, (_enrolment(enrolling, row, sent) for row in tied))
    _correct_enrolments(connection, enrolling, changed, sent)


def _add_workers(
    ports: Ports,
    connection: psycopg.Connection[Any],
    enrolling: Enrolling,
    rows: Sequence[Placed],
) -> None:
    ids, entries = [row.worker_id for row in rows], [row.entry for row in rows]
    now, month = enrolling.now, Month.at(enrolling.now)
    _copy(connection, WORKERS, newcomers.workers(ports.vault, ids, entries, now))
    _copy(connection, OCCUPATIONS, newcomers.occupations(ids, entries))
    _copy(
        connection,
        TERMS,
        newcomers.terms(ports.occupations, enrolling.plan, now, ids, [month] * len(ids), entries),
    )


def _correct_workers(
    ports: Ports,
    connection: psycopg.Connection[Any],
    enrolling: Enrolling,
    rows: Sequence[Placed],
) -> None:
    if not rows:
        return
    ids, entries = [row.worker_id for row in rows], [row.entry for row in rows]
    _WORKERS.send(connection, {"keys": ids, **newcomers.corrections(ports.vault, ids, entries)})
    codes = [entry.values[newcomers.OCCUPATION] for entry in entries]
    _OCCUPATIONS.send(connection, {"keys": ids, "code": codes})
    priced = [row for row in rows if _TERMS_OF & set(_differing(row))]
    now = enrolling.now
    months = [_first_unpaid(row, now) for row in priced]
    _copy(
        connection,
        TERMS,
        newcomers.terms(
            ports.occupations,
            enrolling.plan,
            now,
            [row.worker_id for row in priced],
            months,
            [row.entry for row in priced],
        ),
    )


def _differing(row: Placed) -> tuple[str, ...]:
    known = row.taken.known
    return differing(known.sent_digest, row.entry.fingerprint) if known else ()


def _first_unpaid(row: Placed, now: datetime) -> Month:
    """The first month, not before the present one, whose price is still open."""
    paid = row.taken.known.paid_through if row.taken.known else None
    present = Month.at(now)
    return present if paid is None else max(present, paid + 1)


def _sent(ports: Ports, rows: Sequence[Placed]) -> list[bytes | None]:
    beside = Record.BESIDE
    return newcomers.sent(
        ports.vault,
        [
            (row.enrolment_id, row.entry.values if row.taken.record is beside else None)
            for row in rows
        ],
    )


def _enrolment(enrolling: Enrolling, row: Placed, sent: dict[UUID, bytes | None]) -> Row:
    """In the order of the columns of ``enrolling_rows.ENROLMENTS``."""
    entry = row.entry
    return (
        row.enrolment_id,
        enrolling.partner_id,
        row.worker_id,
        entry.external_id,
        entry.nik_key,
        enrolling.batch_id,
        entry.row if enrolling.batch_id else None,
        enrolling.now,
        entry.fingerprint,
        sent[row.enrolment_id],
        entry.values[newcomers.CONSENT_VERSION],
        entry.values[newcomers.CONSENTED_AT],
        row.taken.many_on_phone,
        newcomers.PENDING,
    )


def _correct_enrolments(
    connection: psycopg.Connection[Any],
    enrolling: Enrolling,
    rows: Sequence[Placed],
    sent: dict[UUID, bytes | None],
) -> None:
    if not rows:
        return
    entries = [row.entry for row in rows]
    _ENROLMENTS.send(
        connection,
        {
            "keys": [row.enrolment_id for row in rows],
            "worker_id": [row.worker_id for row in rows],
            "batch_id": [enrolling.batch_id] * len(rows),
            "batch_row": [entry.row if enrolling.batch_id else None for entry in entries],
            "sent_digest": [entry.fingerprint for entry in entries],
            "sent_sealed": [sent[row.enrolment_id] for row in rows],
            "consent_version": [entry.values[newcomers.CONSENT_VERSION] for entry in entries],
            "consented_at": [entry.values[newcomers.CONSENTED_AT] for entry in entries],
            "many_on_phone": [row.taken.many_on_phone for row in rows],
            "unreached": [row.enrolment_id for row in rows if _is_reached_elsewhere(row)],
        },
    )


def _is_reached_elsewhere(row: Placed) -> bool:
    """Whether messages about the tie go to another phone from now on."""
    known, record = row.taken.known, row.taken.record
    if known is None or known.worker_id != row.worker_id:
        return True
    return record is Record.OWN and "phone" in _differing(row)


def _copy(connection: psycopg.Connection[Any], copying: Copying, rows: Iterable[Row]) -> None:
    with connection.cursor() as cursor, cursor.copy(copying.statement) as copy:
        copy.set_types(copying.types)
        for row in rows:
            copy.write_row(row)
