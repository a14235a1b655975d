"""Somebody asked that everything be erased, and called it off."""

from models.erasure_request import ErasureRequest
from models.timeline.happening import Happening
from models.timeline.kind import TimelineKind

_REQUEST = {"erasure_request_id": ErasureRequest.id}
ERASURE_REQUESTED = Happening(
    kind=TimelineKind.ERASURE_REQUESTED,
    about="Erasure was asked for. `not_before` is as of now.",
    at=ErasureRequest.requested_at,
    id=ErasureRequest.id,
    worker_id=ErasureRequest.worker_id,
    details={**_REQUEST, "not_before": ErasureRequest.not_before},
)
ERASURE_CANCELLED = Happening(
    kind=TimelineKind.ERASURE_CANCELLED,
    about="The erasure was called off.",
    at=ErasureRequest.cancelled_at,
    id=ErasureRequest.id,
    worker_id=ErasureRequest.worker_id,
    details=_REQUEST,
)
