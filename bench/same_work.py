"""The work that is compared across frameworks: a checked form becomes one sealed row.

Our own web layer (``bench.house``) and the FastAPI twin (``bench.twin``) both call this, so that
nothing but reading, checking and answering differs between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from models.application import Application
from models.values.identity import IdentityStatus
from models.values.ids import new_id
from models.values.jakarta import day_of
from models.values.phone import PhoneNumber
from models.values.registration_number import RegistrationNumber
from models.worker import Worker
from services.application import faults_of
from services.callers import VerifiedPhone
from services.errors import Invalid
from services.ports import Ports
from services.profile import sealed

# A token does not hold the number that it stands for; all numbers are sealed at the same cost.
PHONE = PhoneNumber("+628123456789")


@dataclass(frozen=True)
class Entered:
    id: UUID
    registration_number: str


def enter(ports: Ports, phone: VerifiedPhone, application: Application) -> Entered:
    """Check what the form says against our lists, seal five fields, and insert the row.

    :raises Invalid: a value that cannot be.
    """
    now = ports.clock.now()
    faults = faults_of(
        application,
        day_of(now),
        village_known=True,
        occupations=ports.occupations,
        consents=ports.consents,
    )
    if found := list(faults):
        raise Invalid(*found)
    row = _row(ports, phone, application) | {"registered_at": now}
    with ports.transactions.begin() as session:
        session.execute(insert(Worker).values(row))
    return Entered(row["id"], row["registration_number"])


def _row(ports: Ports, phone: VerifiedPhone, application: Application) -> dict[str, Any]:
    worker_id = new_id()
    return {
        "id": worker_id,
        "registration_number": str(RegistrationNumber.draw()),
        "nik_key": ports.vault.search_key_of(application.nik),
        "phone_key": phone.phone_key,
        "full_name": application.full_name,
        "birth_place": application.birth_place,
        "birth_date": application.birth_date,
        "sex": application.sex,
        "postal_code": application.postal_code,
        "village_code": application.village_code,
        "monthly_income": application.monthly_income,
        "kusuka_number": application.kusuka_number,
        "referral_code": application.referral_code,
        "identity_status": IdentityStatus.PENDING,
        "identity_elements": [],
        "language": "id",
        **sealed(
            ports.vault,
            worker_id,
            nik=application.nik.digits,
            phone=PHONE.e164,
            mother_maiden_name=application.mother_maiden_name,
            address=application.address,
            email=application.email,
        ),
    }
