"""The partners' names, for an officer who looks up one of their drivers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from models.lookup import select_partner_names
from services.ports import Ports


@dataclass(frozen=True)
class PartnerName:
    id: UUID
    name: str


def listed(ports: Ports) -> list[PartnerName]:
    """All of them, closed accounts too: their drivers are still there. Nothing of a worker's."""
    with ports.transactions.reading() as session:
        return [PartnerName(*row) for row in session.execute(select_partner_names())]
