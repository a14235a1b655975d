"""What follows from the population registry's answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.values.identity import Element, Finding, IdentityStatus

# (policy) Names are written in many ways; a day and a sex are equal or not.
PASS_MARKS = {Element.NAME: 85, Element.BIRTH_DATE: 100, Element.SEX: 100}


class IdentityReason(StrEnum):
    """Why a worker stands where they stand. Told in words by ``services.identity_words``."""

    MISMATCH = "mismatch"
    NOT_FOUND = "not_found"
    INACTIVE = "inactive"
    DECEASED = "deceased"
    DUPLICATE_RECORD = "duplicate_record"
    HELD_BY_ANOTHER = "held_by_another"
    TOO_MANY_CORRECTIONS = "too_many_corrections"
    MANY_ON_PHONE = "many_on_phone"
    ASKED_TO_CORRECT = "asked_to_correct"
    """By our staff."""
    REFUSED_BY_STAFF = "refused_by_staff"


@dataclass(frozen=True)
class Verdict:
    """``matched`` holds the deciding elements, for the worker to see."""

    status: IdentityStatus
    reason: IdentityReason | None
    matched: Mapping[Element, bool]


# When somebody has tried too often: what agrees and what does not is no longer told.
ENOUGH_TRIED = Verdict(IdentityStatus.IN_REVIEW, IdentityReason.TOO_MANY_CORRECTIONS, {})

_WITHOUT_COMPARISON = {
    Finding.DECEASED: (IdentityStatus.REFUSED, IdentityReason.DECEASED),
    Finding.DUPLICATE: (IdentityStatus.IN_REVIEW, IdentityReason.DUPLICATE_RECORD),
    Finding.NOT_FOUND: (IdentityStatus.NEEDS_CORRECTION, IdentityReason.NOT_FOUND),
    Finding.INACTIVE: (IdentityStatus.NEEDS_CORRECTION, IdentityReason.INACTIVE),
}


def judge(finding: Finding, scores: Mapping[Element, int]) -> Verdict:
    """:param scores: 0-100; an element that the registry did not mention does not match."""
    if finding is not Finding.FOUND:
        return Verdict(*_WITHOUT_COMPARISON[finding], {})
    matched = {element: scores.get(element, 0) >= mark for element, mark in PASS_MARKS.items()}
    if all(matched.values()):
        return Verdict(IdentityStatus.VERIFIED, None, matched)
    return Verdict(IdentityStatus.NEEDS_CORRECTION, IdentityReason.MISMATCH, matched)
