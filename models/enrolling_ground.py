"""What the register says of many drivers at once, found by keys: who is known, and to whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    LargeBinary,
    Select,
    TableValuedAlias,
    Text,
    Uuid,
    any_,
    bindparam,
    func,
    literal_column,
    select,
    true,
)
from sqlalchemy.orm import aliased

from models.enrolment import Enrolment
from models.values.identity import IdentityStatus
from models.values.month import Month
from models.worker import Worker

# (policy) A family may share a phone; a shop that enrols its customers under its own is looked at.
MOST_ON_PHONE = 5

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
    :param shared: the worker is, or was, tied to somebody else too.
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


def by_keys_alone() -> Select[*tuple[Any, ...]]:
    """Have the transaction find rows by their keys and in no other way.

    While a table grows a thousandfold within minutes, what is known of its size is out of date, and
    the planner would rather read all of it. A plan that was made while a few rows were there, when
    all indexes cost the same, is not used again: it reads everybody for each of the rows.
    """
    return _set_here(
        {
            "enable_seqscan": "off",
            "enable_bitmapscan": "off",
            "plan_cache_mode": "force_custom_plan",
        }
    )


def plans_kept() -> Select[*tuple[Any, ...]]:
    """After the rows are found: or the checks of foreign keys would be planned anew for each row."""
    return _set_here({"plan_cache_mode": "auto"})


def _set_here(settings: Mapping[str, str]) -> Select[*tuple[Any, ...]]:
    """Until the transaction ends."""
    return select(*(func.set_config(name, value, True) for name, value in settings.items()))


def select_claims() -> Select[*tuple[Any, ...]]:
    """Everybody with one of the NIKs, in the order of ``Claim``. Who was erased claims nothing."""
    holds = (Worker.identity_status == IdentityStatus.VERIFIED).label("holds")
    claims = select(Worker.id, Worker.nik_key, Worker.phone_key, holds)
    return _for_each(
        "nik_keys",
        LargeBinary,
        lambda key: claims.where(Worker.nik_key == key, Worker.erased_at.is_(None)),
    )


def select_known_by_nik() -> Select[*tuple[Any, ...]]:
    """The partner's open ties with these NIKs, in the order of ``Known``."""
    return _for_each("nik_keys", LargeBinary, lambda key: _known().where(Enrolment.nik_key == key))


def select_known_by_external_id() -> Select[*tuple[Any, ...]]:
    return _for_each("external_ids", Text, lambda key: _known().where(Enrolment.external_id == key))


def select_many_on_phones() -> Select[*tuple[Any, ...]]:
    """How many workers there are on each phone; beyond ``MOST_ON_PHONE`` nobody counts."""
    given = _given("phone_keys", LargeBinary)
    enough: ColumnElement[int] = literal_column(str(MOST_ON_PHONE + 1))
    some = select(Worker.id).where(Worker.phone_key == given.c.key).limit(enough)
    return select(given.c.key, func.cardinality(func.array(some.scalar_subquery())))


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
        .with_for_update(key_share=True)
    )


def _known() -> Select[*tuple[Any, ...]]:
    # Asked for as if it were not known beforehand: of a partner that is new the planner would know
    # for sure that it has no rows yet, and take any index that begins with it.
    partner = select(bindparam("partner_id", type_=Uuid)).scalar_subquery()
    other = aliased(Enrolment)
    shared = select(other.id).where(
        other.worker_id == Enrolment.worker_id, other.id != Enrolment.id
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
            Enrolment.sent_sealed.is_not(None).label("apart"),
            Enrolment.identity_asked_at.is_not(None).label("asked"),
            Enrolment.confirmed_at.is_not(None).label("confirmed"),
            shared.exists().label("shared"),
            Worker.claimed_at,
            Worker.paid_through,
        )
        .join(Worker, Worker.id == Enrolment.worker_id)
        .where(
            Enrolment.partner_id == partner,
            Enrolment.ended_at.is_(None),
        )
    )


def _for_each(
    name: str,
    kind: type[Any],
    looked_up: Callable[[ColumnElement[Any]], Select[*tuple[Any, ...]]],
) -> Select[*tuple[Any, ...]]:
    """Look each of a list up by itself.

    OFFSET 0 keeps the planner from turning the loop into one pass over the table.
    """
    given = _given(name, kind)
    found = looked_up(given.c.key).offset(literal_column("0")).lateral("found")
    return select(found).select_from(given.join(found, true()))


def _given(name: str, kind: type[Any]) -> TableValuedAlias:
    keys = func.unnest(bindparam(name, type_=ARRAY(kind)))
    return keys.table_valued("key").render_derived(name="given")


def _one_of(name: str, kind: type[Any]) -> ColumnElement[Any]:
    return any_(bindparam(name, type_=ARRAY(kind)))
