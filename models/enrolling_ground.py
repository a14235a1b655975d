"""What the register says of many drivers at once, found by keys: who is known, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    LargeBinary,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    func,
    select,
)
from sqlalchemy.orm import aliased

from models.enrolment import Enrolment
from models.values.identity import IdentityStatus
from models.values.month import Month
from models.worker import Worker

# Bound in these statements: ``partner_id``, and as lists ``nik_keys``, ``external_ids``,
# ``phone_keys`` and ``worker_ids``. Each list is looked up in an index, one key after the other.


@dataclass(frozen=True, slots=True)
class Claim:
    """A worker who has, or claims, a NIK.

    :param holds: the registry said that it is theirs.
    """

    worker_id: UUID
    nik_key: bytes
    phone_key: bytes
    holds: bool


@dataclass(frozen=True, slots=True)
class Known:
    """A tie that the partner has with a driver.

    :param apart: what was sent is kept beside the worker's record and not in it.
    :param asked: the registry was, or is about to be, asked about what was sent.
    :param shared: the worker is tied to somebody else too.
    :param claimed_at: when the worker first signed in.
    """

    id: UUID
    worker_id: UUID
    external_id: str
    nik_key: bytes
    batch_id: UUID | None
    batch_row: int | None
    enrolled_at: datetime
    sent_digest: bytes
    apart: bool
    asked: bool
    confirmed: bool
    shared: bool
    claimed_at: datetime | None
    paid_through: Month | None


def select_claims() -> Select[*tuple[Any, ...]]:
    """Everybody with one of the NIKs, in the order of ``Claim``. Who was erased claims nothing."""
    holds = Worker.identity_status == IdentityStatus.VERIFIED
    return select(Worker.id, Worker.nik_key, Worker.phone_key, holds).where(
        Worker.nik_key == _one_of("nik_keys", LargeBinary), Worker.erased_at.is_(None)
    )


def select_known_by_nik() -> Select[*tuple[Any, ...]]:
    """The partner's open ties with these NIKs, in the order of ``Known``."""
    return _known().where(Enrolment.nik_key == _one_of("nik_keys", LargeBinary))


def select_known_by_external_id() -> Select[*tuple[Any, ...]]:
    return _known().where(Enrolment.external_id == _one_of("external_ids", Text))


def select_many_on_phones() -> Select[bytes, int]:
    """How many workers there are on each of the phones that anybody has."""
    return (
        select(Worker.phone_key, func.count())
        .where(Worker.phone_key == _one_of("phone_keys", LargeBinary))
        .group_by(Worker.phone_key)
    )


def hold_workers() -> Select[UUID]:
    """Those of the workers who have not been erased, held until the transaction ends.

    In the order of their ids, as all do who hold several: nobody waits for each other.
    """
    return (
        select(Worker.id)
        .where(Worker.id == _one_of("worker_ids", Uuid), Worker.erased_at.is_(None))
        .order_by(Worker.id)
        .with_for_update()
    )


def hold_enrolments() -> Select[UUID]:
    """The ties with the ids ``enrolment_ids``, held; after their workers."""
    return (
        select(Enrolment.id)
        .where(Enrolment.id == _one_of("enrolment_ids", Uuid))
        .order_by(Enrolment.id)
        .with_for_update()
    )


def _known() -> Select[*tuple[Any, ...]]:
    other = aliased(Enrolment)
    shared = select(other.id).where(
        other.worker_id == Enrolment.worker_id,
        other.id != Enrolment.id,
        other.ended_at.is_(None),
    )
    return (
        select(
            Enrolment.id,
            Enrolment.worker_id,
            Enrolment.external_id,
            Enrolment.nik_key,
            Enrolment.batch_id,
            Enrolment.batch_row,
            Enrolment.enrolled_at,
            Enrolment.sent_digest,
            Enrolment.sent_sealed.is_not(None),
            Enrolment.identity_asked_at.is_not(None),
            Enrolment.confirmed_at.is_not(None),
            shared.exists(),
            Worker.claimed_at,
            Worker.paid_through,
        )
        .join(Worker, Worker.id == Enrolment.worker_id)
        .where(
            Enrolment.partner_id == bindparam("partner_id", type_=Uuid),
            Enrolment.ended_at.is_(None),
        )
    )


def _one_of(name: str, kind: type[Any]) -> ColumnElement[Any]:
    return any_(bindparam(name, type_=ARRAY(kind)))
