"""What the register says of some rows, asked by their keys, and held where it is to be changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg

from models.enrolling_ground import (
    Claim,
    Known,
    by_keys_alone,
    hold_enrolments,
    hold_workers,
    plans_kept,
    select_claims,
    select_known_by_external_id,
    select_known_by_nik,
    select_many_on_phones,
)
from services.enrolment.deciding import Decision, Entry, Ground, Taken, by_nik_key
from services.prepared import Prepared

_BY_KEYS_ALONE, _PLANS_KEPT = Prepared(by_keys_alone()), Prepared(plans_kept())
_CLAIMS, _ON_PHONES = Prepared(select_claims()), Prepared(select_many_on_phones())
_BY_NIK = Prepared(select_known_by_nik())
_BY_EXTERNAL_ID = Prepared(select_known_by_external_id())
_HOLD_WORKERS, _HOLD_ENROLMENTS = Prepared(hold_workers()), Prepared(hold_enrolments())


def look(connection: psycopg.Connection[Any], partner_id: UUID, entries: Sequence[Entry]) -> Ground:
    _BY_KEYS_ALONE.send(connection, {})
    partner: dict[str, object] = {"partner_id": partner_id}
    niks = {"nik_keys": [entry.nik_key for entry in entries]}
    phones = {"phone_keys": list({entry.phone_key for entry in entries})}
    claims = _CLAIMS.send(connection, niks).all()
    known = [Known(*row) for row in _BY_NIK.send(connection, partner | niks).all()]
    by_external_id = {each.external_id: each for each in known}
    # Of a file that comes again all have been found by then.
    others = [each.external_id for each in entries if each.external_id not in by_external_id]
    for row in _BY_EXTERNAL_ID.send(connection, partner | {"external_ids": others}).all():
        other = Known(*row)
        by_external_id[other.external_id] = other
    on_phones = _ON_PHONES.send(connection, phones).all()
    _PLANS_KEPT.send(connection, {})
    return Ground(
        claims=by_nik_key(Claim(*row) for row in claims),
        by_nik={each.nik_key: each for each in known},
        by_external_id=by_external_id,
        on_phones={row[0]: row[1] for row in on_phones},
    )


@dataclass(frozen=True)
class Touched:
    """Rows that were there before, and that decisions rest upon or change."""

    workers: frozenset[UUID]
    enrolments: frozenset[UUID]

    @classmethod
    def by(cls, decisions: Iterable[Decision]) -> Touched:
        taken = [each for each in decisions if isinstance(each, Taken)]
        return cls(
            frozenset(each.worker_id for each in taken if each.worker_id),
            frozenset(each.known.id for each in taken if each.known),
        )

    def __bool__(self) -> bool:
        return bool(self.workers or self.enrolments)

    def covers(self, other: Touched) -> bool:
        return other.workers <= self.workers and other.enrolments <= self.enrolments

    def hold(self, connection: psycopg.Connection[Any]) -> None:
        """Until the transaction ends nobody else erases, claims or changes them."""
        _HOLD_WORKERS.send(connection, {"worker_ids": list(self.workers)})
        _HOLD_ENROLMENTS.send(connection, {"enrolment_ids": list(self.enrolments)})
