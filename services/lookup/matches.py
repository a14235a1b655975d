"""One of several whom a look-up found: enough to tell them apart, too little to learn who they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.record_standing import RecordStanding
from models.values.identity import IdentityStatus
from models.values.masked_name import begun_name
from models.values.member_number import MemberNumber
from models.values.registration_number import RegistrationNumber
from models.values.staff_fields import Shown, Sight, StaffField, View
from models.worker import Worker
from services.lookup.opened import masked_nik, masked_phone
from services.vault import Vault


@dataclass(frozen=True, kw_only=True)
class Match:
    """What ``StaffField`` calls absent is None, as is what is not known."""

    worker_id: UUID
    standing: RecordStanding
    registered_at: datetime
    name_masked: str | None
    birth_year: int | None
    nik_masked: str | None
    phone_masked: str | None
    registration_number_masked: str | None
    member_number_masked: str | None
    regency: str | None
    identity_status: IdentityStatus | None


def shown_match(vault: Vault, sight: Sight, worker: Worker, regency: str | None) -> Match:
    def masked(named: StaffField) -> bool:
        return sight.of(named, View.MATCH) is Shown.MASKED

    def plain(named: StaffField) -> bool:
        return sight.of(named, View.MATCH) is Shown.PLAIN

    registration = RegistrationNumber(worker.registration_number)
    member = worker.member_number
    return Match(
        worker_id=worker.id,
        standing=RecordStanding.of(worker),
        registered_at=worker.registered_at,
        name_masked=begun_name(worker.full_name)
        if worker.full_name and masked(StaffField.FULL_NAME)
        else None,
        birth_year=worker.birth_year if plain(StaffField.BIRTH_YEAR) else None,
        nik_masked=masked_nik(vault, worker) if masked(StaffField.NIK) else None,
        phone_masked=masked_phone(vault, worker) if masked(StaffField.PHONE) else None,
        registration_number_masked=registration.masked
        if masked(StaffField.REGISTRATION_NUMBER)
        else None,
        member_number_masked=MemberNumber(member).masked
        if member and masked(StaffField.MEMBER_NUMBER)
        else None,
        regency=regency if plain(StaffField.REGENCY) else None,
        identity_status=worker.identity_status if plain(StaffField.IDENTITY) else None,
    )
