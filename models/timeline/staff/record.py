"""Registering, phones and personal-data requests, as our staff see them."""

from dataclasses import replace

from sqlalchemy import func

from models.erasure_request import ErasureRequest
from models.phone_change_request import PhoneChangeRequest
from models.timeline import erasing, joining, phone
from models.timeline.happening import Happening
from models.timeline.staff.kind import StaffKind
from models.worker import Worker

SEALED = "sealed"
"""The detail that holds a phone number as it is stored, in base64: shown masked, if at all."""

# The number by which somebody is found is not told in passing.
REGISTERED = replace(
    joining.REGISTERED,
    details={"by_partner": joining.REGISTERED.details["by_partner"]},
    unpublished=(),
)
ERASURE_REQUESTED = replace(
    erasing.ERASURE_REQUESTED,
    about="Erasure was asked for. `not_before` and `due_by` are as of now.",
    details={**erasing.ERASURE_REQUESTED.details, "due_by": ErasureRequest.due_by},
)
ERASED = Happening(
    kind=StaffKind.ERASED,
    about="All was erased but what the law has us keep.",
    at=Worker.erased_at,
    id=Worker.id,
    worker_id=Worker.id,
)

_WANTED = {SEALED: func.encode(PhoneChangeRequest.phone_sealed, "base64")}
PHONE_CHANGE_REQUESTED = replace(
    phone.PHONE_CHANGE_REQUESTED,
    about="Somebody who says that they lost the phone asked for another number: `phone_masked`, "
    "null once it is no longer kept.",
    details={**phone.PHONE_CHANGE_REQUESTED.details, **_WANTED},
    unpublished=[SEALED],
    derives=("phone_masked",),
)
PHONE_CHANGE_CLOSED = replace(
    phone.PHONE_CHANGE_CLOSED,
    details={**phone.PHONE_CHANGE_CLOSED.details, **_WANTED},
    unpublished=[SEALED],
    derives=("phone_masked",),
)
