"""Platforms that say that a worker drives for them."""

from sqlalchemy import select

from models.enrolment import Enrolment
from models.partner import Partner
from models.timeline.happening import Happening
from models.timeline.kind import TimelineKind

# Looked up for what a page holds.
_NAME = select(Partner.name).where(Partner.id == Enrolment.partner_id).scalar_subquery()
_TIE = {"link_id": Enrolment.id, "name": _NAME}
PARTNER_ENROLLED = Happening(
    kind=TimelineKind.PARTNER_ENROLLED,
    about="A platform registered the worker, or says that they drive for it. `name` is the "
    "platform's.",
    at=Enrolment.enrolled_at,
    id=Enrolment.id,
    worker_id=Enrolment.worker_id,
    details=_TIE,
)
PARTNER_CONFIRMED = Happening(
    kind=TimelineKind.PARTNER_CONFIRMED,
    about="The worker agreed to share their cover with a platform.",
    at=Enrolment.confirmed_at,
    id=Enrolment.id,
    worker_id=Enrolment.worker_id,
    details=_TIE,
)
PARTNER_ENDED = Happening(
    kind=TimelineKind.PARTNER_ENDED,
    about="Nothing is shared with a platform any more: the worker or the platform ended it, or "
    "time did, where nobody signed in or paid.",
    at=Enrolment.ended_at,
    id=Enrolment.id,
    worker_id=Enrolment.worker_id,
    details={**_TIE, "ended_by": Enrolment.ended_by},
)
