"""Registering, agreeing, signing in, being checked, choosing: what leads up to being insured."""

from sqlalchemy import and_, case, func, literal_column, or_
from sqlalchemy.dialects.postgresql import JSONB

from models.consent import WorkerConsent
from models.identity_check import IdentityCheck
from models.identity_verdict import PASS_MARKS
from models.sign_in import SignIn
from models.terms import ContributionTerms
from models.timeline.happening import Happening
from models.timeline.kind import TimelineKind
from models.values.identity import Finding, IdentityStatus
from models.worker import Worker

REGISTERED = Happening(
    kind=TimelineKind.REGISTERED,
    about="The worker joined the register, by themself or because a platform enrolled them.",
    at=Worker.registered_at,
    id=Worker.id,
    worker_id=Worker.id,
    details={
        "registration_number": Worker.registration_number,
        "by_partner": Worker.claimed_at.is_distinct_from(Worker.registered_at),
    },
    unpublished=["by_partner"],
)

_DOCUMENT = {"document": WorkerConsent.document, "version": WorkerConsent.version}
CONSENT_GIVEN = Happening(
    kind=TimelineKind.CONSENT_GIVEN,
    about="The worker agreed to a version of a document.",
    at=WorkerConsent.accepted_at,
    id=WorkerConsent.id,
    worker_id=WorkerConsent.worker_id,
    details=_DOCUMENT,
)
CONSENT_WITHDRAWN = Happening(
    kind=TimelineKind.CONSENT_WITHDRAWN,
    about="The worker took a consent back.",
    at=WorkerConsent.withdrawn_at,
    id=WorkerConsent.id,
    worker_id=WorkerConsent.worker_id,
    details=_DOCUMENT,
)

SESSION_STARTED = Happening(
    kind=TimelineKind.SESSION_STARTED,
    about="Somebody signed in. Told for as long as we keep sessions, some 90 days after their "
    "last use.",
    at=SignIn.started_at,
    id=SignIn.id,
    worker_id=SignIn.worker_id,
)
SESSION_ENDED = Happening(
    kind=TimelineKind.SESSION_ENDED,
    about="A session was ended: by signing out, or because a spent token was shown again.",
    at=SignIn.ended_at,
    id=SignIn.id,
    worker_id=SignIn.worker_id,
)

# What a partner sent of somebody, where their own record says otherwise, is not what happened to
# them. That the registry was asked stands in the access log.
_OF_RECORD = IdentityCheck.of_record.is_(True)
CHECK_REQUESTED = Happening(
    kind=TimelineKind.IDENTITY_CHECK_REQUESTED,
    about="The population registry was to be asked, after registering or a correction.",
    at=IdentityCheck.requested_at,
    id=IdentityCheck.id,
    worker_id=IdentityCheck.worker_id,
    where=(_OF_RECORD,),
)
CHECK_SUPERSEDED = Happening(
    kind=TimelineKind.IDENTITY_CHECK_SUPERSEDED,
    about="Before the answer had come the worker corrected what was asked about, or our staff "
    "decided.",
    at=IdentityCheck.superseded_at,
    id=IdentityCheck.id,
    worker_id=IdentityCheck.worker_id,
    where=(_OF_RECORD,),
)

_COMPARED = func.jsonb_build_array(
    *(
        func.jsonb_build_object(
            literal_column("'name'"),
            literal_column(f"'{element.value}'"),
            literal_column("'matched'"),
            or_(
                IdentityCheck.outcome == IdentityStatus.VERIFIED,
                func.coalesce(IdentityCheck.scores[element.value].as_integer(), 0) >= mark,
            ),
        )
        for element, mark in PASS_MARKS.items()
    ),
    type_=JSONB,
)
# As on the worker's record: where somebody has tried too often, what agrees is no longer told.
_TOLD = and_(
    IdentityCheck.finding == Finding.FOUND,
    IdentityCheck.outcome.in_([IdentityStatus.VERIFIED, IdentityStatus.NEEDS_CORRECTION]),
)
CHECK_ANSWERED = Happening(
    kind=TimelineKind.IDENTITY_CHECK_ANSWERED,
    about="The registry answered. `elements` is empty where nothing was compared.",
    at=IdentityCheck.answered_at,
    id=IdentityCheck.id,
    worker_id=IdentityCheck.worker_id,
    # An answer that came too late says nothing about what the worker has corrected since.
    where=(IdentityCheck.superseded_at.is_(None), _OF_RECORD),
    details={
        "outcome": IdentityCheck.outcome,
        "finding": IdentityCheck.finding,
        "elements": case((_TOLD, _COMPARED), else_=literal_column("'[]'::jsonb", JSONB)),
    },
    unpublished=["finding"],
)

TERMS_CHOSEN = Happening(
    kind=TimelineKind.TERMS_CHOSEN,
    about="The worker chose a plan, or changed plan, income or work; `from_month` is the first "
    "month that it counts for.",
    at=ContributionTerms.decided_at,
    id=ContributionTerms.id,
    worker_id=ContributionTerms.worker_id,
    details={
        "plan": ContributionTerms.plan,
        "monthly_income": ContributionTerms.monthly_income,
        "sector": ContributionTerms.sector,
        "from_month": ContributionTerms.from_month,
    },
)
