"""What informal workers do for a living, and which of it counts as transport."""

from __future__ import annotations

from sqlalchemy import Select, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.columns import word_of
from models.values.sector import Sector


class Occupation(Model):
    __tablename__ = "occupation"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name_id: Mapped[str]
    name_en: Mapped[str]
    isco08: Mapped[str]
    """Unit group of the International Standard Classification of Occupations, 2008."""
    sector: Mapped[Sector] = mapped_column(word_of(Sector))
    aliases: Mapped[str]
    """What people call it, separated by semicolons; searched, not shown."""


def select_sector_of(code: str) -> Select[Sector]:
    return select(Occupation.sector).where(Occupation.code == code)
