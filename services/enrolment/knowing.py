"""What rows are judged against, kept by who judges many of them."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from models.driver_form import Known
from models.reference_load import AREAS, select_digest
from models.region import select_village_codes
from services.ports import Ports


@dataclass
class Knowing:
    """Village codes are read once (80,000 of them take 60 ms), and again when others are loaded."""

    ports: Ports
    _villages: Set[str] = field(default_factory=frozenset, repr=False)
    _loaded: str | None = None

    def known(self, session: Session, now: datetime) -> Known:
        loaded = session.scalar(select_digest(AREAS))
        if loaded != self._loaded or not self._villages:
            self._villages = frozenset(session.scalars(select_village_codes()))
            self._loaded = loaded
        return Known.at(now, self._villages, self.ports.occupations, self.ports.consents)
