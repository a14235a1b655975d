"""Decisions about other numbers, each in a transaction of its own."""

from __future__ import annotations

from uuid import UUID

from services import phone_recovery
from services.ports import Ports


def approve(ports: Ports, request_id: UUID) -> None:
    with ports.transactions.begin() as session:
        phone_recovery.approve(ports, session, request_id, enrolled=None)


def reject(ports: Ports, request_id: UUID) -> None:
    with ports.transactions.begin() as session:
        phone_recovery.reject(ports, session, request_id)
