"""The one thing that a worker should do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from models.coverage import Coverage, CoverageStatus
from models.policy import Policy
from models.values.identity import IdentityStatus
from models.values.jakarta import day_of

PAY_AHEAD = Policy(
    timedelta(days=7),
    since=date(2026, 11, 22),
    basis="From the day of the first reminder on, so that the reminder and the app agree.",
)


class NextStep(StrEnum):
    WAIT_FOR_IDENTITY = "wait_for_identity"
    CORRECT_IDENTITY = "correct_identity"
    WAIT_FOR_REVIEW = "wait_for_review"
    ACCEPT_CONSENTS = "accept_consents"
    COMPLETE_PROFILE = "complete_profile"
    CHOOSE_PLAN = "choose_plan"
    PAY = "pay"
    WAIT_FOR_PAYMENT = "wait_for_payment"
    NONE = "none"
    CONTACT_SUPPORT = "contact_support"


_WHILE_IDENTITY_IS = {
    IdentityStatus.PENDING: NextStep.WAIT_FOR_IDENTITY,
    IdentityStatus.NEEDS_CORRECTION: NextStep.CORRECT_IDENTITY,
    IdentityStatus.IN_REVIEW: NextStep.WAIT_FOR_REVIEW,
    IdentityStatus.REFUSED: NextStep.CONTACT_SUPPORT,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """What the next step depends on.

    ``coverage`` is the one of now; ``invoice_open``: there is one that can still be paid;
    ``leaving``: the worker has asked to be erased, and has not called it off.
    """

    identity: IdentityStatus
    profile_complete: bool
    consents_given: bool
    plan_chosen: bool
    invoice_open: bool
    coverage: Coverage
    leaving: bool = False


def next_step(situation: Situation) -> NextStep:
    """The first thing that stands between the worker and unbroken cover.

    Whoever is leaving has nothing to do. Then identity comes first, because without it no money
    is taken. A bill that is out can be paid whatever has changed since. The rest is in the order
    in which an invoice asks for it.
    """
    if situation.leaving:
        return NextStep.NONE
    if situation.identity in _WHILE_IDENTITY_IS:
        return _WHILE_IDENTITY_IS[situation.identity]
    if situation.invoice_open:
        return NextStep.WAIT_FOR_PAYMENT
    if not situation.consents_given:
        return NextStep.ACCEPT_CONSENTS
    if not situation.profile_complete:
        return NextStep.COMPLETE_PROFILE
    if not situation.plan_chosen:
        return NextStep.CHOOSE_PLAN
    return NextStep.PAY if _due(situation.coverage) else NextStep.NONE


def _due(coverage: Coverage) -> bool:
    """Whether to pay now: not protected, or within a week of the last day to pay."""
    due_on = coverage.next_due_on
    if coverage.status is not CoverageStatus.ACTIVE or due_on is None:
        return True
    return day_of(coverage.as_of) >= due_on - PAY_AHEAD.value
