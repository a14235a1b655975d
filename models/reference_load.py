"""Which reference data the database holds, so that a start need not load it again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, Text, func, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model

AREAS = "areas"


class ReferenceLoad(Model):
    __tablename__ = "reference_load"

    source: Mapped[str] = mapped_column(Text, primary_key=True)
    """``areas`` or ``occupations``."""
    digest: Mapped[str]
    loaded_at: Mapped[datetime] = mapped_column(server_default=func.now())


def select_digest(source: str) -> Select[str]:
    """Of the files that were loaded last."""
    return select(ReferenceLoad.digest).where(ReferenceLoad.source == source)
