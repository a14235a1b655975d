"""A worker's record as an officer sees it: what the field table shows for role and reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from models.consent import WorkerConsent
from models.coverage import CoverageStatus
from models.next_step import NextStep
from models.record_standing import RecordStanding
from models.staff_record import OpenCase, Reaching
from models.values.identity import IdentityStatus
from models.values.month import Month
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.sex import Sex
from models.values.staff_fields import Shown, Sight, StaffField
from models.values.words import Words
from models.worker import WorkerOccupation
from models.worker_links import WorkerLink
from services.coverage import Arrears
from services.profile import VillagePath

Value = TypeVar("Value")


@dataclass(frozen=True, kw_only=True)
class IdentityShown:
    """:param elements: None where the reason does not need them."""

    status: IdentityStatus
    reason: Words | None
    elements: list[dict[str, object]] | None
    checked_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class CoverShown:
    status: CoverageStatus
    protected_from: datetime | None
    protected_until: date | None
    next_due_on: date | None
    explanation: Words | None
    """As the worker is told it; none where what is owed is not shown."""


@dataclass(frozen=True, kw_only=True)
class OpenInvoice:
    """:param protected_until: the last day, if it were paid now."""

    id: UUID
    virtual_account_no_masked: str | None
    months: Sequence[Month]
    amount: Rupiah
    protected_until: date | None
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Record:
    """What is not known, was erased, or is not shown for this reason is None; ``withheld`` names
    what is not shown, and ``revealable`` what may be asked for in clear."""

    id: UUID
    standing: RecordStanding
    registered_at: datetime
    claimed_at: datetime | None
    erased_at: datetime | None

    registration_number_masked: str | None
    member_number_masked: str | None
    nik_masked: str | None
    full_name: str | None
    birth_year: int | None
    sex: Sex | None
    phone_masked: str | None
    regency: str | None
    village: VillagePath | None
    occupations: Sequence[WorkerOccupation] | None

    identity: IdentityShown | None
    plan: Plan | None
    cover: CoverShown | None
    arrears: Arrears | None
    credit: Rupiah | None
    open_invoice: OpenInvoice | None
    consents: Sequence[WorkerConsent] | None
    partner_links: Sequence[WorkerLink] | None
    messages: Reaching | None
    open_cases: Sequence[OpenCase] | None
    next_step: NextStep | None

    withheld: Sequence[StaffField]
    revealable: Sequence[StaffField]


@dataclass(frozen=True)
class Shades:
    """Lets through what is shown in clear, or masked."""

    sight: Sight

    def plain(self, named: StaffField, value: Value) -> Value | None:
        return value if self.sight.of(named) is Shown.PLAIN else None

    def masked(self, named: StaffField, value: Value) -> Value | None:
        return value if self.sight.of(named) is Shown.MASKED else None
