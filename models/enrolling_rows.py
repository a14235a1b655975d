"""The rows that enrolling writes, many at a time: new ones by binary COPY, changed ones from lists.

COPY checks every constraint and key, as INSERT does, at a third of its cost.
"""

from __future__ import annotations

import typing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ARRAY,
    Table,
    Update,
    Uuid,
    any_,
    bindparam,
    case,
    cast,
    func,
    null,
    update,
)
from sqlalchemy.dialects import postgresql

from models.base import Model
from models.enrolment import Enrolment
from models.terms import ContributionTerms
from models.worker import Worker, WorkerOccupation


@dataclass(frozen=True)
class Copying:
    """How rows of one table are sent: the statement, and the types of its columns."""

    statement: bytes
    types: tuple[str, ...]


def _table(model: type[Model]) -> Table:
    return typing.cast(Table, model.__table__)


def copying(model: type[Model], columns: tuple[str, ...]) -> Copying:
    """:param columns: those that are sent, in their order. The others are left empty."""
    table = _table(model)
    names = ", ".join(columns)
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    # A word is kept as text of a limited length: varchar(24).
    types = tuple(
        str(table.c[name].type.compile(dialect)).lower().partition("(")[0] for name in columns
    )
    return Copying(f"COPY {table.name} ({names}) FROM STDIN (FORMAT BINARY)".encode(), types)


WORKERS = copying(
    Worker,
    (
        "id",
        "registration_number",
        "registered_at",
        "nik_key",
        "nik_sealed",
        "full_name",
        "birth_place",
        "birth_date",
        "sex",
        "mother_maiden_name_sealed",
        "phone_key",
        "phone_sealed",
        "address_sealed",
        "village_code",
        "monthly_income",
        "language",
        "identity_status",
        "identity_elements",
    ),
)
OCCUPATIONS = copying(WorkerOccupation, ("worker_id", "position", "code"))
TERMS = copying(
    ContributionTerms,
    ("id", "worker_id", "from_month", "decided_at", "plan", "monthly_income", "sector"),
)
ENROLMENTS = copying(
    Enrolment,
    (
        "id",
        "partner_id",
        "worker_id",
        "external_id",
        "nik_key",
        "batch_id",
        "batch_row",
        "enrolled_at",
        "sent_digest",
        "sent_sealed",
        "consent_version",
        "consented_at",
        "many_on_phone",
        "identity_status",
    ),
)

CORRECTED_WORKER = (
    "full_name",
    "birth_place",
    "birth_date",
    "sex",
    "mother_maiden_name_sealed",
    "phone_key",
    "phone_sealed",
    "address_sealed",
    "village_code",
    "monthly_income",
)
CORRECTED_ENROLMENT = (
    "worker_id",
    "batch_id",
    "batch_row",
    "sent_digest",
    "sent_sealed",
    "consent_version",
    "consented_at",
    "many_on_phone",
)


def correct_workers() -> Update:
    """Bound: ``keys``, the ids, and under their own names a list for each of the columns."""
    return _from_lists(Worker, "id", CORRECTED_WORKER)


def correct_occupations() -> Update:
    """The one occupation of workers whom a partner enrolled. Bound: ``keys`` and ``code``."""
    return _from_lists(WorkerOccupation, "worker_id", ("code",))


def correct_enrolments() -> Update:
    """Bound besides: ``unreached``, the ids of those whose welcome, if one was written, went to a
    phone that is not theirs. They are told anew."""
    unreached = bindparam("unreached", type_=ARRAY(Uuid))
    id_, welcomed_at = Enrolment.__table__.c.id, Enrolment.__table__.c.welcomed_at
    told = case((id_ == any_(unreached), null()), else_=welcomed_at)
    return _from_lists(Enrolment, "id", CORRECTED_ENROLMENT).values(welcomed_at=told)


def _from_lists(model: type[Model], key: str, columns: tuple[str, ...]) -> Update:
    table = _table(model)
    lists = [_list("keys", table, key), *(_list(name, table, name) for name in columns)]
    new = func.unnest(*lists).table_valued("key", *columns).render_derived(name="new")
    values = {name: new.c[name] for name in columns}
    return update(table).where(table.c[key] == new.c.key).values(values)


def _list(name: str, table: Table, column: str) -> Any:
    kind = ARRAY(table.c[column].type)
    return cast(bindparam(name, type_=kind), kind)
