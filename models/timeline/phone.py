"""Another phone number, and who asked for one."""

from enum import StrEnum

from sqlalchemy import case, literal_column, type_coerce

from models.columns import word_of
from models.phone_change import PhoneChange
from models.phone_change_request import PhoneChangeRequest
from models.timeline.happening import Happening
from models.timeline.kind import TimelineKind


class ChangedBy(StrEnum):
    WORKER = "worker"
    STAFF = "staff"


_CHANGED_BY = case(
    (PhoneChange.request_id.is_(None), literal_column(f"'{ChangedBy.WORKER}'")),
    else_=literal_column(f"'{ChangedBy.STAFF}'"),
)
PHONE_CHANGED = Happening(
    kind=TimelineKind.PHONE_CHANGED,
    about="The number was replaced: by the worker, signed in, or by our staff at the request of "
    "whoever lost theirs.",
    at=PhoneChange.changed_at,
    id=PhoneChange.id,
    worker_id=PhoneChange.worker_id,
    details={"changed_by": type_coerce(_CHANGED_BY, word_of(ChangedBy))},
)
_REQUEST = {"phone_change_id": PhoneChangeRequest.id}
PHONE_CHANGE_REQUESTED = Happening(
    kind=TimelineKind.PHONE_CHANGE_REQUESTED,
    about="Somebody who says that they lost the phone asked for another number. The worker can "
    "object.",
    at=PhoneChangeRequest.requested_at,
    id=PhoneChangeRequest.id,
    worker_id=PhoneChangeRequest.worker_id,
    details={**_REQUEST, "hold_until": PhoneChangeRequest.hold_until},
)
PHONE_CHANGE_CLOSED = Happening(
    kind=TimelineKind.PHONE_CHANGE_CLOSED,
    about="What became of such a request.",
    at=PhoneChangeRequest.closed_at,
    id=PhoneChangeRequest.id,
    worker_id=PhoneChangeRequest.worker_id,
    details={**_REQUEST, "became": PhoneChangeRequest.status},
)
