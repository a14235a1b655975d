"""Who sees a worker's data, for what reason, and what of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Viewer(StrEnum):
    REGISTRY = "registry"
    """The population registry (Dukcapil)."""
    BANK = "bank"
    STAFF = "staff"
    PARTNER = "partner"
    WORKER = "worker"
    """The worker themself, or whoever was signed in as them."""


class StaffRole(StrEnum):
    """All that a worker is told of who on our staff it was."""

    SUPPORT = "support"
    REVIEWER = "reviewer"
    OFFICER = "officer"
    AUDITOR = "auditor"
    ADMIN = "admin"


class AccessReason(StrEnum):
    CALLER_ASKS = "caller_asks"
    PAYMENT_MISSING = "payment_missing"
    IDENTITY_CASE = "identity_case"
    PHONE_CHANGE = "phone_change"
    PRIVACY_REQUEST = "privacy_request"
    OTHER = "other"
    IDENTITY_CHECK = "identity_check"
    PAYMENT = "payment"
    SHARING = "sharing"
    """The worker confirmed that a partner may see it."""
    OWN_REQUEST = "own_request"


STAFF_REASONS = (
    AccessReason.CALLER_ASKS,
    AccessReason.PAYMENT_MISSING,
    AccessReason.IDENTITY_CASE,
    AccessReason.PHONE_CHANGE,
    AccessReason.PRIVACY_REQUEST,
    AccessReason.OTHER,
)
"""Those that an officer may give. The worker is told of them."""


class Seen(StrEnum):
    """What was seen of the data."""

    EVERYTHING = "everything"
    RECORD = "record"
    """What a case needs, with NIK and phone masked."""
    MATCH = "match"
    """Enough to tell somebody from others: the birth year, and parts of name and numbers."""
    COVERAGE = "coverage"
    TIMELINE = "timeline"
    BILL = "bill"
    MASKED_NAME = "masked_name"
    NIK = "nik"
    FULL_NAME = "full_name"
    BIRTH_PLACE = "birth_place"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    MOTHER_MAIDEN_NAME = "mother_maiden_name"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    REGISTRATION_NUMBER = "registration_number"
    MEMBER_NUMBER = "member_number"
    VIRTUAL_ACCOUNT_NO = "virtual_account_no"
    MONTHLY_INCOME = "monthly_income"
    KUSUKA_NUMBER = "kusuka_number"


@dataclass(frozen=True, kw_only=True)
class Access:
    """One look at somebody's data.

    :param name: of staff the role, of a partner the name; nobody else has one.
    """

    viewer: Viewer
    name: str | None = None
    reason: AccessReason
    seen: Sequence[Seen]

    @classmethod
    def by_staff(cls, role: StaffRole, reason: AccessReason, *seen: Seen) -> Access:
        return cls(viewer=Viewer.STAFF, name=role, reason=reason, seen=seen)

    @classmethod
    def by_partner(cls, name: str, reason: AccessReason, *seen: Seen) -> Access:
        return cls(viewer=Viewer.PARTNER, name=name, reason=reason, seen=seen)

    @classmethod
    def by_worker(cls, *seen: Seen) -> Access:
        return cls(viewer=Viewer.WORKER, reason=AccessReason.OWN_REQUEST, seen=seen)
