"""A driver as a partner describes one: the normal form of a row, however it was written."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from models.values.nik import Nik
from models.values.phone import PhoneNumber
from models.values.rupiah import Rupiah
from models.values.sex import Sex


@dataclass(frozen=True, kw_only=True, slots=True)
class Driver:
    """What a partner sends of one driver. What it need not know may be None."""

    external_id: str
    nik: Nik
    full_name: str
    birth_place: str | None
    birth_date: date
    sex: Sex
    mother_maiden_name: str | None
    phone: PhoneNumber
    address: str | None
    village_code: str
    occupation_code: str
    monthly_income: Rupiah
    consent_version: str
    consented_at: datetime

    def normal(self) -> NormalRow:
        """The same as a row of plain values, in the order of ``COLUMNS``."""
        return tuple(_plain(getattr(self, column)) for column in COLUMNS)


NormalRow = tuple[Any, ...]
"""NIK, phone (E.164) and sex are text then, money is whole Rupiah, and ``consented_at`` in UTC."""

COLUMNS = tuple(each.name for each in fields(Driver))
"""The names of a file's columns, in the order of its template."""


def _plain(value: Any) -> Any:
    match value:
        case Nik(digits=plain) | PhoneNumber(e164=plain) | Rupiah(amount=plain):
            return plain
        case Sex():
            return value.value
    return value
