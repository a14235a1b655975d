"""A worker's own record, opened for the worker alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from models.application import Occupation
from models.identity_verdict import IdentityReason
from models.next_step import NextStep
from models.region import Village
from models.values.identity import IdentityStatus
from models.values.nik import Nik
from models.values.phone import PhoneNumber
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.sex import Sex
from models.values.words import Words
from models.worker import Worker, WorkerOccupation, select_profile
from services.callers import SignedIn
from services.coverage import Outlook, outlook
from services.errors import SignInRequired
from services.identity_words import REASONS
from services.ports import Ports
from services.vault import Vault


@dataclass(frozen=True, kw_only=True)
class IdentityState:
    """:param elements: ``[{"name": ..., "matched": ...}]``, those that the worker may see."""

    status: IdentityStatus
    elements: list[dict[str, object]]
    reason: Words | None
    checked_at: datetime | None


class Area(Protocol):
    @property
    def code(self) -> str: ...

    @property
    def name(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class VillagePath:
    """A village and what it lies in."""

    code: str
    name: str
    district: Area
    regency: Area
    province: Area


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What ``GET /v1/me`` shows; ``plan`` is the one chosen last, if any."""

    id: UUID
    registration_number: str
    registered_at: datetime
    nik_masked: str
    full_name: str
    birth_place: str | None
    birth_date: date
    sex: Sex
    phone_masked: str
    email: str | None
    address: str | None
    postal_code: str | None
    village: VillagePath
    occupations: Sequence[WorkerOccupation | Occupation]
    monthly_income: Rupiah
    kusuka_number: str | None
    identity: IdentityState
    plan: Plan | None
    next_step: NextStep


def show(ports: Ports, caller: SignedIn) -> Profile:
    """:raises SignInRequired: they have been erased since their session was looked at."""
    with ports.transactions.reading() as session:
        worker = session.scalar(select_profile(caller.worker_id))
        if worker is None:
            raise SignInRequired
        ahead = outlook(ports, session, caller.worker_id)
    return opened(ports.vault, worker, ahead)


def opened(vault: Vault, worker: Worker, ahead: Outlook) -> Profile:
    """:param worker: with its occupations and its village up to the province."""

    def text(column: str, sealed: bytes) -> str:
        return vault.open(f"worker.{column}", worker.id, sealed)

    return Profile(
        id=worker.id,
        registration_number=worker.registration_number,
        registered_at=worker.registered_at,
        nik_masked=Nik(text("nik", worker.nik_sealed)).masked,
        full_name=worker.full_name,
        birth_place=worker.birth_place,
        birth_date=worker.birth_date,
        sex=worker.sex,
        phone_masked=PhoneNumber(text("phone", worker.phone_sealed)).masked,
        email=text("email", worker.email_sealed) if worker.email_sealed else None,
        address=text("address", worker.address_sealed) if worker.address_sealed else None,
        postal_code=worker.postal_code,
        village=path_of(worker.village),
        occupations=worker.occupations,
        monthly_income=worker.monthly_income,
        kusuka_number=worker.kusuka_number,
        identity=identity_of(worker),
        plan=ahead.plan,
        next_step=ahead.next_step,
    )


def sealed(vault: Vault, worker_id: UUID, **texts: str | None) -> dict[str, bytes | None]:
    """The sealed columns of a worker, by their names, for texts named without ``_sealed``."""
    return {
        f"{column}_sealed": None
        if text is None
        else vault.seal(f"worker.{column}", worker_id, text)
        for column, text in texts.items()
    }


def path_of(village: Village) -> VillagePath:
    district = village.district
    regency = district.regency
    return VillagePath(
        code=village.code,
        name=village.name,
        district=district,
        regency=regency,
        province=regency.province,
    )


def identity_of(worker: Worker) -> IdentityState:
    reason = worker.identity_reason
    return IdentityState(
        status=worker.identity_status,
        elements=worker.identity_elements,
        reason=REASONS[IdentityReason(reason)] if reason else None,
        checked_at=worker.identity_checked_at,
    )
