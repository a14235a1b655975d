"""Somebody who says which worker they are, without a session to show for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.values.nik import Nik
from models.values.text import fold_name
from models.worker import Worker


@dataclass(frozen=True, kw_only=True)
class Claimant:
    nik: Nik
    full_name: str
    birth_date: date

    def describes(self, holder: Worker) -> bool:
        """:param holder: of the claimant's NIK."""
        same_day = self.birth_date == holder.birth_date
        return same_day and fold_name(self.full_name) == fold_name(holder.full_name)
