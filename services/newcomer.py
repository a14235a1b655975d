"""Somebody about to be on the register: the rows to write, and what is shown to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from models.application import Application
from models.next_step import NextStep
from models.registration_ground import Path
from models.values.identity import IdentityStatus
from models.values.ids import new_id
from models.values.phone import PhoneNumber
from models.values.registration_number import RegistrationNumber
from services.profile import IdentityState, Profile, VillagePath, sealed
from services.vault import Vault


@dataclass(frozen=True)
class Registered:
    """What somebody is told who has just put themselves on the register."""

    worker: Profile
    access_token: str
    refresh_token: str
    expires_in: int


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """:param path: the village named in the application, and what it lies in."""

    application: Application
    phone: PhoneNumber
    path: Path
    nik_key: bytes
    phone_key: bytes
    registered_at: datetime
    number: RegistrationNumber
    id: UUID = field(default_factory=new_id)

    def rows(self, vault: Vault) -> dict[str, object]:
        """The values of ``write_registration`` that make the worker, the occupations and the
        consents."""
        form = self.application
        return {
            "worker_id": self.id,
            "now": self.registered_at,
            "registration_number": str(self.number),
            "nik_key": self.nik_key,
            "phone_key": self.phone_key,
            "full_name": form.full_name,
            "birth_place": form.birth_place,
            "birth_date": form.birth_date,
            "sex": form.sex,
            "postal_code": form.postal_code,
            "village_code": form.village_code,
            "monthly_income": form.monthly_income,
            "kusuka_number": form.kusuka_number,
            "referral_code": form.referral_code,
            "identity_status": IdentityStatus.PENDING,
            "identity_elements": [],
            "codes": [each.code for each in form.occupations],
            "workplaces": [each.workplace for each in form.occupations],
            "hours": [each.hours_per_week for each in form.occupations],
            "consent_ids": [new_id() for _ in form.consents],
            "documents": [each.document for each in form.consents],
            "versions": [each.version for each in form.consents],
            **self._sealed(vault),
        }

    def _sealed(self, vault: Vault) -> dict[str, bytes | None]:
        return sealed(
            vault,
            self.id,
            nik=self.application.nik.digits,
            phone=self.phone.e164,
            mother_maiden_name=self.application.mother_maiden_name,
            address=self.application.address,
            email=self.application.email,
        )

    def profile(self) -> Profile:
        """What ``GET /v1/me`` would show, without asking the database for what we know."""
        form, path = self.application, self.path
        return Profile(
            id=self.id,
            registration_number=str(self.number),
            registered_at=self.registered_at,
            nik_masked=form.nik.masked,
            full_name=form.full_name,
            birth_place=form.birth_place,
            birth_date=form.birth_date,
            sex=form.sex,
            phone_masked=self.phone.masked,
            email=form.email,
            address=form.address,
            postal_code=form.postal_code,
            village=VillagePath(
                code=path.village.code,
                name=path.village.name,
                district=path.district,
                regency=path.regency,
                province=path.province,
            ),
            occupations=form.occupations,
            monthly_income=form.monthly_income,
            kusuka_number=form.kusuka_number,
            identity=IdentityState(
                status=IdentityStatus.PENDING, elements=[], reason=None, checked_at=None
            ),
            plan=None,
            next_step=NextStep.WAIT_FOR_IDENTITY,
        )
