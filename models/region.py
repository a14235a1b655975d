"""Areas of Indonesia down to the village, under their Kemendagri codes (dotted: 11.01.01.2001).

A code stays here for good once it was loaded, because workers live under it. What may
still be chosen today is in ``models.listed_region``.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Select, Text, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from models.base import Model


class Province(Model):
    __tablename__ = "province"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str]


class Regency(Model):
    """Kabupaten or kota. ``name`` says which."""

    __tablename__ = "regency"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    province_code: Mapped[str] = mapped_column(ForeignKey("province.code"), index=True)
    kind: Mapped[str]
    name: Mapped[str]

    province: Mapped[Province] = relationship(lazy="raise", viewonly=True)


class District(Model):
    """Kecamatan."""

    __tablename__ = "district"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    regency_code: Mapped[str] = mapped_column(ForeignKey("regency.code"), index=True)
    name: Mapped[str]

    regency: Mapped[Regency] = relationship(lazy="raise", viewonly=True)


class Village(Model):
    """Desa, desa adat or kelurahan. A name is not unique inside its district: show ``kind``."""

    __tablename__ = "village"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), index=True)
    kind: Mapped[str]
    name: Mapped[str]

    district: Mapped[District] = relationship(lazy="raise", viewonly=True)


def select_village_path(code: str) -> Select[Village]:
    """A village with its district, regency and province, in one statement."""
    path = (
        joinedload(Village.district, innerjoin=True)
        .joinedload(District.regency, innerjoin=True)
        .joinedload(Regency.province, innerjoin=True)
    )
    return select(Village).where(Village.code == code).options(path)


def select_village_code(code: str) -> Select[str]:
    """The code itself, if there is such a village."""
    return select(Village.code).where(Village.code == code)


def select_village_codes() -> Select[str]:
    return select(Village.code)
