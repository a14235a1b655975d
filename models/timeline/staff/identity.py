"""Every question to the population registry, with its answer score by score."""

from dataclasses import replace

from sqlalchemy import select

from models.enrolment import Enrolment
from models.identity_check import IdentityCheck
from models.identity_verdict import PASS_MARKS
from models.merged_list import Details
from models.partner import Partner
from models.timeline import joining
from models.values.identity import Element

# Looked up for what a page holds.
_PARTNER = (
    select(Partner.name)
    .join(Enrolment, Enrolment.partner_id == Partner.id)
    .where(Enrolment.id == IdentityCheck.enrolment_id)
    .scalar_subquery()
)
_CHECK = {"partner": _PARTNER, "of_record": IdentityCheck.of_record}
_OF_WHAT = (
    "`partner` is whoever it was asked for, if not the worker; `of_record` is false where what the "
    "partner sent is not the worker's record."
)

CHECK_REQUESTED = replace(
    joining.CHECK_REQUESTED,
    about="The population registry was to be asked. `attempts` counts those so far that brought no "
    f"usable answer, `answered` says whether one has come. {_OF_WHAT}",
    where=(),
    details={
        **_CHECK,
        "attempts": IdentityCheck.attempts,
        "answered": IdentityCheck.answered_at.is_not(None),
        "superseded": IdentityCheck.superseded_at.is_not(None),
    },
)
CHECK_SUPERSEDED = replace(
    joining.CHECK_SUPERSEDED,
    about=f"{joining.CHECK_SUPERSEDED.about} {_OF_WHAT}",
    where=(),
    details=_CHECK,
)


def _compared(answer: Details) -> Details:
    scores = answer["scores"] or {}
    return {
        "elements": [
            {"name": element, "score": scores[element], "pass_mark": PASS_MARKS.get(element)}
            for element in Element
            if element in scores
        ]
    }


CHECK_ANSWERED = replace(
    joining.CHECK_ANSWERED,
    about="The registry answered. `elements` have the scores; those without a `pass_mark` only inform "
    "a review. `notes` are about the NIK itself. Where it is `superseded`, the answer came too late "
    f"and decided nothing. {_OF_WHAT}",
    where=(),
    details={
        **_CHECK,
        "outcome": IdentityCheck.outcome,
        "finding": IdentityCheck.finding,
        "response_code": IdentityCheck.response_code,
        "scores": IdentityCheck.scores,
        "notes": IdentityCheck.notes,
        "attempts": IdentityCheck.attempts,
        "superseded": IdentityCheck.superseded_at.is_not(None),
    },
    unpublished=["scores"],
    derived=_compared,
    derives=("elements",),
)
