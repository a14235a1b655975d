"""The areas that a form offers today, of all four levels in one table.

It repeats what the tables of areas hold, with the names of the areas around each one, so
that a list or a search is one statement on one table. Loading the reference data fills it
anew; nothing refers to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, Select, SmallInteger, Text, select, tuple_
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model


class Level(StrEnum):
    """From the largest areas to the smallest: ``depth`` 1 to 4."""

    PROVINCE = "province"
    REGENCY = "regency"
    DISTRICT = "district"
    VILLAGE = "village"


LEVELS = tuple(Level)

# In the same order wherever the database was made, and by ranges of an index.
_Ordered = Text(collation="C")


@dataclass(frozen=True, slots=True)
class Around:
    """An area that another one lies in."""

    code: str
    name: str


class ListedRegion(Model):
    """An area and the names of those around it; a name is ``None`` at its own level and below.

    ``kind``: provinsi, kabupaten, kota, kecamatan, desa, desa_adat or kelurahan.
    """

    __tablename__ = "listed_region"
    __table_args__ = (
        Index("ix_listed_region_parent_code", "parent_code", "name"),
        Index("ix_listed_region_depth", "depth", "squeezed", "code"),
        # Without a list of pending entries: each search would have to read all of it.
        Index(
            "ix_listed_region_own_words",
            "own_words",
            postgresql_using="gin",
            postgresql_with={"fastupdate": False},
        ),
    )

    code: Mapped[str] = mapped_column(_Ordered, primary_key=True)
    parent_code: Mapped[str | None]
    depth: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[str]
    name: Mapped[str] = mapped_column(_Ordered)
    district_name: Mapped[str | None]
    regency_name: Mapped[str | None]
    province_name: Mapped[str | None]
    squeezed: Mapped[str] = mapped_column(_Ordered)
    """The name without its spaces and signs, and without "Kabupaten" or "Kota"."""
    own_words: Mapped[Any] = mapped_column(TSVECTOR, deferred=True)
    """The folded words of its name, and all of them in one."""
    all_words: Mapped[Any] = mapped_column(TSVECTOR, deferred=True)
    """The same, and the words of the areas around it."""

    @property
    def level(self) -> Level:
        return LEVELS[self.depth - 1]

    @property
    def district(self) -> Around | None:
        return self._around(8, self.district_name)

    @property
    def regency(self) -> Around | None:
        return self._around(5, self.regency_name)

    @property
    def province(self) -> Around | None:
        return self._around(2, self.province_name)

    def _around(self, length: int, name: str | None) -> Around | None:
        """Each code begins with those of the areas around it."""
        return None if name is None else Around(self.code[:length], name)


def select_listed(code: str) -> Select[ListedRegion]:
    return select(ListedRegion).where(ListedRegion.code == code)


def select_children(
    parent: str | None, *, after: tuple[str, str] | None, limit: int
) -> Select[ListedRegion]:
    """The areas right below one, by name; the provinces, below none.

    :param after: name and code of the last one already seen.
    """
    below = (
        ListedRegion.parent_code.is_(None) if parent is None else ListedRegion.parent_code == parent
    )
    children = select(ListedRegion).where(below)
    if after is not None:
        children = children.where(tuple_(ListedRegion.name, ListedRegion.code) > after)
    return children.order_by(ListedRegion.name, ListedRegion.code).limit(limit)
