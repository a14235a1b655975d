"""Drivers are put on the register for a partner: one that was sent by itself, or thousands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any
from uuid import UUID

import psycopg
from psycopg import errors

from models.driver import NormalRow
from services.enrolment.deciding import (
    Decision,
    Entry,
    Refused,
    Taken,
    Unchanged,
    decide,
)
from services.enrolment.fingerprints import fingerprints
from services.enrolment.looking import Touched, look
from services.enrolment.newcomers import NIK, PHONE
from services.enrolment.outcomes import RowOutcome
from services.enrolment.recording import Enrolling, placed, record
from services.ports import Ports
from services.vault import Vault

__all__ = ["Enrolling", "enrol"]

# Each time somebody else has written one of the rows first, and is done. More than a few at a
# time hardly happens.
_MOST_LOOKS = 20


class _Moved(Exception):
    """What was decided does not hold any more: somebody else was there first."""


def enrol(
    ports: Ports,
    connection: psycopg.Connection[Any],
    enrolling: Enrolling,
    rows: Sequence[tuple[int | None, NormalRow]],
) -> list[RowOutcome]:
    """Enrol drivers whose values are good, and say what became of each, in their order.

    Others may enrol the same people meanwhile, or these may register by themselves: whoever is
    second looks again.

    :param connection: in a transaction, and not in a pipeline. That many rows are held in it as
        are changed, so it should end soon.
    :param rows: each with its number in the file, or None.
    """
    entries = _entries(ports.vault, enrolling, rows)
    for _ in range(_MOST_LOOKS):
        with suppress(_Moved), _where_others_were_first(), connection.transaction():
            return _enrol(ports, connection, enrolling, entries)
    raise RuntimeError(f"somebody else was first {_MOST_LOOKS} times in a row")


@contextmanager
def _where_others_were_first() -> Iterator[None]:
    # Two who want the same external ids under other NIKs can still wait for each other: the
    # database ends that by refusing one of them.
    try:
        yield
    except (errors.UniqueViolation, errors.DeadlockDetected) as error:
        raise _Moved from error


def _enrol(
    ports: Ports,
    connection: psycopg.Connection[Any],
    enrolling: Enrolling,
    entries: Sequence[Entry],
) -> list[RowOutcome]:
    decisions = _decided(connection, enrolling, entries)
    if enrolling.dry_run:
        return _outcomes(entries, decisions, {})
    touched = Touched.by(decisions)
    if touched:
        # Looked at again now that nobody else can change them.
        touched.hold(connection)
        decisions = _decided(connection, enrolling, entries)
        if not touched.covers(Touched.by(decisions)):
            raise _Moved
    to_write = placed(entries, decisions)
    record(ports, connection, enrolling, to_write)
    return _outcomes(entries, decisions, {row.nik_key: row.enrolment_id for row in to_write})


def _decided(
    connection: psycopg.Connection[Any], enrolling: Enrolling, entries: Sequence[Entry]
) -> list[Decision]:
    ground = look(connection, enrolling.partner_id, entries)
    return decide(entries, ground, enrolling.batch_id)


def _entries(
    vault: Vault, enrolling: Enrolling, rows: Sequence[tuple[int | None, NormalRow]]
) -> list[Entry]:
    values = [row for _, row in rows]
    keys = zip(
        rows,
        vault.digests("nik", [row[NIK] for row in values]),
        vault.digests("phone", [row[PHONE] for row in values]),
        fingerprints(vault, enrolling.partner_id, enrolling.plan, values),
        strict=True,
    )
    return [Entry(number, row, nik, phone, print_) for (number, row), nik, phone, print_ in keys]


def _outcomes(
    entries: Sequence[Entry], decisions: Sequence[Decision], ids: dict[bytes, UUID]
) -> list[RowOutcome]:
    """:param ids: of the ties that were written, by the key of the NIK."""
    return [
        _outcome(entry, decision, ids) for entry, decision in zip(entries, decisions, strict=True)
    ]


def _outcome(entry: Entry, decision: Decision, ids: dict[bytes, UUID]) -> RowOutcome:
    match decision:
        case Taken():
            return RowOutcome("accepted", entry.external_id, ids.get(entry.nik_key))
        case Unchanged(known, ignored):
            return RowOutcome("unchanged", entry.external_id, known.id, ignored=ignored)
        case Refused(faults):
            return RowOutcome("rejected", entry.external_id, faults=faults)
