"""What our staff decided about a worker."""

from sqlalchemy import case, literal_column, type_coerce

from models.columns import word_of
from models.review import Review
from models.timeline.happening import Happening
from models.timeline.kind import TimelineKind
from models.values.identity import IdentityStatus
from models.values.review import ReviewKind, Ruling

_OUTCOMES = {
    Ruling.VERIFY: IdentityStatus.VERIFIED,
    Ruling.NEEDS_CORRECTION: IdentityStatus.NEEDS_CORRECTION,
    Ruling.REFUSE: IdentityStatus.REFUSED,
}
_OUTCOME = case(
    *(
        (Review.decision == ruling, literal_column(f"'{status}'"))
        for ruling, status in _OUTCOMES.items()
    )
)
IDENTITY_DECIDED = Happening(
    kind=TimelineKind.IDENTITY_DECIDED,
    about="Our staff decided what becomes of the identity.",
    at=Review.closed_at,
    id=Review.id,
    worker_id=Review.worker_id,
    where=(Review.kind == ReviewKind.IDENTITY, Review.decision.is_not(None)),
    details={"outcome": type_coerce(_OUTCOME, word_of(IdentityStatus))},
)
