"""The form that a worker fills in to register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.values.nik import Nik
from models.values.rupiah import Rupiah
from models.values.sex import Sex


@dataclass(frozen=True, kw_only=True)
class Occupation:
    code: str
    workplace: str | None = None
    hours_per_week: int | None = None


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """A document that the worker says yes to."""

    document: str
    version: str


@dataclass(frozen=True, kw_only=True)
class Application:
    """What a worker fills in."""

    nik: Nik
    full_name: str
    birth_place: str
    birth_date: date
    sex: Sex
    mother_maiden_name: str
    address: str
    village_code: str
    occupations: Sequence[Occupation]
    monthly_income: Rupiah
    consents: Sequence[Accepted]
    postal_code: str | None = None
    email: str | None = None
    kusuka_number: str | None = None
    referral_code: str | None = None
