"""The words of an identity check against the population registry (Dukcapil)."""

from enum import StrEnum


class IdentityStatus(StrEnum):
    """Where a worker stands."""

    PENDING = "pending"
    VERIFIED = "verified"
    NEEDS_CORRECTION = "needs_correction"
    IN_REVIEW = "in_review"
    REFUSED = "refused"


class Finding(StrEnum):
    """What the registry knows under a NIK."""

    FOUND = "found"
    DECEASED = "deceased"
    DUPLICATE = "duplicate"
    NOT_FOUND = "not_found"
    INACTIVE = "inactive"


class Element(StrEnum):
    """What is compared. The order is the one in which people are told."""

    NAME = "name"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    BIRTH_PLACE = "birth_place"
    MOTHER_MAIDEN_NAME = "mother_maiden_name"
