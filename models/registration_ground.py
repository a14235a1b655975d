"""Everything that a registration depends on, read in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import orjson
from sqlalchemy import (
    ColumnElement,
    LargeBinary,
    ScalarSelect,
    Select,
    Text,
    Uuid,
    bindparam,
    cast,
    func,
    or_,
    select,
)

from models.phone_verification import PhoneVerification, can_be_spent
from models.region import District, Province, Regency, Village
from models.values.identity import IdentityStatus
from models.worker import Worker


class Area(NamedTuple):
    code: str
    name: str


class Path(NamedTuple):
    """A village, and what it lies in."""

    village: Area
    district: Area
    regency: Area
    province: Area


class Claim(NamedTuple):
    """A worker who holds the NIK, or claims it from the phone."""

    from_this_phone: bool
    birth_date: date
    full_name: str
    unclaimed: bool
    """Enrolled by a partner, and nobody has signed in yet."""


@dataclass(frozen=True, slots=True)
class Ground:
    """``path`` is None where there is no such village, ``phone_sealed`` where the phone token is
    good for nothing any more."""

    path: Path | None
    phone_sealed: bytes | None
    claims: tuple[Claim, ...]


def select_ground() -> Select[*tuple[Any, ...]]:
    """One row for ``read_ground``, by ``village_code``, ``verification_id``, ``nik_key`` and
    ``phone_key``."""
    return select(_path(), _phone_sealed(), _claims())


def read_ground(row: Sequence[Any] | None) -> Ground:
    path, phone_sealed, claims = row or (None, None, None)
    return Ground(
        path=Path(*(Area(*area) for area in orjson.loads(path))) if path else None,
        phone_sealed=phone_sealed,
        claims=tuple(
            Claim(from_this_phone, date.fromisoformat(birth_date), full_name, unclaimed)
            for from_this_phone, birth_date, full_name, unclaimed in orjson.loads(claims or "[]")
        ),
    )


def _path() -> ScalarSelect[str]:
    areas = (Village, District, Regency, Province)
    each = [func.json_build_array(area.code, area.name) for area in areas]
    return (
        select(_as_text(func.json_build_array(*each)))
        .select_from(Village)
        .join(District, District.code == Village.district_code)
        .join(Regency, Regency.code == District.regency_code)
        .join(Province, Province.code == Regency.province_code)
        .where(Village.code == bindparam("village_code"))
        .scalar_subquery()
    )


def _phone_sealed() -> ScalarSelect[bytes]:
    return (
        select(PhoneVerification.phone_sealed)
        .where(can_be_spent(bindparam("verification_id", type_=Uuid)))
        .scalar_subquery()
    )


def _claims() -> ScalarSelect[str]:
    from_this_phone = Worker.phone_key == bindparam("phone_key", type_=LargeBinary)
    claim = func.json_build_array(
        from_this_phone, Worker.birth_date, Worker.full_name, Worker.claimed_at.is_(None)
    )
    return (
        select(_as_text(func.json_agg(claim)))
        .where(
            Worker.nik_key == bindparam("nik_key"),
            Worker.erased_at.is_(None),
            or_(Worker.identity_status == IdentityStatus.VERIFIED, from_this_phone),
        )
        .scalar_subquery()
    )


def _as_text(json: ColumnElement[Any]) -> ColumnElement[str]:
    # It is taken apart by a faster reader than the driver's.
    return cast(json, Text)
