"""Everything that a registration writes, in one statement.

Seven statements cost seven times the way to the database and back, and most of that again here.
"""

from __future__ import annotations

import typing
from typing import Any

from sqlalchemy import (
    ARRAY,
    CTE,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Table,
    Text,
    Uuid,
    bindparam,
    cast,
    func,
    insert,
    literal_column,
    select,
    update,
)

from models.base import Model
from models.columns import Instant
from models.consent import WorkerConsent
from models.identity_check import IdentityCheck
from models.phone_verification import PhoneVerification, can_be_spent
from models.sign_in import SignIn
from models.worker import Worker, WorkerOccupation

# Bound under the names of the columns; ``id`` and ``registered_at`` as ``worker_id`` and ``now``.
WORKER_COLUMNS = (
    "registration_number",
    "nik_key",
    "nik_sealed",
    "full_name",
    "birth_place",
    "birth_date",
    "sex",
    "mother_maiden_name_sealed",
    "phone_key",
    "phone_sealed",
    "email_sealed",
    "address_sealed",
    "postal_code",
    "village_code",
    "monthly_income",
    "kusuka_number",
    "referral_code",
    "identity_status",
    "identity_elements",
)


def write_registration() -> Select[*tuple[Any, ...]]:
    """Spend the phone token, and only if it could be spent write all the rows; then give back
    its verification's id.

    Bound besides the worker's columns: ``verification_id``, ``worker_id``, ``now``,
    ``sign_in_id``, ``check_id``, and as lists of one length each ``codes``, ``workplaces`` and
    ``hours`` of the occupations, ``consent_ids``, ``documents`` and ``versions`` of the consents.
    """
    spent = _spent()
    rows = (_worker(spent), _occupations(spent), _consents(spent), _sign_in(spent), _check(spent))
    return select(spent.c.id).add_cte(*rows)


def _spent() -> CTE:
    return (
        update(PhoneVerification)
        .where(can_be_spent(bindparam("verification_id", type_=Uuid)))
        .values(spent_at=_now())
        .returning(PhoneVerification.id, PhoneVerification.language)
        .cte("spent")
    )


def _worker(spent: CTE) -> CTE:
    table = _table(Worker)
    values = {column: _given(table, column) for column in WORKER_COLUMNS}
    values |= {
        "id": _worker_id(),
        "registered_at": _now(),
        "claimed_at": _now(),
        "language": spent.c.language,
    }
    return _row(spent, table, **values)


def _occupations(spent: CTE) -> CTE:
    given = (_list("codes", Text), _list("workplaces", Text), _list("hours", Integer))
    names = ("code", "workplace", "hours_per_week")
    each = func.unnest(*given).table_valued(*names, with_ordinality="position").render_derived()
    columns = {name: each.c[name] for name in ("position", *names)}
    return _rows(spent, each, WorkerOccupation, **columns)


def _consents(spent: CTE) -> CTE:
    given = (_list("consent_ids", Uuid), _list("documents", Text), _list("versions", Text))
    names = ("id", "document", "version")
    each = func.unnest(*given).table_valued(*names).render_derived()
    columns = {name: each.c[name] for name in names}
    return _rows(spent, each, WorkerConsent, accepted_at=_now(), **columns)


def _sign_in(spent: CTE) -> CTE:
    return _row(
        spent,
        _table(SignIn),
        id=bindparam("sign_in_id", type_=Uuid),
        worker_id=_worker_id(),
        started_at=_now(),
        generation=literal_column("0"),
        rotated_at=_now(),
    )


def _check(spent: CTE) -> CTE:
    table = _table(IdentityCheck)
    return _row(
        spent,
        table,
        id=bindparam("check_id", type_=Uuid),
        worker_id=_worker_id(),
        nik_key=_given(table, "nik_key"),
        requested_at=_now(),
        attempts=literal_column("0"),
    )


def _row(spent: CTE, table: Table, **values: ColumnElement[Any]) -> CTE:
    written = select(*values.values()).select_from(spent)
    return insert(table).from_select(list(values), written).cte(f"new_{table.name}")


def _rows(spent: CTE, each: FromClause, model: type[Model], **values: ColumnElement[Any]) -> CTE:
    """One row for each of a list, under the worker."""
    table, columns = _table(model), {"worker_id": _worker_id(), **values}
    written = select(*columns.values()).select_from(spent, each)
    return insert(table).from_select(list(columns), written).cte(f"new_{table.name}")


def _given(table: Table, column: str) -> ColumnElement[Any]:
    # With its type said: a lone parameter in a SELECT would be taken for text.
    kind = table.c[column].type
    return cast(bindparam(column, type_=kind), kind)


def _list(name: str, kind: type[Any]) -> ColumnElement[Any]:
    return cast(bindparam(name, type_=ARRAY(kind)), ARRAY(kind))


def _worker_id() -> ColumnElement[Any]:
    return bindparam("worker_id", type_=Uuid)


def _now() -> ColumnElement[Any]:
    return bindparam("now", type_=Instant)


def _table(model: type[Model]) -> Table:
    return typing.cast(Table, model.__table__)
