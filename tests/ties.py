"""Ties between partners and workers, written down at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.enrolment import EndedBy, Enrolment
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


def enrolment(partner_id: UUID, worker_id: UUID, at: datetime, **values: Any) -> Enrolment:
    """The row of a tie.

    :param values: to differ from one of a driver who has not been compared yet.
    """
    row = {
        "id": new_id(),
        "partner_id": partner_id,
        "worker_id": worker_id,
        "external_id": f"D-{new_id()}",
        "nik_key": worker_id.bytes,
        "enrolled_at": at,
        "sent_digest": bytes(16),
        "consent_version": "2026-11",
        "consented_at": at,
        "many_on_phone": False,
        "identity_status": IdentityStatus.PENDING,
    }
    return Enrolment(**{**row, **values})


def tie(
    ports: Ports, partner: Partner, worker: SignedIn, external_id: str = "OK-1", **values: Any
) -> Enrolment:
    """What an enrolment leaves, of a worker whose record it did not make.

    :param values: to differ from that.
    """
    now = ports.clock.now()
    with ports.transactions.begin() as session:
        nik_key = session.scalars(select(Worker.nik_key).where(Worker.id == worker.worker_id)).one()
        given = {"external_id": external_id, "nik_key": nik_key, **values}
        made = enrolment(partner.id, worker.worker_id, now, **given)
        session.add(made)
        return made


def found(ports: Ports, enrolment_id: UUID) -> Enrolment:
    """As it stands now."""
    with ports.transactions.reading() as session:
        return session.scalars(select(Enrolment).where(Enrolment.id == enrolment_id)).one()


def link(
    session: Session,
    partner: Partner,
    worker_id: UUID,
    at: datetime,
    *,
    confirmed: bool = True,
    ended: bool = False,
) -> Enrolment:
    """One that has been compared, in a transaction that is open, as confirming and perhaps ending
    leave it."""
    made = enrolment(
        partner.id,
        worker_id,
        at,
        nik_key=new_id().bytes,
        identity_status=IdentityStatus.VERIFIED,
        confirmed_at=at if confirmed else None,
        ended_at=at if ended else None,
        ended_by=EndedBy.WORKER if ended else None,
    )
    session.add(made)
    session.flush()
    return made
