"""What a look-up goes by: one key of a worker, or a name with a birth date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from models.values.access import AccessReason
from models.values.bank_reference import BankReference
from models.values.member_number import MemberNumber
from models.values.nik import Nik
from models.values.phone import PhoneNumber
from models.values.registration_number import RegistrationNumber


@dataclass(frozen=True)
class BilledNumber:
    """A virtual account number, of any service that we ever had.

    :param digits: without the bank's padding.
    """

    digits: str


@dataclass(frozen=True)
class PartnersName:
    """What a partner calls a driver of its own.

    :param partner: the account's id, its ``client_id``, or its name in any case.
    """

    external_id: str
    partner: str


@dataclass(frozen=True)
class NameAndDay:
    full_name: str
    birth_date: date


@dataclass(frozen=True)
class PartnersDriver:
    """``PartnersName``, with the partner found."""

    external_id: str
    partner_id: UUID


Number = (
    Nik
    | PhoneNumber
    | MemberNumber
    | RegistrationNumber
    | BankReference
    | BilledNumber
    | PartnersDriver
)
"""What somebody is known by exactly."""
Sought = Number | NameAndDay | PartnersName
MOST_MATCHES = 20


@dataclass(frozen=True, kw_only=True)
class Search:
    """:param reason: one of ``STAFF_REASONS``; the worker is told.
    :param note: for the auditor; holds no numbers (``models.values.note``).
    """

    by: Sought
    reason: AccessReason
    note: str | None = None
