"""Ties between partners and workers, written down at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.enrolment import Enrolment
from models.partner import Partner
from models.values.identity import IdentityStatus
from models.values.ids import new_id
from models.worker import Worker
from services.callers import SignedIn
from services.ports import Ports
from tests import partners


def add_partner(ports: Ports, name: str = "Ojek Kita", **options: object) -> Partner:
    with ports.transactions.begin() as session:
        return partners.partner(ports, session, name, **options)


def tie(
    ports: Ports, partner: Partner, worker: SignedIn, external_id: str = "OK-1", **values: Any
) -> Enrolment:
    """What an enrolment leaves, of a worker whose record it did not make.

    :param values: to differ from that.
    """
    now = ports.clock.now()
    with ports.transactions.begin() as session:
        nik_key = session.scalars(select(Worker.nik_key).where(Worker.id == worker.worker_id)).one()
        row = {
            "id": new_id(),
            "partner_id": partner.id,
            "worker_id": worker.worker_id,
            "external_id": external_id,
            "nik_key": nik_key,
            "enrolled_at": now,
            "sent_digest": bytes(16),
            "consent_version": "2026-11",
            "consented_at": now,
            "many_on_phone": False,
            "identity_status": IdentityStatus.PENDING,
        }
        made = Enrolment(**{**row, **values})
        session.add(made)
        return made


def found(ports: Ports, enrolment_id: UUID) -> Enrolment:
    """As it stands now."""
    with ports.transactions.reading() as session:
        return session.scalars(select(Enrolment).where(Enrolment.id == enrolment_id)).one()
